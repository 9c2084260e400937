"""Organisations, memberships with roles, and what each role may do."""
