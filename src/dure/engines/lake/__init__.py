"""Reads factory files, keeps them as open tables, and answers questions about them."""
