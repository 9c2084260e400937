"""Won: written, read, shared, allocated."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.kernel.won import (
    Rounding,
    WonError,
    allocate,
    cut_below,
    english_won,
    format_won,
    legal_won,
    parse_won,
    share_of,
    short_won,
)

AMOUNTS = st.integers(0, 10**19)


@pytest.mark.parametrize(
    ("amount", "full", "short", "legal", "english"),
    [
        (0, "0원", "0원", "금 0원(금영원)", "KRW 0"),
        (7, "7원", "7원", "금 7원(금칠원)", "KRW 7"),
        (10_000, "10,000원", "1만원", "금 10,000원(금일만원)", "KRW 10,000"),
        (
            160_000_000,
            "160,000,000원",
            "1억 6,000만원",
            "금 160,000,000원(금일억육천만원)",
            "KRW 160 million",
        ),
        (
            12_345_678,
            "12,345,678원",
            "1,234만 5,678원",
            "금 12,345,678원(금일천이백삼십사만오천육백칠십팔원)",
            "KRW 12,345,678",
        ),
        (
            1_250_000_000,
            "1,250,000,000원",
            "12억 5,000만원",
            "금 1,250,000,000원(금일십이억오천만원)",
            "KRW 1.25 billion",
        ),
        (
            3_000_000_000_000,
            "3,000,000,000,000원",
            "3조원",
            "금 3,000,000,000,000원(금삼조원)",
            "KRW 3 trillion",
        ),
        (
            1_200_000_000_000_000,
            "1,200,000,000,000,000원",
            "1,200조원",
            "금 1,200,000,000,000,000원(금일천이백조원)",
            "KRW 1,200 trillion",
        ),
    ],
)
def test_forms_of_an_amount(amount: int, full: str, short: str, legal: str, english: str) -> None:
    assert format_won(amount) == full
    assert short_won(amount) == short
    assert legal_won(amount) == legal
    assert english_won(amount) == english


def test_negative_amounts_are_shown_but_not_put_into_documents() -> None:
    assert short_won(-15_000) == "-1만 5,000원"
    assert english_won(-2_000_000) == "KRW -2 million"
    with pytest.raises(WonError):
        legal_won(-1)


def test_amounts_beyond_the_last_myriad_are_refused() -> None:
    assert short_won(10**20 - 1).startswith("9,999경")
    with pytest.raises(WonError):
        short_won(10**20)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("160,000,000", 160_000_000),
        ("160000000원", 160_000_000),
        ("1억 6,000만원", 160_000_000),
        ("1억6천만", 160_000_000),
        ("0.7억", 70_000_000),
        ("1.5억원", 150_000_000),
        ("2천만 원", 20_000_000),
        ("5백만원", 5_000_000),
        ("3조 2억", 3_000_200_000_000),
        ("7,000만 500원", 70_000_500),
        ("₩1,000", 1_000),
        ("KRW 1,000", 1_000),
        ("-1만원", -10_000),
        (" 0 ", 0),
    ],
)
def test_parse_reads_what_people_type(text: str, amount: int) -> None:
    assert parse_won(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "원",
        "많이",
        "1억 2억",
        "만 5",
        "6천만 1억",
        "0.5",
        "1.234567891억",
        "1e9",
        "12달러",
        "--5",
    ],
)
def test_parse_refuses_what_is_no_amount(text: str) -> None:
    with pytest.raises(WonError):
        parse_won(text)


@given(AMOUNTS)
def test_what_is_written_can_be_read_back(amount: int) -> None:
    assert parse_won(format_won(amount)) == amount
    if amount < 10**16:
        assert parse_won(short_won(amount)) == amount


@given(AMOUNTS, st.fractions(0, 1, max_denominator=10_000))
def test_share_is_exact(amount: int, share: Fraction) -> None:
    down = share_of(amount, share)
    up = share_of(amount, share, Rounding.UP)
    half = share_of(amount, share, Rounding.HALF_UP)

    assert down <= amount * share <= up
    assert up - down == (0 if (amount * share).denominator == 1 else 1)
    assert abs(half - amount * share) <= Fraction(1, 2)


def test_half_rounds_up() -> None:
    assert [share_of(n, Fraction(1, 2), Rounding.HALF_UP) for n in (1, 3, 4)] == [1, 2, 2]


def test_cut_below_drops_the_rest() -> None:
    assert [cut_below(n, 1000) for n in (0, 999, 1000, 1999)] == [0, 0, 1000, 1000]


@given(AMOUNTS, st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any))
def test_allocation_loses_nothing_and_is_fair_to_one_won(total: int, weights: list[int]) -> None:
    parts = allocate(total, weights)

    assert sum(parts) == total
    whole = sum(weights)
    assert all(
        abs(part - Fraction(total * weight, whole)) < 1
        for part, weight in zip(parts, weights, strict=True)
    )


def test_allocation_gives_leftovers_to_the_largest_remainder_then_the_first() -> None:
    assert allocate(100, (1, 1, 1)) == (34, 33, 33)
    assert allocate(10, (5, 3, 1)) == (6, 3, 1)


@pytest.mark.parametrize(("total", "weights"), [(-1, (1,)), (1, ()), (1, (0, 0)), (1, (2, -1))])
def test_allocation_refuses_what_cannot_be_shared(total: int, weights: tuple[int, ...]) -> None:
    with pytest.raises(WonError):
        allocate(total, weights)
