"""A person confirms what the columns mean, and the rows go into the lake."""

import json

from dure.engines.lake.mapping import Mapping, require_consistent
from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.foundation.jobs.actions import enqueue, retry
from dure.kernel.text import Text
from dure.programme.streams.errors import ImportStateError
from dure.programme.streams.importing import JOB_KIND
from dure.programme.streams.models import Import, MappingTemplate
from dure.programme.streams.scope import own_import
from dure.programme.streams.states import State, is_open, is_stalled, refuse_held, take_turn


def save_mapping(actor: Actor, import_id: int, mapping: Mapping) -> None:
    """Keep corrections before everything is confirmed (a wide file has several pages).

    Raises:
        Import.DoesNotExist: not the actor's.
        MappingError: the mapping contradicts itself.
        ImportStateError: already confirmed.
    """
    require_consistent(mapping)
    with recorded(actor, "streams:import:mapped") as write:
        row = own_import(actor, import_id)
        if not is_open(row):
            raise ImportStateError
        row.mapping = json.loads(mapping.to_json())
        row.save(update_fields=["mapping"])
        write.subject(
            row, organisation_id=actor.organisation_id, new={"columns": len(mapping.stored)}
        )


def confirm_import(
    actor: Actor, import_id: int, mapping: Mapping, *, save_template_name: str = ""
) -> int:
    """Confirm the mapping and queue the import; returns the job's id.

    With `save_template_name` the mapping is kept for the next file of the same shape; a
    template of that name is replaced.

    Raises:
        Import.DoesNotExist: not the actor's.
        MappingError: the mapping contradicts itself.
        SameFileError: another import holds the same file by now.
        ImportStateError: already confirmed.
    """
    require_consistent(mapping)
    with recorded(actor, "streams:import:confirmed") as write:
        row = own_import(actor, import_id)
        if not is_open(row):
            raise ImportStateError
        take_turn(row.workplace_id)
        refuse_held(row.workplace_id, row.file.sha256, beside=row.pk)
        row.mapping = json.loads(mapping.to_json())
        row.state = State.QUEUED
        row.problem = None
        row.job_id = _enqueue(actor, row)
        row.save()
        name = save_template_name.strip()
        if name:
            _save_template(row, name)
        write.subject(
            row,
            organisation_id=actor.organisation_id,
            new={"job": row.job_id, "template": name, "columns": len(mapping.stored)},
        )
    return row.job_id


def retry_import(actor: Actor, import_id: int) -> None:
    """Run a failed import again with the mapping it has.

    Raises:
        Import.DoesNotExist: not the actor's.
        ImportStateError: it has not failed.
        SameFileError: another import holds the same file by now.
        JobNotRetryableError: its job is still running.
    """
    with recorded(actor, "streams:import:retried") as write:
        row = own_import(actor, import_id)
        if row.job_id is None or not (row.state == State.FAILED or is_stalled(row)):
            raise ImportStateError
        take_turn(row.workplace_id)
        refuse_held(row.workplace_id, row.file.sha256, beside=row.pk)
        retry(actor, row.job_id)
        old, row.state, row.problem = row.state, State.QUEUED, None
        row.save(update_fields=["state", "problem"])
        write.subject(
            row,
            organisation_id=actor.organisation_id,
            old={"state": old},
            new={"state": row.state, "job": row.job_id},
        )


def remove_template(actor: Actor, template_id: int) -> None:
    """Forget a saved mapping. Raises `MappingTemplate.DoesNotExist`."""
    with recorded(actor, "streams:template:removed") as write:
        template = MappingTemplate.objects.get(
            pk=template_id, workplace__firm__organisation_id=actor.own_organisation_id
        )
        write.subject(template, organisation_id=actor.organisation_id, old={"name": template.name})
        template.delete()


def _enqueue(actor: Actor, row: Import) -> int:
    return enqueue(
        actor,
        JOB_KIND,
        {"import_id": row.pk},
        organisation_id=row.file.organisation_id,
        title=Text("데이터 가져오기: {name}", {"name": row.file.name}),
    )


def _save_template(row: Import, name: str) -> None:
    MappingTemplate.objects.update_or_create(
        workplace_id=row.workplace_id,
        name=name,
        defaults={"mapping": row.mapping, "told": row.inspection.get("told") or {}},
    )
