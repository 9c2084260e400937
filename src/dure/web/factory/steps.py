"""Where a person stands between choosing a file and reading its result."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_TITLES = (_("파일 올리기"), _("내용 확인"), _("가져오기"), _("결과"))
_AT = {"send": 0, "preview": 1, "queued": 2, "running": 2, "failed": 2, "done": 3}


@dataclass(frozen=True, slots=True)
class Step:
    """One step for `parts/steps.html`: `state` is done, now or ahead."""

    title: str | Promise
    state: str


def import_steps(part: str) -> tuple[Step, ...]:
    """The steps of an import; none for one that was set aside or undone."""
    if part not in _AT:
        return ()
    at = _AT[part]
    return tuple(
        Step(title, "now" if number == at else "done" if number < at else "ahead")
        for number, title in enumerate(_TITLES)
    )
