"""A mapping survives JSON, fits files written alike, and refuses contradictions."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.engines.lake.making import look, make_file, make_rows

from dure.engines.lake.errors import MappingError
from dure.engines.lake.facts import Kind, Layout
from dure.engines.lake.inspection import inspect
from dure.engines.lake.mapping import (
    Mapping,
    TimeMapping,
    column_titles,
    fits,
    propose,
    refit,
    require_consistent,
)
from dure.engines.lake.series import ColumnRole
from dure.engines.lake.times import TimeLayout


@pytest.fixture
def mapping(tmp_path: Path) -> Mapping:
    return propose(look(tmp_path, make_rows(20), "프레스 1호.csv"))


def change(mapping: Mapping, place: int, **changes: object) -> Mapping:
    columns = list(mapping.columns)
    columns[place] = replace(columns[place], **changes)  # type: ignore[arg-type]
    return replace(mapping, columns=tuple(columns))


def test_proposal_survives_json(mapping: Mapping) -> None:
    assert Mapping.from_json(mapping.to_json()) == mapping
    assert Mapping.from_json(mapping.to_json().encode()) == mapping
    assert mapping.title == "프레스_1호"
    assert [c.role.value for c in mapping.columns] == ["time", "reading", "label"]


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"file": 3}', b"\xff"])
def test_what_is_no_mapping(text: str | bytes) -> None:
    with pytest.raises(MappingError, match="매핑을 읽을 수 없습니다"):
        Mapping.from_json(text)


def test_template_fits_the_next_file(tmp_path: Path, mapping: Mapping) -> None:
    assert fits(mapping, look(tmp_path, make_rows(50, step=3)))
    assert fits(mapping, look(tmp_path, make_rows(50).replace(",", ";")))
    assert not fits(mapping, look(tmp_path, make_rows(50, header="time,temp,other")))
    assert not fits(mapping, look(tmp_path, make_rows(50, header="time,temp,label,x")))
    epoch = "time,temp,label\n" + "".join(f"{1_700_000_000 + i},{i}.5,OK\n" for i in range(9))
    assert not fits(mapping, look(tmp_path, epoch))
    no_time = "time,temp,label\n" + "".join(f"{i}s,{i}.5,OK\n" for i in range(9))
    assert not fits(mapping, look(tmp_path, no_time))


def test_headless_files_fit_by_shape(tmp_path: Path) -> None:
    plain = propose(look(tmp_path, "1.5,2\n1.6,3\n1.7,3\n"))

    assert fits(plain, look(tmp_path, "2.5,2\n2.6,3\n2.7,3\n"))
    assert not fits(replace(plain, layout=Layout.LONG), look(tmp_path, "2.5,2\n2.6,3\n2.7,3\n"))


def test_refit_follows_moved_columns(tmp_path: Path, mapping: Mapping) -> None:
    rows = [line.split(",") for line in make_rows(9).splitlines()]
    moved = "\n".join(";".join([row[1], row[2], f"extra{i}", row[0]]) for i, row in enumerate(rows))
    path = make_file(tmp_path, moved)

    again = refit(mapping, inspect(path))

    assert [(c.header, c.role.value) for c in again.columns] == [
        ("temp", "reading"),
        ("label", "label"),
        ("extra0", "ignore"),
        ("time", "time"),
    ]
    assert again.time == TimeMapping((3,), TimeLayout.YEAR_FIRST)
    assert again.file.delimiter == ";"
    require_consistent(again)


def test_titles_tell_columns_apart(tmp_path: Path) -> None:
    mapping = propose(look(tmp_path, "a,a,,b\n1.5,2,3,4\n1.6,3,4,5\n"))

    assert column_titles(mapping) == ["a", "a_2", "column_3", "b"]


def test_contradictions_are_refused(mapping: Mapping) -> None:
    wrong = {
        "두 열이 같은": change(mapping, 2, tag="TEMP"),
        "같은 자리나 이름": change(mapping, 2, index=1),
        "쓸 수 없는 글자": change(mapping, 1, tag="a b"),
        "파일에 없는 자리": change(mapping, 1, index=9),
        "숫자여야 합니다": change(mapping, 2, role=ColumnRole.READING),
        "시각 역할의 열과": change(mapping, 0, role=ColumnRole.IGNORE),
        "항목 이름 열과 값 열": replace(mapping, layout=Layout.LONG),
        "보관할 열이 없습니다": change(
            change(mapping, 1, role=ColumnRole.IGNORE), 2, role=ColumnRole.IGNORE
        ),
        "알 수 없는 시간대": replace(
            mapping, time=TimeMapping((0,), TimeLayout.YEAR_FIRST, "Seoul/Asia")
        ),
    }
    for said, broken in wrong.items():
        with pytest.raises(MappingError, match=said):
            require_consistent(broken)
    with pytest.raises(MappingError, match="쓸 수 없는 글자"):
        Mapping.from_json(wrong["쓸 수 없는 글자"].to_json())


def test_three_time_columns_are_too_many(mapping: Mapping) -> None:
    broken = mapping
    for index in (1, 2):
        broken = change(broken, index, role=ColumnRole.TIME, kind=Kind.TEXT)
    broken = replace(broken, time=TimeMapping((0, 1, 2), TimeLayout.YEAR_FIRST))

    with pytest.raises(MappingError, match="하나 또는 둘"):
        require_consistent(broken)
