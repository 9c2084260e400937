"""The open table of one frame: a Delta Lake table whose files are grouped by import."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable, Field, Schema
from deltalake.exceptions import DeltaError, TableNotFoundError
from deltalake.transaction import AddAction, RemoveAction, create_table_with_add_actions

from dure.engines.lake.convert import ROW, TAG, TIME, VALUE
from dure.engines.lake.durable import sync
from dure.engines.lake.errors import StoreError
from dure.engines.lake.facts import Kind, Layout
from dure.kernel.text import Text

IMPORT = "import_id"
_CHECKPOINT_EVERY = 50


def schema_of(kinds: Mapping[str, Kind], layout: Layout, *, timed: bool) -> pa.Schema:
    """Arrow schema of a frame's files, the import partition left out."""
    fields = [pa.field(ROW, pa.int64())]
    if timed:
        fields.append(pa.field(TIME, pa.timestamp("us", tz="UTC")))
    if layout is Layout.LONG:
        return pa.schema([*fields, pa.field(TAG, pa.string()), pa.field(VALUE, pa.float64())])
    types = {Kind.NUMBER: pa.float64(), Kind.TEXT: pa.string()}
    return pa.schema([*fields, *(pa.field(tag, types[kind]) for tag, kind in kinds.items())])


def visible_files(table: Path) -> dict[str, set[str]]:
    """Committed files by import; empty where no table is."""
    try:
        actions = DeltaTable(table).get_add_actions(flatten=True)
    except TableNotFoundError:
        return {}
    except (DeltaError, ValueError, OSError) as damaged:
        raise StoreError(
            Text("보관함의 기록을 읽을 수 없습니다: {table}", {"table": table.name}),
            Text("운영자에게 백업에서 되살려 달라고 요청해 주세요."),
        ) from damaged
    found: dict[str, set[str]] = {}
    # Paths are percent-encoded in the log; ours hold nothing that would be.
    columns = pa.table(actions)
    paths = columns["path"].to_pylist()
    imports = columns[f"partition.{IMPORT}"].to_pylist() if paths else []
    for path, import_id in zip(paths, imports, strict=True):
        found.setdefault(import_id, set()).add(path)
    return found


def commit(
    table: Path, schema: pa.Schema, import_id: str, files: Sequence[tuple[str, int]]
) -> None:
    """Makes an import's files visible in one step; on return they survive a power cut.

    Args:
        schema: of these files; columns new to the table are added to it.
        files: paths relative to the table, and their rows.

    Raises:
        StoreError: the table refused the commit.
    """
    adds = [_add_action(table, import_id, path, rows) for path, rows in files]
    whole = schema.append(pa.field(IMPORT, pa.string()))
    try:
        if not (table / "_delta_log").is_dir():
            create_table_with_add_actions(
                str(table), Schema.from_arrow(whole), adds, mode="error", partition_by=[IMPORT]
            )
        else:
            _append(table, whole, adds)
    except DeltaError as refused:
        raise StoreError(
            Text("보관함이 기록을 받지 않았습니다: {detail}", {"detail": str(refused)}),
            Text("잠시 뒤 다시 가져와 주세요."),
        ) from refused
    _sync_log(table)


def _append(table: Path, schema: pa.Schema, adds: list[AddAction]) -> None:
    delta = DeltaTable(table)
    known = {field.name for field in delta.schema().fields}
    new = [field for field in Schema.from_arrow(schema).fields if field.name not in known]
    if new:
        delta.alter.add_columns([Field(field.name, field.type, nullable=True) for field in new])
    delta.create_write_transaction(list(adds), "append", delta.schema(), partition_by=[IMPORT])
    landed = DeltaTable(table)
    if landed.version() % _CHECKPOINT_EVERY == 0:
        landed.create_checkpoint()


def _add_action(table: Path, import_id: str, path: str, rows: int) -> AddAction:
    status = (table / path).stat()
    return AddAction(
        path=path,
        size=status.st_size,
        partition_values={IMPORT: import_id},
        modification_time=status.st_mtime_ns // 1_000_000,
        data_change=True,
        stats=json.dumps({"numRecords": rows}),
    )


def withdraw(table: Path, import_id: str) -> bool:
    """Takes exactly one import's files out of the table; False where it held none."""
    files = visible_files(table).get(import_id)
    if not files:
        return False
    delta = DeltaTable(table)
    removes: list[AddAction | RemoveAction] = [
        RemoveAction(
            path=path,
            data_change=True,
            # The log wants to know when; the file's own time serves, the engine has no clock.
            deletion_timestamp=(table / path).stat().st_mtime_ns // 1_000_000,
            partition_values={IMPORT: import_id},
        )
        for path in sorted(files)
    ]
    delta.create_write_transaction(removes, "append", delta.schema(), partition_by=[IMPORT])
    _sync_log(table)
    return True


def _sync_log(table: Path) -> None:
    log = table / "_delta_log"
    for entry in log.iterdir():
        if entry.is_file():
            sync(entry)
    sync(log)
    sync(table)
