"""The menu: what each role can reach, finished screens only."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.roles import is_granted


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen of the menu: its URL name and the permission its reader needs ('' for all)."""

    label: str | Promise
    name: str
    permission: str = ""


@dataclass(frozen=True, slots=True)
class NavItem:
    """A menu link as this page shows it."""

    label: str | Promise
    url: str
    current: bool


MENU = (
    Entry(_("사업 찾기"), "public:finder"),
    Entry(_("지원사업"), "public:programmes"),
    Entry(_("나의 공장"), "factory:home", "registry:workplace:view"),
    Entry(_("신청 현황"), "factory:application-list", "support:application:view"),
    Entry(_("오늘 할 일"), "operator:today", "support:case:view"),
    Entry(_("신청 심사"), "operator:queue", "support:case:view"),
    Entry(_("도움"), "public:help"),
)


def navigation(request: HttpRequest, actor: Actor | None) -> tuple[NavItem, ...]:
    """The menu links of this reader, the current one marked."""
    shown = [(entry, _url(entry)) for entry in MENU if _may(actor, entry)]
    links = [(entry, url) for entry, url in shown if url]
    current = max((url for _, url in links if request.path.startswith(url)), key=len, default="")
    return tuple(NavItem(entry.label, url, url == current) for entry, url in links)


def _may(actor: Actor | None, entry: Entry) -> bool:
    return not entry.permission or (actor is not None and is_granted(actor.role, entry.permission))


def _url(entry: Entry) -> str:
    try:
        return reverse(entry.name)
    except NoReverseMatch:
        return ""
