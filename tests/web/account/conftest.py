"""Accounts through their pages: fast password hashing, one mailbox, a way to sign in."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings
from tests.factories.foundation import make_user

from dure.foundation.accounts.models import User

PASSWORD = "hanbit-공장-2026"
LINK = re.compile(r"http://[^\s]+")
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def person() -> User:
    """Someone with a password, without any organisation."""
    return make_user("kim@hanbit.kr", name="김한빛", password=PASSWORD)


def path_in(letter: str) -> str:
    """The path of the one address in a mail."""
    (link,) = LINK.findall(letter)
    host, _, path = link.removeprefix("http://").partition("/")
    assert host in {"testserver", "127.0.0.1:8000"}
    return f"/{path}"


def one_time_code(secret: str, at: float | None = None) -> str:
    """The six digits an authenticator shows (RFC 6238), computed apart from allauth."""
    counter = struct.pack(">Q", int(at or time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"
