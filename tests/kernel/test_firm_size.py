"""Firm size by day; None wherever table or facts do not settle it."""

from datetime import date

import pytest

from dure.kernel.firm_size import FirmSize, SizeFacts, firm_size, size_codes

OLD, LAST_OLD, FIRST_NEW = date(2021, 5, 1), date(2025, 8, 31), date(2025, 9, 1)
EOK = 100_000_000


@pytest.mark.parametrize(
    ("facts", "size"),
    [
        (SizeFacts(ksic="C24", employees=9, annual_sales_krw=120 * EOK), FirmSize.MICRO),
        (SizeFacts(ksic="C24", employees=10, annual_sales_krw=120 * EOK), FirmSize.SMALL),
        (SizeFacts(ksic="C24", employees=9, annual_sales_krw=120 * EOK + 1), FirmSize.MEDIUM),
        (SizeFacts(ksic="C24", annual_sales_krw=400 * EOK), FirmSize.MEDIUM),
        (SizeFacts(ksic="C24", annual_sales_krw=400 * EOK + 1), None),
        (SizeFacts(ksic="C24", annual_sales_krw=1500 * EOK), None),
        (SizeFacts(annual_sales_krw=1500 * EOK + 1, large_group=False), FirmSize.MID_SIZED),
        (SizeFacts(annual_sales_krw=1500 * EOK + 1, large_group=True), FirmSize.LARGE),
        (SizeFacts(annual_sales_krw=1500 * EOK + 1), None),
        (SizeFacts(ksic="C24", assets_krw=5000 * EOK, large_group=False), FirmSize.MID_SIZED),
        (SizeFacts(ksic="C24", independent=False, large_group=False), FirmSize.MID_SIZED),
        (SizeFacts(ksic="C24", employees=3), None),
        (SizeFacts(ksic="C24", annual_sales_krw=10 * EOK), None),
        # The line of textiles was not found: certain below 10억 and above 120억 only.
        (SizeFacts(ksic="C13", employees=20, annual_sales_krw=10 * EOK), FirmSize.SMALL),
        (SizeFacts(ksic="C13", employees=20, annual_sales_krw=50 * EOK), None),
        (SizeFacts(ksic="C13", employees=20, annual_sales_krw=120 * EOK + 1), FirmSize.MEDIUM),
        (SizeFacts(employees=5, annual_sales_krw=10 * EOK), FirmSize.MICRO),
    ],
)
def test_size_under_the_table_until_august_2025(facts: SizeFacts, size: FirmSize | None) -> None:
    assert firm_size(facts, OLD) is size


@pytest.mark.parametrize(
    ("day", "size"),
    [
        (date(2025, 8, 30), FirmSize.SMALL),
        (LAST_OLD, FirmSize.SMALL),
        (FIRST_NEW, None),
        (date(2025, 9, 2), None),
    ],
)
def test_the_known_line_ends_in_august_2025(day: date, size: FirmSize | None) -> None:
    assert firm_size(SizeFacts(ksic="24", employees=50, annual_sales_krw=100 * EOK), day) is size


def test_the_new_table_widens_what_is_certain() -> None:
    small = SizeFacts(ksic="24", employees=50, annual_sales_krw=15 * EOK)
    medium = SizeFacts(ksic="13", employees=50, annual_sales_krw=140 * EOK + 1)

    assert firm_size(small, FIRST_NEW) is FirmSize.SMALL
    assert firm_size(medium, FIRST_NEW) is FirmSize.MEDIUM


def test_nothing_is_known_before_the_first_table() -> None:
    facts = SizeFacts(ksic="24", employees=5, annual_sales_krw=EOK)

    assert firm_size(facts, date(2015, 12, 31)) is None
    assert firm_size(facts, date(2016, 1, 1)) is FirmSize.MICRO


def test_sizes_have_names_smallest_first() -> None:
    assert [(code.key, code.ko) for code in size_codes()] == [
        ("micro", "소상공인"),
        ("small", "소기업"),
        ("medium", "중기업"),
        ("mid_sized", "중견기업"),
        ("large", "대기업"),
    ]
    assert [code.key for code in size_codes()] == list(FirmSize)
