"""Proposes what a column is for, from its name and what stands in it."""

import re
from dataclasses import dataclass

from dure.engines.lake.facts import Kind
from dure.engines.lake.profile import ColumnProfile
from dure.engines.lake.series import ColumnRole

_LABEL = re.compile(
    r"label|pass|fail|판정|결과|합부|quality|result|status|state|상태|mode|모드|class|type|종류|구분"
    r"|anomaly|changepoint|code|코드|alarm|알람|condition|insp.*result|shift|근무|조업|yes|finalized"
    r"|설비|machine|equipment|line|라인|공정|process$|material|재질|원료|furnace|week|요일",
    re.IGNORECASE,
)
_LOT = re.compile(
    r"lot|batch|serial|barcode|로트|배치번호|시리얼|바코드|작업지시|배정번호|order.?(id|no|num)|지시번호"
    r"|item.?(no|code)|품번|품목|product.?id|wafer.?lot|(^|_| )id$|제품번호|주문|공정번호|생산번호",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"count|qty|quantity|수량|개수|생산량|양품|불량|shot|units|횟수|건수|pieces|pcs|scrap|defects?$"
    r"|defects_per|rework|(^|_)ea$|매수|총수",
    re.IGNORECASE,
)
_INDEX = re.compile(r"^(idx|index|no\.?|num|number|seq|순번|번호|연번|udi|row|#|unnamed.*|)$", re.I)
_FEW = 20


@dataclass(frozen=True, slots=True)
class RoleProposal:
    """A role, how its values are kept, and how sure that is (0–1)."""

    role: ColumnRole
    kind: Kind
    confidence: float


def propose_role(header: str, unit: str, profile: ColumnProfile) -> RoleProposal:
    """Role of a column that holds no time."""
    if profile.filled == 0:
        return RoleProposal(ColumnRole.IGNORE, Kind.TEXT, 0.9)
    if not profile.is_number:
        return _text_role(header, profile)
    if profile.is_row_number and _INDEX.match(header):
        return RoleProposal(ColumnRole.IGNORE, Kind.NUMBER, 0.9)
    if profile.is_code:
        return RoleProposal(ColumnRole.LOT, Kind.TEXT, 0.8)
    return _number_role(header, unit, profile)


def _text_role(header: str, profile: ColumnProfile) -> RoleProposal:
    if _LOT.search(header):
        return RoleProposal(ColumnRole.LOT, Kind.TEXT, 0.9)
    if _LABEL.search(header):
        return RoleProposal(ColumnRole.LABEL, Kind.TEXT, 0.9)
    many = profile.distinct > _FEW and profile.distinct > 0.5 * profile.filled
    if many:
        return RoleProposal(ColumnRole.LOT, Kind.TEXT, 0.6)
    return RoleProposal(ColumnRole.LABEL, Kind.TEXT, 0.7)


def _number_role(header: str, unit: str, profile: ColumnProfile) -> RoleProposal:
    whole = profile.whole
    if unit and not (whole and _COUNT.search(header)):
        return RoleProposal(ColumnRole.READING, Kind.NUMBER, 0.95)
    if whole and _LOT.search(header):
        return RoleProposal(ColumnRole.LOT, Kind.TEXT, 0.8)
    if whole and _COUNT.search(header):
        return RoleProposal(ColumnRole.COUNT, Kind.NUMBER, 0.9)
    if whole and profile.distinct <= _FEW and _LABEL.search(header):
        return RoleProposal(ColumnRole.LABEL, Kind.NUMBER, 0.9)
    if whole and profile.distinct == 2 and profile.filled > _FEW and profile.is_binary:
        return RoleProposal(ColumnRole.LABEL, Kind.NUMBER, 0.8)
    if profile.counts_up:
        return RoleProposal(ColumnRole.COUNT, Kind.NUMBER, 0.6)
    return RoleProposal(ColumnRole.READING, Kind.NUMBER, 0.8 if not whole else 0.7)
