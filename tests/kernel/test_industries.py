"""Finding a trade by its code or by everyday words."""

import pytest

from dure.kernel.industries import divisions, search_divisions


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("플라스틱 사출", ["22"]),
        ("금형", ["29"]),
        ("사출 금형", ["22", "29"]),
        ("떡", ["10"]),
        ("C22232", ["22"]),
        ("29294", ["29"]),
        ("plastics", ["22"]),
        ("도금·열처리", ["25"]),
    ],
)
def test_words_and_codes_find_their_division(words: str, keys: list[str]) -> None:
    assert [code.key for code in search_divisions(words)] == keys


@pytest.mark.parametrize("words", ["", "  ", "미용실", "C56111", "제조업", "A"])
def test_what_names_no_manufacturing_trade_finds_nothing(words: str) -> None:
    assert search_divisions(words) == ()


def test_more_words_in_common_come_first() -> None:
    found = [code.key for code in search_divisions("자동차 부품 프레스")]

    assert found[0] == "30"
    assert "25" in found


def test_every_division_can_be_found_by_its_own_name() -> None:
    missed = [code.key for code in divisions() if code not in search_divisions(code.ko)]

    assert missed == []
