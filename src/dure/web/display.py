"""How a visitor wants the screen: contrast and text size, kept in the session."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SESSION_KEY = "display"
MODES: tuple[tuple[str, str | Promise], ...] = (
    ("light", _("밝은 화면")),
    ("high-contrast", _("선명한 화면(고대비)")),
)
TEXT_SIZES: tuple[tuple[str, str | Promise], ...] = (
    ("small", _("작게")),
    ("medium", _("보통")),
    ("large", _("조금 크게")),
    ("xlarge", _("크게")),
    ("xxlarge", _("가장 크게")),
)


@dataclass(frozen=True, slots=True)
class Display:
    """One of MODES and one of TEXT_SIZES."""

    mode: str = "light"
    text: str = "medium"


def display_of(request: HttpRequest) -> Display:
    """What the session remembers; anything unknown falls back to the default."""
    kept = request.session.get(SESSION_KEY, {})
    mode, text = kept.get("mode"), kept.get("text")
    return Display(
        mode=mode if mode in dict(MODES) else "light",
        text=text if text in dict(TEXT_SIZES) else "medium",
    )


def keep_display(request: HttpRequest, display: Display) -> None:
    """Remember the choice for this browser."""
    request.session[SESSION_KEY] = {"mode": display.mode, "text": display.text}
