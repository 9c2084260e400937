"""Tokens of invitations: unguessable, and kept only as a hash."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """A token for one invitation, safe in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """What is kept of a token; 256 random bits need no salt or stretching."""
    return hashlib.sha256(token.encode()).hexdigest()
