"""Business, branch and corporate numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.kernel.business_number import (
    BranchNumber,
    BusinessNumber,
    BusinessNumberError,
    CorporateNumber,
    business_check_digit,
    corporate_check_digit,
)


@pytest.mark.parametrize("text", ["123-45-67891", "1234567891", " 123 45 67891 ", "123–45–67891"])
def test_business_number_is_read_in_any_spacing(text: str) -> None:
    number = BusinessNumber.parse(text)

    assert (number.digits, number.formatted, str(number)) == (
        "1234567891",
        "123-45-67891",
        "123-45-67891",
    )


@pytest.mark.parametrize("text", ["", "123", "123-45-6789X", "12345678911", "１２３４５６７８９１"])
def test_business_number_needs_ten_digits(text: str) -> None:
    with pytest.raises(BusinessNumberError, match="10자리"):
        BusinessNumber.parse(text)


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(1, 9))
def test_only_one_check_digit_is_right(first: str, off: int) -> None:
    right = business_check_digit(first)

    assert BusinessNumber.parse(f"{first}{right}").digits == f"{first}{right}"
    with pytest.raises(BusinessNumberError, match="맞지 않습니다"):
        BusinessNumber.parse(f"{first}{(right + off) % 10}")


def test_branch_number_is_four_digits() -> None:
    assert (BranchNumber.parse("0001").formatted, str(BranchNumber.parse("0001"))) == (
        "0001",
        "0001",
    )
    with pytest.raises(BusinessNumberError):
        BranchNumber.parse("1")


def test_corporate_number_has_a_check_digit() -> None:
    # 1·1 + 1·2 + 0·1 + 1·2 + 1·1 + 1·2 + 0·1 + … = 8, so the check digit is 2.
    number = CorporateNumber.parse("110111-0000002")

    assert corporate_check_digit("110111000000") == 2
    assert (number.formatted, str(number)) == ("110111-0000002", "110111-0000002")
    with pytest.raises(BusinessNumberError, match="맞지 않습니다"):
        CorporateNumber.parse("110111-0000003")
    with pytest.raises(BusinessNumberError, match="13자리"):
        CorporateNumber.parse("110111")


def test_errors_say_what_to_do() -> None:
    with pytest.raises(BusinessNumberError) as caught:
        BusinessNumber.parse("123-45-67890")

    assert str(caught.value) == "사업자등록번호: 번호가 맞지 않습니다(123-45-67890)."
    assert "견주어" in str(caught.value.remedy)
