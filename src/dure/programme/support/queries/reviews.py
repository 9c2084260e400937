"""Supplements and decisions as views."""

from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.programme.support.models import Application, Supplement
from dure.programme.support.queries.views import DecisionView, SupplementView


def supplement_view(supplement: Supplement) -> SupplementView:
    """The plain data of a row at hand."""
    return SupplementView(
        id=supplement.pk,
        text=supplement.text,
        due_on=supplement.due_on,
        requested_at=supplement.requested_at,
        answered_at=supplement.answered_at,
    )


def decision_view(
    application: Application, *, decided_by: Text | None = None
) -> DecisionView | None:
    """The decision, None before it; `decided_by` in place of the person's name."""
    decision = getattr(application, "decision", None)
    if decision is None:
        return None
    return DecisionView(
        is_met=decision.is_met,
        reasons=tuple(_reason(plain) for plain in decision.reasons),
        decided_at=decision.decided_at,
        decided_by=decided_by or decision.decided_by,
    )


def _reason(plain: dict[str, str]) -> Name | str:
    return Name(plain["ko"], plain["en"]) if plain.get("rule") else plain["text"]
