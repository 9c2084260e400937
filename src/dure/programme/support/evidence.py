"""What is known about a workplace without asking, each with its origin and worth.

Prefill names: `registry.…` what was registered, `kpi.…` figures of the newest file.
"""

from datetime import date
from decimal import Decimal

from dure.kernel.evidence import EvidenceGrade
from dure.kernel.firm_size import SizeFacts, firm_size
from dure.kernel.text import Text
from dure.policy.answers import Value
from dure.policy.filled import Known
from dure.programme.registry.queries import WorkplaceView, get_workplace
from dure.programme.streams.queries import ImportView, get_import, list_imports

_FROM_REGISTRY = Text("등록한 사업장 정보")
_FROM_SIZE_TABLE = Text("등록한 매출액과 근로자 수로 계산")


def known_values(organisation_id: int, workplace_id: int, as_of: date) -> dict[str, Known]:
    """What is registered, by prefill name; what is empty there is left out."""
    workplace = get_workplace(organisation_id, workplace_id)
    return _registered(workplace) | _sized(workplace, as_of)


def computed_values(organisation_id: int, workplace_id: int) -> dict[str, Known]:
    """The first figures of the newest file in the lake, by prefill name, to four digits."""
    for summary in list_imports(organisation_id, workplace_id):
        if summary.state == "done":
            return _figures(get_import(organisation_id, summary.id))
    return {}


def _figures(view: ImportView) -> dict[str, Known]:
    origin = Text("올린 파일로 계산: {file}", {"file": view.name})
    return {
        f"kpi.{kpi.key}": Known(_digits(kpi.value), origin, EvidenceGrade.UPLOADED_FILE)
        for kpi in view.kpis
        if kpi.value is not None
    }


def _digits(value: float) -> str:
    return f"{Decimal(f'{value:.4g}').normalize():f}"


def _registered(workplace: WorkplaceView) -> dict[str, Known]:
    values: dict[str, Value | None] = {
        "firm_name": workplace.firm_name,
        "business_number": workplace.business_number,
        "branch_number": workplace.branch_number,
        "representative": workplace.representative,
        "workplace_name": workplace.name,
        "ksic": workplace.ksic,
        "manufacturer": workplace.is_manufacturer,
        "province": workplace.province,
        "address": workplace.address,
        "planned_site": workplace.planned_site,
        "employees": None if workplace.employees is None else str(workplace.employees),
        "annual_sales_krw": workplace.annual_sales_krw,
    }
    return {
        f"registry.{key}": Known(value, _FROM_REGISTRY, EvidenceGrade.STATEMENT)
        for key, value in values.items()
        if value not in (None, "")
    }


def _sized(workplace: WorkplaceView, as_of: date) -> dict[str, Known]:
    facts = SizeFacts(
        ksic=workplace.ksic,
        employees=workplace.employees,
        annual_sales_krw=workplace.annual_sales_krw,
    )
    size = firm_size(facts, as_of)
    if size is None:
        return {}
    return {"registry.firm_size": Known(size.value, _FROM_SIZE_TABLE, EvidenceGrade.STATEMENT)}
