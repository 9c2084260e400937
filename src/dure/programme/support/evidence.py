"""What is known about a workplace without asking, each with its origin and worth.

Prefill names: `registry.…` what was registered, `level.…` what was measured, `kpi.…` figures of
the newest file.
"""

from datetime import date
from decimal import Decimal

from dure.engines.lake.findings import Severity
from dure.foundation.sentences import sentence_to_json
from dure.kernel.evidence import EvidenceGrade
from dure.kernel.firm_size import SizeFacts, firm_size
from dure.kernel.instants import today_kst
from dure.kernel.text import Text
from dure.policy.answer_words import say_day
from dure.policy.answers import Value
from dure.policy.filled import Known
from dure.programme.levels.queries import MeasurementView, list_measurements
from dure.programme.registry.queries import WorkplaceView, get_workplace
from dure.programme.streams.queries import ImportView, get_import, list_imports
from dure.programme.support.freezing import Plain

_FROM_REGISTRY = Text("등록한 사업장 정보")
_LOOK_BACK = 10
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


def find_measurement(organisation_id: int, workplace_id: int) -> MeasurementView | None:
    """The newest measurement that still stands on its files; None where there is none."""
    newest = list_measurements(organisation_id, workplace_id, limit=_LOOK_BACK)
    return next((found for found in newest if not found.undone_files), None)


def measured_values(measurement: MeasurementView | None) -> dict[str, Known]:
    """The measured level, by prefill name."""
    if measurement is None:
        return {}
    result = measurement.result
    origin = Text("{day} 데이터로 측정", {"day": say_day(today_kst(measurement.measured_at))})
    return {"level.system_level": Known(result.system_level, origin, result.grade)}


def measurement_plain(measurement: MeasurementView | None) -> Plain | None:
    """What a submission keeps of the measurement it rests on."""
    if measurement is None:
        return None
    result = measurement.result
    doubts = [f for f in result.integrity if f.severity is not Severity.INFO]
    return {
        "id": measurement.id,
        "measured_at": measurement.measured_at.isoformat(),
        "result_sha256": measurement.result_sha256,
        "files": [{"name": f.name, "sha256": f.sha256} for f in measurement.files],
        "system_level": result.system_level,
        "confidence": result.confidence,
        "grade": result.grade.value,
        "looks_fabricated": result.looks_fabricated,
        "doubts": [
            {"severity": f.severity.value, "text": sentence_to_json(f.text)} for f in doubts
        ],
    }


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
