"""A file arrives: it is inspected, and a mapping is proposed or taken from a template."""

import json
from pathlib import Path
from typing import Any

from django.core.files.base import File

from dure.engines.lake.facts import Told
from dure.engines.lake.inspection import Inspection, inspect
from dure.engines.lake.mapping import Mapping, fits, propose, refit
from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.foundation.files.actions import delete_file, store_upload
from dure.foundation.files.errors import FileInUseError
from dure.foundation.files.queries import StoredFileView, get_file
from dure.kernel.errors import DureError
from dure.programme.registry.queries import get_equipment, get_workplace
from dure.programme.streams.actions.choosing import require_equipment_of
from dure.programme.streams.errors import ImportStateError
from dure.programme.streams.models import Import, MappingTemplate
from dure.programme.streams.scope import own_import
from dure.programme.streams.states import OPEN, State, is_open, refuse_held, take_turn

PURPOSE = "machine-data"
_MOST_TOLD = 3


def send_file(
    actor: Actor,
    workplace_id: int,
    uploaded: File,  # type: ignore[type-arg]
    *,
    equipment_id: int | None = None,
) -> int:
    """Store an upload and start its import; a refused file leaves nothing behind.

    Raises:
        Workplace.DoesNotExist, Equipment.DoesNotExist: not the actor's.
        FileRefusedError, UnreadableFileError: not a file of data.
        SameFileError: the lake already holds this file.
    """
    organisation_id = actor.own_organisation_id
    get_workplace(organisation_id, workplace_id)
    if equipment_id is not None:
        require_equipment_of(get_equipment(organisation_id, equipment_id), workplace_id)
    kept = store_upload(actor, uploaded, organisation_id=organisation_id, purpose=PURPOSE)
    try:
        return start_import(actor, workplace_id, kept.id, equipment_id=equipment_id)
    except DureError:
        _forget(actor, kept)
        raise


def start_import(
    actor: Actor, workplace_id: int, stored_file_id: int, *, equipment_id: int | None = None
) -> int:
    """Inspect a stored file and keep it, waiting for a person to confirm what it means.

    A file that already waits is found again instead of being kept twice.

    Raises:
        Workplace.DoesNotExist, Equipment.DoesNotExist, StoredFile.DoesNotExist: not the actor's.
        SameFileError: the lake already holds this file.
        UnreadableFileError: the file is not a table.
    """
    organisation_id = actor.own_organisation_id
    get_workplace(organisation_id, workplace_id)
    if equipment_id is not None:
        require_equipment_of(get_equipment(organisation_id, equipment_id), workplace_id)
    file = get_file(organisation_id, stored_file_id)
    refuse_held(workplace_id, file.sha256)
    inspection, mapping, template_name = _understand(workplace_id, file)
    with recorded(actor, "streams:import:started") as write:
        row = _waiting(workplace_id, file.sha256) or Import(workplace_id=workplace_id)
        old = {"equipment": row.equipment_id} if row.pk else {}
        if equipment_id is not None or row.pk is None:
            row.equipment_id = equipment_id
        if row.pk is None:
            row.file_id, row.sent_by = file.id, actor.label
            row.template_name = template_name
            _set_meaning(row, inspection, mapping)
        row.save()
        write.subject(row, organisation_id=organisation_id, old=old, new=_facts(row, file.sha256))
    return row.pk


def reread_import(actor: Actor, import_id: int, told: Told) -> None:
    """Inspect the file again as a person says it is written; earlier corrections are dropped.

    Raises:
        Import.DoesNotExist: not the actor's.
        ImportStateError: it is being imported, or was.
        UnreadableFileError: read so, the file is no table; nothing is changed.
    """
    organisation_id = actor.own_organisation_id
    with recorded(actor, "streams:import:reread") as write:
        row = own_import(actor, import_id)
        if not is_open(row):
            raise ImportStateError
        file = get_file(organisation_id, row.file_id)
        inspection = inspect(file.path, file.name, told)
        old = row.inspection.get("told")
        _set_meaning(row, inspection, propose(inspection))
        row.template_name = ""
        row.save()
        new = row.inspection.get("told")
        write.subject(row, organisation_id=organisation_id, old={"told": old}, new={"told": new})


