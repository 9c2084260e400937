"""Looks at a file before anything is kept: what it is, what its columns mean, what is odd."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import msgspec
import pyarrow as pa

from dure.engines.lake.batches import Batch
from dure.engines.lake.dialect import NOTHING_TOLD
from dure.engines.lake.errors import UnreadableFileError
from dure.engines.lake.facts import SAMPLE_BYTES, FileFacts, Format, Kind, Layout, Told
from dure.engines.lake.findings import Finding, restored
from dure.engines.lake.headers import Header
from dure.engines.lake.profile import ColumnProfile, profile_column
from dure.engines.lake.remarks import column_remarks, row_remarks, table_remarks
from dure.engines.lake.roles import RoleProposal, propose_role
from dure.engines.lake.series import ColumnRole
from dure.engines.lake.sniffing import Sniffed, sniff
from dure.engines.lake.sources import table_batches
from dure.engines.lake.time_columns import ColumnText, TimeProposal, find_time
from dure.engines.lake.wide_or_long import find_long
from dure.engines.lake.workbook import sheet_names
from dure.kernel.text import Text

SAMPLE_ROWS = 200_000
SAMPLE_CELLS = 4_000_000
SHOWN_ROWS = 20


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """What a column seems to be; figures are of the sample."""

    index: int
    header: str
    tag: str
    name: str
    unit: str
    role: ColumnRole
    kind: Kind
    confidence: float
    empty: int
    distinct: int
    minimum: float | None
    maximum: float | None
    examples: tuple[str, ...]
    sentinels: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is and seems to mean.

    Attributes:
        file: how it is written.
        sample: the first rows as texts.
        sample_rows: rows looked at for the proposals.
        rows_estimate: data rows; exact where the whole file was looked at (`whole`).
        findings: remarks on the file; those on one column stand with the column.
        told: what a person said of how it is written.
        sheets: names of a workbook's worksheets; empty for other formats.
    """

    name: str
    file: FileFacts
    layout: Layout
    columns: tuple[ColumnProposal, ...]
    sample: tuple[tuple[str, ...], ...]
    time: TimeProposal | None
    sample_rows: int
    rows_estimate: int
    whole: bool
    size_bytes: int
    findings: tuple[Finding, ...]
    told: Told = NOTHING_TOLD
    sheets: tuple[str, ...] = ()

    @property
    def format(self) -> Format:
        """Format after decompression."""
        return self.file.format

    @property
    def encoding(self) -> str:
        """Codec name; empty for XLSX and Parquet."""
        return self.file.encoding

    @property
    def delimiter(self) -> str:
        """One character, or empty."""
        return self.file.delimiter

    @property
    def sheet(self) -> str:
        """The worksheet read, or empty."""
        return self.file.sheet

    @property
    def header_rows(self) -> int:
        """0, 1 or 2."""
        return self.file.header_rows

    def to_json(self) -> str:
        """The inspection as a JSON text."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> "Inspection":
        """An inspection kept with `to_json`."""
        read = msgspec.json.decode(text, type=cls)
        columns = tuple(
            replace(column, findings=_restored(column.findings)) for column in read.columns
        )
        return replace(read, columns=columns, findings=_restored(read.findings))


def _restored(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(replace(finding, text=restored(finding.text)) for finding in findings)


def inspect(path: Path, name: str | None = None, told: Told = NOTHING_TOLD) -> Inspection:
    """Inspects a file; reads at most its first sixteen mebibytes, and spots further on.

    Args:
        name: the name people know the file by, where it is kept under another.
        told: how a person says the file is written, where they correct what was found.

    Raises:
        UnreadableFileError: not a table; the message says what to do.
    """
    name = name or path.name
    sniffed = sniff(path, name, told)
    batches = table_batches(path, name, sniffed.facts, [h.header for h in sniffed.headers])
    sample, whole = _sample(batches, sniffed.facts.width)
    _require_rows(sample, name)
    columns = [_joined(sample, index) for index in range(sniffed.facts.width)]
    sheets = sheet_names(path) if sniffed.facts.format is Format.XLSX else ()
    return replace(_inspection(sniffed, sample, columns, whole=whole), told=told, sheets=sheets)


def _require_rows(sample: list[Batch], name: str) -> None:
    if any(len(batch.rows) for batch in sample):
        return
    refused = next((refusal for batch in sample for refusal in batch.refused), None)
    if refused is None:
        raise UnreadableFileError(
            Text("{name}: 열 이름만 있고 데이터 행이 없습니다.", {"name": name}),
            Text("기간을 넓혀 다시 내보낸 뒤 올려 주세요."),
        )
    raise UnreadableFileError(
        Text(
            "{name}: 읽을 수 있는 행이 없습니다. {row}행: {reason}",
            {"name": name, "row": refused.row, "reason": refused.reason},
        ),
        Text("파일이 손상되지 않았는지 확인하고 다시 내보내 주세요."),
    )


def _sample(batches: Iterator[Batch], width: int) -> tuple[list[Batch], bool]:
    taken: list[Batch] = []
    rows = size = 0
    for batch in batches:
        taken.append(batch)
        rows += len(batch.rows)
        size += batch.bytes_read
        if rows >= SAMPLE_ROWS or size >= SAMPLE_BYTES or rows * width >= SAMPLE_CELLS:
            return taken, next(batches, None) is None
    return taken, True


def _joined(sample: Sequence[Batch], index: int) -> pa.Array:
    parts = [batch.columns[index] for batch in sample]
    return pa.concat_arrays(parts) if parts else pa.array([], pa.string())


def _inspection(
    sniffed: Sniffed, sample: list[Batch], columns: list[pa.Array], *, whole: bool
) -> Inspection:
    headers = sniffed.headers
    time, time_findings = _find_time(headers, columns)
    timed = time.columns if time else ()
    proposals = [
        _proposal(index, headers[index], cells, is_time=index in timed)
        for index, cells in enumerate(columns)
    ]
    layout, proposals = _laid_out(proposals, columns, time)
    rows = sum(len(batch.rows) for batch in sample)
    findings = (
        *sniffed.findings,
        *time_findings,
        *row_remarks(sample, columns, time, sniffed.latest_micros),
        *table_remarks(rows, proposals),
    )
    return Inspection(
        name=sniffed.name,
        file=sniffed.facts,
        layout=layout,
        columns=tuple(proposals),
        sample=tuple(chain.from_iterable(_shown(batch) for batch in sample))[:SHOWN_ROWS],
        time=time,
        sample_rows=rows,
        rows_estimate=_estimate(sniffed, sample, rows, whole=whole),
        whole=whole,
        size_bytes=sniffed.size_bytes,
        findings=findings,
    )


def _find_time(
    headers: Sequence[Header], columns: Sequence[pa.Array]
) -> tuple[TimeProposal | None, list[Finding]]:
    candidates = []
    for index, (header, cells) in enumerate(zip(headers, columns, strict=True)):
        typed = pa.types.is_timestamp(cells.type)
        if typed or pa.types.is_string(cells.type):
            candidates.append(ColumnText(index, header.header or header.tag, cells, typed))
    return find_time(candidates)


def _profile(header: Header, cells: pa.Array) -> ColumnProfile:
    texts = cells.cast(pa.string()) if pa.types.is_timestamp(cells.type) else cells
    return profile_column(texts, header.unit)


def _proposal(index: int, header: Header, cells: pa.Array, *, is_time: bool) -> ColumnProposal:
    profile = _profile(header, cells)
    role = propose_role(header.header, header.unit, profile)
    if is_time:
        role = RoleProposal(ColumnRole.TIME, Kind.TEXT, 0.95)
    return ColumnProposal(
        index=index,
        header=header.header,
        tag=header.tag,
        name=header.name,
        unit=header.unit,
        role=role.role,
        kind=role.kind,
        confidence=role.confidence,
        empty=profile.rows - profile.filled,
        distinct=profile.distinct,
        minimum=profile.minimum if role.kind is Kind.NUMBER else None,
        maximum=profile.maximum if role.kind is Kind.NUMBER else None,
        examples=profile.examples,
        sentinels=profile.sentinels if role.kind is Kind.NUMBER else (),
        findings=tuple(column_remarks(header, profile, role)) if not is_time else (),
    )


def _laid_out(
    proposals: list[ColumnProposal], columns: Sequence[pa.Array], time: TimeProposal | None
) -> tuple[Layout, list[ColumnProposal]]:
    long = find_long(proposals, columns, time)
    if long is None:
        return Layout.WIDE, proposals
    names = dict.fromkeys(long.tag_names, ColumnRole.TAG_NAME)
    roles = {**names, long.value: ColumnRole.VALUE}
    return Layout.LONG, [
        replace(p, role=roles[p.index], kind=_kind(roles[p.index])) if p.index in roles else p
        for p in proposals
    ]


def _kind(role: ColumnRole) -> Kind:
    return Kind.NUMBER if role is ColumnRole.VALUE else Kind.TEXT


def _shown(batch: Batch) -> list[tuple[str, ...]]:
    return [batch.cells(index) for index in range(min(SHOWN_ROWS, len(batch.rows)))]


def _estimate(sniffed: Sniffed, sample: list[Batch], rows: int, *, whole: bool) -> int:
    if whole:
        return rows
    read = sum(batch.bytes_read for batch in sample)
    return max(rows, round(rows * sniffed.content_bytes / max(1, read)))
