"""Files sent and imported for tests, by the same actions as the product's."""

from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import ContentFile, File

from dure.engines.lake.mapping import Mapping
from dure.foundation.audit.actor import Actor
from dure.foundation.jobs.worker import run_pending
from dure.programme.streams import actions, queries


def make_rows(
    count: int, *, day: str = "2024-05-01", base: float = 20.0, skip: range = range(0)
) -> str:
    """A CSV of one reading a minute with a label; minutes in `skip` are left out."""
    lines = ["시각,온도(°C),판정"]
    lines += [
        f"{day} {i // 60:02}:{i % 60:02}:00,{base + i % 7 / 10},{'OK' if i % 5 else 'NG'}"
        for i in range(count)
        if i not in skip
    ]
    return "\n".join(lines) + "\n"


def upload_of(content: bytes | str, name: str = "설비.csv") -> "File[bytes]":
    """A file as an upload carries it."""
    raw = content.encode() if isinstance(content, str) else content
    return ContentFile(raw, name=name)


def send(
    actor: Actor,
    workplace_id: int,
    content: bytes | str,
    name: str = "설비.csv",
    *,
    equipment_id: int | None = None,
) -> int:
    """Send a file; it waits to be confirmed."""
    uploaded = upload_of(content, name)
    return actions.send_file(actor, workplace_id, uploaded, equipment_id=equipment_id)


def send_path(actor: Actor, workplace_id: int, path: Path) -> int:
    """Send a real file from the disk."""
    with path.open("rb") as content:
        return actions.send_file(actor, workplace_id, File(content, name=path.name))


def proposed(actor: Actor, import_id: int) -> Mapping:
    """The mapping an import waits with."""
    return queries.get_import(actor.own_organisation_id, import_id).mapping


def confirm(actor: Actor, import_id: int) -> int:
    """Confirm an import as it was understood; returns the job's id."""
    return actions.confirm_import(actor, import_id, proposed(actor, import_id))


def bring(
    actor: Actor,
    workplace_id: int,
    content: bytes | str,
    name: str = "설비.csv",
    *,
    equipment_id: int | None = None,
) -> int:
    """Send a file, confirm it as understood and import it here and now."""
    import_id = send(actor, workplace_id, content, name, equipment_id=equipment_id)
    confirm(actor, import_id)
    run_pending()
    return import_id


def left_in(root: Path) -> Iterator[str]:
    """Files under a lake's folder, locks and table logs left out."""
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root).parts
        if path.is_file() and inside[0] != "locks" and "_delta_log" not in inside:
            yield "/".join(inside)
