"""Reads JSON arrays and JSON lines of flat objects as rows of texts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from dure.engines.lake.batches import Batch, Refusal, batch_of_rows, cut
from dure.engines.lake.blocks import read_blocks
from dure.engines.lake.container import open_bytes
from dure.engines.lake.errors import UnreadableFileError
from dure.engines.lake.facts import MEBIBYTE, FileFacts, Format
from dure.kernel.text import Text

JSON_LIMIT_BYTES = 256 * MEBIBYTE
_BATCH_ROWS = 50_000
_HEADER_ROWS = 2_000


def cell_text(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """A JSON value as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str):
        return value
    if isinstance(value, (dict, list)):
        return msgspec.json.encode(value).decode()
    return repr(value)


def flatten(record: dict[str, Any]) -> dict[str, Any]:
    """Nested objects one level up, `{"a": {"b": 1}}` as `a.b`."""
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat.update({f"{key}.{inner}": deep for inner, deep in value.items()})
        else:
            flat[key] = value
    return flat


def json_header(path: Path, name: str, facts: FileFacts) -> list[str]:
    """Keys of the first two thousand objects, in the order they appear.

    Raises:
        UnreadableFileError: not JSON, too large, or not a list of objects.
    """
    keys: dict[str, None] = {}
    for count, (_, record) in enumerate(_objects(path, name, facts)):
        if isinstance(record, dict):
            keys.update(dict.fromkeys(flatten(record)))
        if count >= _HEADER_ROWS:
            break
    if not keys:
        raise _not_rows(name)
    return list(keys)


def json_batches(path: Path, name: str, facts: FileFacts, header: list[str]) -> Iterator[Batch]:
    """Objects as rows; what is no object, or brings keys the header has not, is refused."""
    pending: list[tuple[int, list[str]]] = []
    refused: list[Refusal] = []
    known = set(header)
    total = 0
    for number, record in _objects(path, name, facts):
        flat = flatten(record) if isinstance(record, dict) else None
        if flat is None or not known.issuperset(flat):
            refused.append(_unfit(number, record, flat, known))
        else:
            pending.append((number, [cell_text(flat.get(key)) for key in header]))
        if len(pending) + len(refused) >= _BATCH_ROWS:
            yield _batch(pending, refused, len(header))
            pending, refused = [], []
            total += 1
    yield _batch(pending, refused, len(header))


def _batch(pending: list[tuple[int, list[str]]], refused: list[Refusal], width: int) -> Batch:
    batch = batch_of_rows(pending, width)
    batch.refused[:0] = refused
    return batch


def _unfit(number: int, record: Any, flat: dict[str, Any] | None, known: set[str]) -> Refusal:  # noqa: ANN401
    if isinstance(record, msgspec.Raw):
        text = bytes(record).decode("utf-8", errors="backslashreplace")
        return Refusal(number, "", cut(text), Text("JSON으로 읽을 수 없는 줄입니다."), (cut(text),))
    if flat is None:
        shown = cut(cell_text(record))
        return Refusal(number, "", shown, Text("이름과 값으로 된 행이 아닙니다."), (shown,))
    extra = next(key for key in flat if key not in known)
    shown = cut(cell_text(flat[extra]))
    return Refusal(
        number, extra, shown, Text("표에 없는 항목입니다."), tuple(map(cell_text, flat.values()))
    )


def _objects(path: Path, name: str, facts: FileFacts) -> Iterator[tuple[int, Any]]:
    if facts.format is Format.JSON_LINES:
        yield from _line_objects(path, name, facts)
        return
    with open_bytes(path, name, compressed=facts.compressed) as stream:
        data = stream.read(JSON_LIMIT_BYTES + 1)
    if len(data) > JSON_LIMIT_BYTES:
        raise UnreadableFileError(
            Text(
                "{name}: JSON 문서가 {limit} MB를 넘습니다.",
                {"name": name, "limit": JSON_LIMIT_BYTES // MEBIBYTE},
            ),
            Text("한 줄에 한 객체를 적은 JSONL이나 CSV로 내보내 주세요."),
        )
    try:
        document = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as broken:
        raise UnreadableFileError(
            Text(
                "{name}: JSON 문법이 맞지 않습니다({detail}).",
                {"name": name, "detail": str(broken)},
            ),
            Text("내보내기가 끝까지 되었는지 확인하고 다시 올려 주세요."),
        ) from broken
    yield from enumerate(_rows_of(document, name), 1)


def _rows_of(document: Any, name: str) -> list[Any]:  # noqa: ANN401
    """The list of objects of a document, which may stand one level down or by columns."""
    if isinstance(document, dict):
        lists = [v for v in document.values() if isinstance(v, list)]
        objects = [v for v in lists if v and isinstance(v[0], dict)]
        if len(objects) == 1:
            document = objects[0]
        elif len(lists) == len(document) and lists and len({len(v) for v in lists}) == 1:
            if any(isinstance(cell, (dict, list)) for column in lists for cell in column[:5]):
                raise _not_rows(name)
            document = [
                dict(zip(document, cells, strict=True)) for cells in zip(*lists, strict=True)
            ]
    if isinstance(document, dict) and not any(
        isinstance(v, (dict, list)) for v in document.values()
    ):
        document = [document]
    if not isinstance(document, list) or not any(isinstance(row, dict) for row in document):
        raise _not_rows(name)
    return document


def _not_rows(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        Text("{name}: JSON이 표 형태가 아닙니다.", {"name": name}),
        Text("행마다 같은 이름의 값을 담은 객체의 목록으로 내보내 주세요."),
    )


def _line_objects(path: Path, name: str, facts: FileFacts) -> Iterator[tuple[int, Any]]:
    for block in read_blocks(path, name, facts):
        for number, line in enumerate(block.data.split(b"\n"), block.first_row):
            if not line.strip():
                continue
            try:
                yield number, msgspec.json.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                yield number, msgspec.Raw(line)
