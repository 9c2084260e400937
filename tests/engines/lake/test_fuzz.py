"""Whatever the bytes, inspection and reading answer with a table or with a reason."""

import csv
import io
import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dure.engines.lake.errors import LakeError
from dure.engines.lake.reading import read_file
from dure.engines.lake.series import ColumnRole

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

CELLS = st.one_of(
    st.sampled_from(
        ["", "NaN", "ERR", "1,234", "2024-05-01 00:00", "오전 9:10", "=1+1", '"', "\0"]
    ),
    st.integers(-(10**20), 10**20).map(str),
    st.floats().map(str),
    st.datetimes().map(str),
    st.text(max_size=12),
)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=30)
NUMBERS = st.lists(st.floats(-1e9, 1e9).map(lambda v: round(v, 3)), min_size=3, max_size=60)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=20,
)
DELIMITERS = st.sampled_from([",", "\t", ";", "|", " "])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le"])


def answer(content: bytes, name: str) -> tuple[int, int] | None:
    """Rows taken in and refused; None where the file was refused with a remedy."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            data = read_file(path)
        except LakeError as refused:
            assert str(refused.text)
            assert refused.remedy is not None
            return None
        series = data.list_series()
        for info in series:
            words = info.role in (ColumnRole.LABEL, ColumnRole.LOT)
            values = data.read_text(info.id).codes if words else data.read(info.id).values
            assert len(values) == info.rows
        return (series[0].rows if series else 0), len(data.refused)


@SLOW
@given(st.binary(max_size=2_000), st.sampled_from(["a.csv", "a.xlsx", "a.parquet", "a.json"]))
def test_any_bytes(content: bytes, name: str) -> None:
    answer(content, name)


@SLOW
@given(
    st.sampled_from([b"PAR1", b"PK\x03\x04", b"\x1f\x8b\x08", b"{", b"[", b"\xff\xfe", b"sep=;\n"]),
    st.binary(max_size=500),
)
def test_any_bytes_behind_a_known_start(start: bytes, rest: bytes) -> None:
    answer(start + rest, "a.bin")


@SLOW
@given(st.text(max_size=800), ENCODINGS)
def test_any_text(text: str, encoding: str) -> None:
    answer(text.encode(encoding, errors="replace"), "a.csv")


@SLOW
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=30),
    DELIMITERS,
    ENCODINGS,
)
def test_any_table(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)

    answer(out.getvalue().encode(encoding, errors="replace"), "a.csv")


@SLOW
@given(NUMBERS, DELIMITERS)
def test_a_good_table_is_read_exactly(values: list[float], delimiter: str) -> None:
    rows = [f"row{delimiter}value"] + [f"r{i}{delimiter}{v!r}" for i, v in enumerate(values)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text("\n".join(rows) if delimiter != " " else "\n".join(rows).replace(" ", ","))

        data = read_file(path)

    column = next(c for c in data.mapping.columns if c.tag == "value")
    if not column.sentinels and column.role is not ColumnRole.LOT:
        assert data.read("t/value").values.tolist() == values


@SLOW
@given(DOCUMENTS)
def test_any_json(document: object) -> None:
    line = json.dumps(document).encode()

    answer(line, "a.json")
    answer(b"\n".join([line] * 3), "a.jsonl")
