"""Checks what was typed in against the kernel's identifiers and dated code lists."""

from datetime import date

from dure.kernel.business_number import BranchNumber, BusinessNumber, CorporateNumber
from dure.kernel.errors import DureError
from dure.kernel.industries import is_manufacturing
from dure.kernel.regions import programme_regions, provinces
from dure.kernel.text import Text
from dure.programme.registry.details import FirmDetails, WorkplaceDetails
from dure.programme.registry.errors import FieldRefusedError
from dure.programme.registry.models import Firm


def firm_values(details: FirmDetails) -> dict[str, object]:
    """The columns of a firm, normalised.

    Raises:
        FieldRefusedError: a number fails its check digit, or a name is missing.
    """
    return {
        "name": required("name", details.name, Text("기업명을 입력해 주세요.")),
        "business_number": business_digits(details.business_number),
        "corporate_number": _corporate_digits(details.corporate_number),
        "representative": details.representative.strip(),
        "employees": _not_negative("employees", details.employees),
        "annual_sales_krw": _not_negative("annual_sales_krw", details.annual_sales_krw),
    }


def workplace_values(details: WorkplaceDetails, firm: Firm, on: date) -> dict[str, object]:
    """The columns of a workplace; codes must be valid on the day `on`.

    Raises:
        FieldRefusedError: a number or a code is refused.
    """
    return {
        "name": required("name", details.name, Text("사업장 이름을 입력해 주세요.")),
        "business_number": business_digits(details.business_number or firm.business_number),
        "branch_number": _branch_digits(details.branch_number),
        "ksic": _manufacturing(details.ksic),
        "province": _province(details.province, on),
        "programme_region": _programme_region(details.programme_region, details.province, on),
        "address": details.address.strip(),
        "planned_site": details.planned_site.strip(),
    }


def required(field: str, value: str, missing: Text) -> str:
    """The value without outer spaces, or a refusal of `field`."""
    if not value.strip():
        raise FieldRefusedError(field, missing)
    return value.strip()


def business_digits(written: str) -> str:
    """Ten digits that pass the check digit."""
    try:
        return BusinessNumber.parse(written).digits
    except DureError as error:
        raise FieldRefusedError("business_number", error.text, error.remedy) from error


def _corporate_digits(written: str) -> str:
    if not written.strip():
        return ""
    try:
        return CorporateNumber.parse(written).digits
    except DureError as error:
        raise FieldRefusedError("corporate_number", error.text, error.remedy) from error


def _branch_digits(written: str) -> str:
    if not written.strip():
        return ""
    try:
        return BranchNumber.parse(written).digits
    except DureError as error:
        raise FieldRefusedError("branch_number", error.text, error.remedy) from error


def _not_negative(field: str, value: int | None) -> int | None:
    if value is not None and value < 0:
        raise FieldRefusedError(field, Text("0 이상의 수를 입력해 주세요."))
    return value


def _manufacturing(code: str) -> str:
    if not is_manufacturing(code):
        raise FieldRefusedError(
            "ksic",
            Text("제조업 업종을 골라 주세요."),
            Text("사업자등록증의 '업태·종목'이 제조업인 사업장만 등록할 수 있습니다."),
        )
    return code.strip().upper()


def _province(key: str, on: date) -> str:
    if key not in {code.key for code in provinces(on)}:
        raise FieldRefusedError("province", Text("시도를 골라 주세요."))
    return key


def _programme_region(key: str, province: str, on: date) -> str:
    """The region told, which must lie in the province; untold, the province's only one."""
    regions = {code.key: code.extra["province"] for code in programme_regions(on)}
    if not key:
        here = [region for region, place in regions.items() if place == province]
        return here[0] if len(here) == 1 else ""
    if key not in regions:
        raise FieldRefusedError("programme_region", Text("수행 지역을 골라 주세요."))
    if regions[key] != province:
        raise FieldRefusedError(
            "programme_region",
            Text("고른 시도에 있는 수행 지역이 아닙니다."),
            Text("시도와 수행 지역 가운데 하나를 바꿔 주세요."),
        )
    return key
