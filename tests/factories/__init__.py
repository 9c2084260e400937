"""Makers of rows that tests start from."""
