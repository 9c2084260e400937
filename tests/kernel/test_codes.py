"""Code lists, industries, regions."""

from datetime import date
from pathlib import Path

import pytest

from dure.kernel.codes import Code, CodeListError, load_code_list
from dure.kernel.data_files import DataFileError
from dure.kernel.industries import division_key, division_of, divisions, is_manufacturing
from dure.kernel.names import Name
from dure.kernel.regions import programme_regions, province_of_legal_dong, provinces

TODAY = date(2026, 11, 24)
HEAD = "list: trees\nsource: S0\nmark: U\nverified: 2026-11-24\ncodes:\n"


def write(tmp_path: Path, codes: str) -> Path:
    path = tmp_path / "trees.yaml"
    path.write_text(HEAD + codes, encoding="utf-8")
    return path


def test_a_renamed_code_keeps_its_key(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "  - {key: oak, ko: 참나무, en: Oak, to: 2020-12-31}\n"
        "  - {key: oak, ko: 떡갈나무, en: Oak, from: 2021-01-01, extra: {leaf: wide}}\n"
        "  - {key: pine, ko: 소나무, en: Pine}\n",
    )

    trees = load_code_list(path)

    days = (date(2020, 12, 31), date(2021, 1, 1), date(2021, 1, 2))
    assert [trees.get("oak", day).ko for day in days] == ["참나무", "떡갈나무", "떡갈나무"]
    assert [code.key for code in trees.on(date(2020, 12, 31))] == ["oak", "pine"]
    assert trees.get("oak").extra == {"leaf": "wide"}
    assert trees.get("pine").name == Name("소나무", "Pine")


def test_a_code_that_is_not_there_is_refused(tmp_path: Path) -> None:
    trees = load_code_list(
        write(tmp_path, "  - {key: oak, ko: 참나무, en: Oak, from: 2021-01-01}\n")
    )

    assert trees.find("elm") is None
    with pytest.raises(CodeListError, match="elm"):
        trees.get("elm")
    with pytest.raises(CodeListError):
        trees.get("oak", date(2020, 12, 31))


@pytest.mark.parametrize(
    "entries",
    [
        ["{key: oak, ko: 참나무}"],
        ["{key: oak, ko: 참나무, en: Oak, color: green}"],
        ["{key: oak, key: elm, ko: 참나무, en: Oak}"],
        ["{key: oak, ko: 참나무, en: Oak}", "{key: oak, ko: 참나무, en: Oak, from: 2021-01-01}"],
        ["{key: oak, ko: 참나무, en: Oak, to: 2021-01-01}", "{key: oak, ko: 참나무, en: Oak}"],
        [
            "{key: oak, ko: 참나무, en: Oak, to: 2021-01-01}",
            "{key: oak, ko: 참나무, en: Oak, from: 2021-01-01}",
        ],
        ["{key: oak, ko: 참나무, en: Oak, from: 2021-13-01}"],
        ["["],
    ],
)
def test_a_malformed_list_is_refused_by_name(tmp_path: Path, entries: list[str]) -> None:
    codes = "".join(f"  - {entry}\n" for entry in entries)

    with pytest.raises(DataFileError, match=r"trees\.yaml"):
        load_code_list(write(tmp_path, codes))


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError):
        load_code_list(tmp_path / "none.yaml")


def test_code_validity_includes_both_days() -> None:
    code = Code("x", "가", "x", date(2021, 1, 1), date(2021, 12, 31))

    days = [date(2020, 12, 31), date(2021, 1, 1), date(2021, 12, 31), date(2022, 1, 1)]
    assert [code.valid_on(day) for day in days] == [False, True, True, False]


def test_manufacturing_has_the_divisions_10_to_34() -> None:
    assert [code.key for code in divisions()] == [str(n) for n in range(10, 35)]
    assert divisions()[14].ko == "1차 금속 제조업"


@pytest.mark.parametrize(
    ("code", "division"),
    [("C22232", "22"), ("22232", "22"), ("c10", "10"), ("34", "34"), (" 3011 ", "30")],
)
def test_division_of_a_trade_code(code: str, division: str) -> None:
    assert division_of(code).key == division
    assert is_manufacturing(code)


@pytest.mark.parametrize(
    "code", ["", "C", "C5", "G46", "46", "I56111", "G22", "C222321", "가나", "09"]
)
def test_other_trades_are_not_manufacturing(code: str) -> None:
    assert not is_manufacturing(code)
    with pytest.raises(CodeListError):
        division_of(code)


def test_division_key_reads_any_section() -> None:
    assert (division_key("I56111"), division_key("x")) == ("56", None)


def test_seventeen_provinces_and_nineteen_programme_regions() -> None:
    assert len(provinces(TODAY)) == 17
    regions = {code.key: code for code in programme_regions(TODAY)}
    assert len(regions) == 19
    assert set(regions) - {code.key for code in provinces(TODAY)} == {"gyeonggi_north", "pohang"}
    assert regions["pohang"].extra["province"] == "gyeongbuk"


def test_every_programme_region_lies_in_a_province() -> None:
    known = {code.key for code in provinces(TODAY)}

    assert {code.extra["province"] for code in programme_regions(TODAY)} == known


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("4211010100", date(2023, 6, 9), "강원도"),
        ("4211010100", date(2023, 6, 10), "강원도"),
        ("5111010100", date(2023, 6, 11), "강원특별자치도"),
        ("5111010100", date(2023, 6, 12), "강원특별자치도"),
        ("4511110100", date(2024, 1, 16), "전라북도"),
        ("4511110100", date(2024, 1, 17), "전라북도"),
        ("5211110100", date(2024, 1, 18), "전북특별자치도"),
        ("5211110100", date(2024, 1, 19), "전북특별자치도"),
        ("11", TODAY, "서울특별시"),
    ],
)
def test_province_of_a_legal_dong_by_day(code: str, day: date, name: str) -> None:
    assert province_of_legal_dong(code, day).ko == name


@pytest.mark.parametrize(
    ("code", "day"),
    [("42", date(2023, 6, 11)), ("51", date(2023, 6, 10)), ("99", TODAY), ("", TODAY)],
)
def test_a_legal_dong_of_another_time_is_refused(code: str, day: date) -> None:
    with pytest.raises(CodeListError):
        province_of_legal_dong(code, day)


def test_names_speak_both_languages() -> None:
    name = Name("{unit}원 미만", "below KRW {unit}").filled(unit=Name("천", "1,000"))

    assert (name.say("ko"), name.say("ko-KR"), name.say("en"), str(name)) == (
        "천원 미만",
        "천원 미만",
        "below KRW 1,000",
        "천원 미만",
    )
