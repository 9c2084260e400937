"""The example accounts: one for each role, with passwords made for this installation alone."""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from dure.settings import ENVIRONMENT


@dataclass(frozen=True, slots=True)
class ExampleAccount:
    """Someone to sign in as; `page` is where their work begins."""

    role: str
    title: str
    email: str
    page: str
    password: str


PEOPLE = (
    ("owner", "도입기업 대표 · 한빛정밀(예시)", "owner@example.kr", "/my/"),
    ("engineer", "현장 담당 · 한빛정밀(예시)", "engineer@example.kr", "/my/"),
    ("operator", "운영기관 담당 · 운영기관(예시)", "operator@example.kr", "/ops/"),
)


def make_accounts() -> tuple[ExampleAccount, ...]:
    """The accounts, with passwords drawn once and kept where only the owner reads them."""
    if kept := list_accounts():
        return kept
    accounts = tuple(
        ExampleAccount(role, title, email, page, f"dure-{secrets.token_hex(4)}")
        for role, title, email, page in PEOPLE
    )
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(
        json.dumps([asdict(account) for account in accounts], ensure_ascii=False), encoding="utf-8"
    )
    return accounts


def list_accounts() -> tuple[ExampleAccount, ...]:
    """The accounts made for this installation; none where the example nation was not made."""
    path = _path()
    if not path.exists():
        return ()
    return tuple(ExampleAccount(**kept) for kept in json.loads(path.read_text(encoding="utf-8")))


def _path() -> Path:
    return ENVIRONMENT.data_dir / "example_accounts.json"