def resubmit_quarantine(
    actor: Actor,
    import_id: int,
    uploaded: File,  # type: ignore[type-arg]
) -> int:
    """Bring back corrected rows of an import as a new one with the same meaning of columns.

    Raises:
        Import.DoesNotExist: not the actor's.
        ImportStateError: the import brought nothing, or was undone.
        FileRefusedError, UnreadableFileError, SameFileError: as for any upload.
        MappingError: a column of the first file is missing.
    """
    organisation_id = actor.own_organisation_id
    first = Import.objects.get(pk=import_id, workplace__firm__organisation_id=organisation_id)
    if first.state != State.DONE:
        raise ImportStateError
    kept = store_upload(actor, uploaded, organisation_id=organisation_id, purpose=PURPOSE)
    try:
        inspection = inspect(kept.path, kept.name)
        mapping = refit(Mapping.from_json(json.dumps(first.mapping)), inspection)
        return _start_correction(actor, first, kept, inspection, mapping)
    except DureError:
        _forget(actor, kept)
        raise


def _start_correction(
    actor: Actor, first: Import, kept: StoredFileView, inspection: Inspection, mapping: Mapping
) -> int:
    with recorded(actor, "streams:import:resubmitted") as write:
        row = _waiting(first.workplace_id, kept.sha256) or Import(
            workplace_id=first.workplace_id, file_id=kept.id, sent_by=actor.label
        )
        row.equipment_id, row.corrects_id = first.equipment_id, first.pk
        _set_meaning(row, inspection, mapping)
        row.save()
        write.subject(
            row,
            organisation_id=actor.organisation_id,
            new=_facts(row, kept.sha256) | {"corrects": first.pk},
        )
    return row.pk


def _waiting(workplace_id: int, sha256: str) -> Import | None:
    """The import of the same bytes that waits for a person; one already held is refused."""
    take_turn(workplace_id)
    refuse_held(workplace_id, sha256)
    waiting = Import.objects.filter(
        workplace_id=workplace_id,
        file__sha256=sha256,
        state__in=OPEN,
    )
    return waiting.order_by("-id").first()


def _understand(workplace_id: int, file: StoredFileView) -> tuple[Inspection, Mapping, str]:
    """What the file seems to be, read by the newest saved template that fits it.

    A template also remembers what a person told of the writing of its files, without which a
    like file may be misread again; a few such ways are tried.
    """
    templates = list(
        MappingTemplate.objects.filter(workplace_id=workplace_id).order_by("-saved_at")
    )
    inspection = inspect(file.path, file.name)
    fitting = _fitting(templates, inspection)
    if fitting is None:
        for told in _told_before(templates):
            again = _inspect_as(file.path, file.name, told)
            if again is not None and (found := _fitting(templates, again)):
                inspection, fitting = again, found
                break
    if fitting is None:
        return inspection, propose(inspection), ""
    mapping = Mapping.from_json(json.dumps(fitting.mapping))
    return inspection, refit(mapping, inspection), fitting.name


def _fitting(templates: list[MappingTemplate], inspection: Inspection) -> MappingTemplate | None:
    return next(
        (t for t in templates if fits(Mapping.from_json(json.dumps(t.mapping)), inspection)), None
    )


def _told_before(templates: list[MappingTemplate]) -> list[Told]:
    told = dict.fromkeys(Told(**template.told) for template in templates if template.told)
    told.pop(Told(), None)
    return list(told)[:_MOST_TOLD]


def _inspect_as(path: Path, name: str, told: Told) -> Inspection | None:
    try:
        return inspect(path, name, told)
    except DureError:
        return None


def _forget(actor: Actor, kept: StoredFileView) -> None:
    """Delete a refused upload, unless it is the file of an earlier import."""
    try:
        delete_file(actor, kept.id)
    except FileInUseError:
        return


def _set_meaning(row: Import, inspection: Inspection, mapping: Mapping) -> None:
    # PostgreSQL keeps no NUL in its JSON; a cell that a logger cut off may hold one.
    row.inspection = json.loads(inspection.to_json().replace("\\u0000", "\\ufffd"))
    row.mapping = json.loads(mapping.to_json().replace("\\u0000", "\\ufffd"))


def _facts(row: Import, sha256: str) -> dict[str, Any]:
    return {
        "workplace": row.workplace_id,
        "equipment": row.equipment_id,
        "file": row.file_id,
        "sha256": sha256,
    }
