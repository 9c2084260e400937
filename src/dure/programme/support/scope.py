"""Finds applications for those who may see them; anything else does not exist for them."""

from dure.foundation.audit.actor import Actor
from dure.programme.registry.models import Workplace
from dure.programme.support.models import Application


def own_application(actor: Actor, application_id: int) -> Application:
    """An application of the actor's organisation, locked where the database can.

    Raises:
        Application.DoesNotExist: none of theirs.
    """
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("call", "workplace__firm")
        .get(pk=application_id, workplace__firm__organisation_id=actor.own_organisation_id)
    )


def submitted_case(application_id: int) -> Application:
    """An application that was submitted, locked where the database can, for a reviewer.

    Raises:
        Application.DoesNotExist: none, or still a draft.
    """
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("call", "workplace__firm")
        .exclude(submitted_at=None)
        .get(pk=application_id)
    )


def own_workplace(actor: Actor, workplace_id: int) -> Workplace:
    """A workplace of the actor's organisation; raises `Workplace.DoesNotExist`."""
    return Workplace.objects.select_related("firm").get(
        pk=workplace_id, firm__organisation_id=actor.own_organisation_id
    )


def organisation_of(application: Application) -> int:
    """The organisation that applies."""
    return application.workplace.firm.organisation_id
