"""Counts what a conversion took in and refused, block by block, in constant memory."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dure.engines.lake.batches import Refusal
from dure.engines.lake.convert import TAG, TIME, Converted
from dure.engines.lake.facts import Layout
from dure.engines.lake.findings import Finding, error, info, warning
from dure.engines.lake.headers import make_tag
from dure.engines.lake.mapping import Mapping
from dure.engines.lake.series import ColumnRole, SeriesInfo
from dure.kernel.text import Text


@dataclass(slots=True)
class Span:
    """How many rows a series has, and between which instants."""

    rows: int = 0
    first: int | None = None
    last: int | None = None

    def widen(self, rows: int, first: int | None, last: int | None) -> None:
        """Takes more rows in."""
        self.rows += rows
        if first is not None and last is not None:
            self.first = first if self.first is None else min(self.first, first)
            self.last = last if self.last is None else max(self.last, last)


@dataclass(slots=True)
class Tally:
    """What has been seen of one file so far."""

    mapping: Mapping
    whole: Span = field(default_factory=Span)
    spans: dict[str, Span] = field(default_factory=dict)
    refused: int = 0
    backward: int = 0
    same_time: int = 0
    sentinels: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, list[Refusal]] = field(default_factory=dict)
    reason_counts: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    steps: list[float] = field(default_factory=list)
    _previous: int | None = None

    def add(self, part: Converted) -> None:
        """Counts one block."""
        first, last = _ends(part.table)
        self.whole.widen(part.table.num_rows, first, last)
        self.sentinels.update(part.sentinels)
        self.refused += len(part.refused)
        for refusal in part.refused:
            self.reason_counts[refusal.reason.source] += 1
            kept = self.reasons.setdefault(refusal.reason.source, [])
            if len(kept) < 10:
                kept.append(refusal)
        self._count_order(part.table)
        if self.mapping.layout is Layout.LONG:
            self._count_tags(part.table)
        else:
            for column in self.mapping.stored:
                cells = part.table[column.tag]
                self.filled[column.tag] += len(cells) - cells.null_count

    def _count_order(self, table: pa.Table) -> None:
        if TIME not in table.column_names or table.num_rows == 0:
            return
        times = np.asarray(table[TIME].cast(pa.int64()).to_numpy(), np.int64)
        before = times[:1] if self._previous is None else np.array([self._previous])
        steps = np.diff(np.concatenate((before, times)))
        self.backward += int((steps < 0).sum())
        self.same_time += int((steps == 0).sum()) - (self._previous is None)
        self._previous = int(times[-1])
        forward = steps[steps > 0]
        if len(forward):
            self.steps.append(float(np.median(forward)) / 1e6)

    def cadence_seconds(self) -> float | None:
        """Median over blocks of the median step forward; None where time never moves."""
        return float(np.median(self.steps)) if self.steps else None

    def _count_tags(self, table: pa.Table) -> None:
        times = [(TIME, "min"), (TIME, "max")] if TIME in table.column_names else []
        grouped = table.group_by(TAG, use_threads=False).aggregate([([], "count_all"), *times])
        for entry in grouped.to_pylist():
            first = _micros(entry.get(f"{TIME}_min"))
            span = self.spans.setdefault(entry[TAG], Span())
            span.widen(entry["count_all"], first, _micros(entry.get(f"{TIME}_max")))

    def series(self, frame: str) -> tuple[SeriesInfo, ...]:
        """The series of the file under a frame name, in file order."""
        if self.mapping.layout is Layout.LONG:
            return tuple(_long_series(frame, name, span) for name, span in self.spans.items())
        return tuple(
            SeriesInfo(
                id=f"{frame}/{column.tag}",
                frame=frame,
                tag=column.tag,
                name=column.name,
                unit=column.unit,
                role=column.role,
                rows=self.whole.rows,
                first=self.whole.first,
                last=self.whole.last,
            )
            for column in self.mapping.stored
        )

    def findings(self) -> tuple[Finding, ...]:
        """What a person should know of the rows that were read."""
        found = [self._refusal(source, count) for source, count in self.reason_counts.most_common()]
        for tag, count in self.sentinels.items():
            source = "{column}: 값 없음 표시 {count}개를 빈칸으로 두었습니다."
            found.append(
                info("sentinels_emptied", Text(source, {"column": tag, "count": count}), tag)
            )
        if self.backward:
            source = "시각이 앞 행보다 이른 행이 {count}개입니다."
            found.append(warning("out_of_order", Text(source, {"count": self.backward})))
        if self.same_time and self.mapping.layout is Layout.WIDE:
            source = "앞 행과 시각이 같은 행이 {count}개입니다. 모두 보관했습니다."
            found.append(info("repeated_times", Text(source, {"count": self.same_time})))
        return tuple(found)

    def _refusal(self, source: str, count: int) -> Finding:
        first = self.reasons[source]
        text = Text(
            "{count}개 행을 격리했습니다. {row}행: {reason}",
            {"count": count, "row": first[0].row, "reason": first[0].reason},
        )
        rows = tuple(refusal.row for refusal in first)
        return error("refused_rows", text, first[0].column or None, rows)


def _long_series(frame: str, name: str, span: Span) -> SeriesInfo:
    # Tags of a long table have each their own times, so each stands in a frame of its own.
    tag = make_tag(name)
    return SeriesInfo(
        id=f"{frame}/{tag}",
        frame=f"{frame}/{tag}",
        tag=tag,
        name=name,
        unit="",
        role=ColumnRole.READING,
        rows=span.rows,
        first=span.first,
        last=span.last,
    )


def _ends(table: pa.Table) -> tuple[int | None, int | None]:
    if TIME not in table.column_names or table.num_rows == 0:
        return None, None
    ends = pc.min_max(table[TIME])
    return _micros(ends["min"]), _micros(ends["max"])


def _micros(moment: object) -> int | None:
    if moment is None:
        return None
    scalar = (
        moment if isinstance(moment, pa.Scalar) else pa.scalar(moment, pa.timestamp("us", "UTC"))
    )
    return int(scalar.cast(pa.int64()).as_py())
