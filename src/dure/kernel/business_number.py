"""Numbers the state gives to businesses: form and check digit, never whether they are alive."""

import re
from dataclasses import dataclass
from typing import ClassVar

from dure.kernel.errors import DureError
from dure.kernel.text import Text

# Check-digit weights of the two numbering schemes; not programme values.
_BUSINESS_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_CORPORATE_WEIGHTS = (1, 2) * 6


class BusinessNumberError(DureError):
    """A number of a business, branch or corporation that cannot be right."""


@dataclass(frozen=True, slots=True, order=True)
class BusinessNumber:
    """사업자등록번호: ten digits, tax office 3 – kind 2 – serial 4 and check 1."""

    digits: str
    length: ClassVar[int] = 10

    @classmethod
    def parse(cls, text: str) -> "BusinessNumber":
        """Read a number in any spacing or hyphenation.

        >>> BusinessNumber.parse("123-45-67891").digits
        '1234567891'

        Raises:
            BusinessNumberError: not ten digits, or the check digit differs.
        """
        digits = _digits_of(text, cls.length, Text("사업자등록번호"))
        if int(digits[9]) != business_check_digit(digits[:9]):
            raise _wrong_check(text, Text("사업자등록번호"))
        return cls(digits)

    @property
    def formatted(self) -> str:
        """Grouped 3-2-5."""
        return f"{self.digits[:3]}-{self.digits[3:5]}-{self.digits[5:]}"

    def __str__(self) -> str:
        return self.formatted


@dataclass(frozen=True, slots=True, order=True)
class BranchNumber:
    """종사업장번호: four digits that follow a business number in the application forms."""

    digits: str
    length: ClassVar[int] = 4

    @classmethod
    def parse(cls, text: str) -> "BranchNumber":
        """Read four digits.

        Raises:
            BusinessNumberError: anything else.
        """
        return cls(_digits_of(text, cls.length, Text("종사업장번호")))

    @property
    def formatted(self) -> str:
        """The four digits."""
        return self.digits

    def __str__(self) -> str:
        return self.digits


@dataclass(frozen=True, slots=True, order=True)
class CorporateNumber:
    """법인등록번호: thirteen digits, 6-7, the last one a check digit."""

    digits: str
    length: ClassVar[int] = 13

    @classmethod
    def parse(cls, text: str) -> "CorporateNumber":
        """Read a number in any spacing or hyphenation.

        Raises:
            BusinessNumberError: not thirteen digits, or the check digit differs.
        """
        digits = _digits_of(text, cls.length, Text("법인등록번호"))
        if int(digits[12]) != corporate_check_digit(digits[:12]):
            raise _wrong_check(text, Text("법인등록번호"))
        return cls(digits)

    @property
    def formatted(self) -> str:
        """Grouped 6-7."""
        return f"{self.digits[:6]}-{self.digits[6:]}"

    def __str__(self) -> str:
        return self.formatted


def business_check_digit(first_nine: str) -> int:
    """The tenth digit of a business number.

    >>> business_check_digit("123456789")
    1
    """
    products = sum(int(d) * w for d, w in zip(first_nine, _BUSINESS_WEIGHTS, strict=True))
    return (10 - (products + int(first_nine[8]) * 5 // 10) % 10) % 10


def corporate_check_digit(first_twelve: str) -> int:
    """The thirteenth digit of a corporate number."""
    products = sum(int(d) * w for d, w in zip(first_twelve, _CORPORATE_WEIGHTS, strict=True))
    return (10 - products % 10) % 10


def _digits_of(text: str, length: int, what: Text) -> str:
    digits = re.sub(r"[\s\-‐-―−]", "", text)
    if not re.fullmatch(rf"[0-9]{{{length}}}", digits):
        raise BusinessNumberError(
            Text("{what}: 숫자 {length}자리가 아닙니다.", {"what": what, "length": length}),
            Text("증명서에 적힌 번호를 숫자와 하이픈으로 입력해 주세요."),
        )
    return digits


def _wrong_check(text: str, what: Text) -> BusinessNumberError:
    return BusinessNumberError(
        Text("{what}: 번호가 맞지 않습니다({text}).", {"what": what, "text": text.strip()}),
        Text("잘못 누른 숫자가 없는지 증명서와 견주어 확인해 주세요."),
    )
