"""Finds imports inside the actor's own organisation; anything else does not exist for them."""

from dure.foundation.audit.actor import Actor
from dure.programme.streams.models import Import


def own_import(actor: Actor, import_id: int) -> Import:
    """An import of the actor's organisation, locked where the database can; `DoesNotExist`."""
    return (
        Import.objects.select_for_update(of=("self",))
        .select_related("workplace", "file")
        .get(pk=import_id, workplace__firm__organisation_id=actor.own_organisation_id)
    )
