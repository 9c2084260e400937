"""Where an application stands in the whole life of a project, by the programme's own steps."""

from collections.abc import Mapping
from datetime import date, datetime

from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.policy.application_form import ApplicationForm, Step
from dure.programme.support.models import Application
from dure.programme.support.queries.views import StageView
from dure.programme.support.states import words_of

_ENDED = frozenset({Application.State.REQUIREMENT_NOT_MET, Application.State.WITHDRAWN})


def stage_views(
    form: ApplicationForm, state: str, due_on: date | None, instants: Mapping[str, datetime]
) -> tuple[StageView, ...]:
    """The steps in order, the present one marked. `instants`: when a step was reached, by key."""
    present = next(n for n, step in enumerate(form.steps) if state in step.states)
    return tuple(
        StageView(
            key=step.key,
            title=step.name,
            state="done" if n < present else "now" if n == present else "ahead",
            at=instants.get(step.key),
            due_on=due_on if n == present else None,
            text=_text(step, state, is_present=n == present),
            who=step.who,
        )
        for n, step in enumerate(form.steps)
    )


def _text(step: Step, state: str, *, is_present: bool) -> Name | Text | None:
    if is_present and state in _ENDED:
        return Text("여기에서 끝났습니다: {state}", {"state": words_of(state)})
    return step.text
