"""Signing in, roles, display preferences."""
