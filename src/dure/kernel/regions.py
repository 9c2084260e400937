"""The 17 provinces of addresses and the 19 regions of the programme: two lists, both dated."""

from datetime import date

from dure.kernel.codes import POLICY_ROOT, Code, CodeList, CodeListError, load_code_list
from dure.kernel.text import Text


def _provinces() -> CodeList:
    return load_code_list(POLICY_ROOT / "codes" / "provinces.yaml")


def _programme_regions() -> CodeList:
    return load_code_list(POLICY_ROOT / "codes" / "programme_regions.yaml")


def provinces(on: date) -> tuple[Code, ...]:
    """The provinces (시도) on `on`; `extra["legal_dong"]` is the start of their 법정동코드."""
    return _provinces().on(on)


def programme_regions(on: date) -> tuple[Code, ...]:
    """The regions with a centre of their own on `on`; `extra["province"]` is where each lies."""
    return _programme_regions().on(on)


def province_of_legal_dong(code: str, on: date) -> Code:
    """The province of a ten-digit legal-dong code (or its first two digits) as used on `on`.

    Raises:
        CodeListError: no province had these digits on that day.
    """
    digits = code.strip()[:2]
    for province in provinces(on):
        if province.extra["legal_dong"] == digits:
            return province
    raise CodeListError(
        Text("{on} 기준으로 시도를 알 수 없는 법정동코드입니다: {code}", {"on": on, "code": code}),
        Text("법정동코드 10자리와 기준일을 확인해 주세요."),
    )
