"""Document numbers: unguessable, easy to type, and a slip is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.foundation.documents.numbers import ALPHABET, new_number, read_number

numbers = st.builds(new_number, st.integers(2020, 2099))


@given(numbers)
def test_number_reads_back_however_it_is_typed(number: str) -> None:
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in number.replace("-", ""))

    assert read_number(number) == number
    assert read_number(f" {number.lower().replace('-', ' ')} ") == number
    assert read_number(full_width) == number
    assert read_number(number.replace("-", "–")) == number


@given(numbers, st.integers(4, 11), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_no_number(number: str, place: int, other: str) -> None:
    plain = number.replace("-", "")
    changed = plain[:place] + other + plain[place + 1 :]

    assert read_number(changed) == (number if changed == plain else None)


@given(numbers, st.integers(4, 10))
def test_two_neighbours_swapped_are_no_number(number: str, place: int) -> None:
    plain = number.replace("-", "")
    swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]

    assert read_number(swapped) == (number if swapped == plain else None)


@pytest.mark.parametrize(
    "typed", ["", "2026", "2026-IOLO-1111", "가나다라-마바사아-자차카타", "2026-7KQM-4TXB9", "²026"]
)
def test_what_cannot_be_a_number_is_none(typed: str) -> None:
    assert read_number(typed) is None


def test_numbers_avoid_characters_that_look_alike() -> None:
    drawn = "".join(new_number(2026)[5:] for _ in range(200))

    assert set(drawn) & set("0O1IL") == set()
    assert len({new_number(2026) for _ in range(500)}) == 500
