"""Changes laid over the rule texts."""

from datetime import date
from pathlib import Path

import pytest

from dure.kernel.data_files import DataFileError
from dure.kernel.names import Name
from dure.policy.decision import amount
from dure.policy.reader import load_policy
from dure.policy.reforms import Change, Reform, load_reform, reformed

POLICY = load_policy()


def reform(*changes: Change) -> Reform:
    return Reform(Name("모의", "What if"), changes)


def test_a_cap_changes_from_its_day_on_and_only_there() -> None:
    change = Change("general", "2021", "basic", "cap", date(2021, 7, 1), 100_000_000)

    changed = reformed(POLICY, reform(change))

    days = (date(2021, 6, 30), date(2021, 7, 1), date(2021, 7, 2), date(2022, 1, 1))
    paid = [amount(changed, "general", "basic", 400_000_000, day).government_krw for day in days]
    assert paid == [70_000_000, 100_000_000, 100_000_000, 70_000_000]


def test_a_reform_has_hashes_of_its_own_and_leaves_the_rules_alone() -> None:
    before = POLICY.hash
    day = date(2021, 5, 1)

    changed = reformed(POLICY, reform(Change("general", "2021", field="share", value="7/10")))

    found = amount(changed, "general", "basic", 50_000_000, day)
    assert found.government_krw == 35_000_000
    assert not found.confirmed
    assert changed.hash != POLICY.hash == before
    assert changed.programme("general", day).hash != POLICY.programme("general", day).hash
    assert changed.programme("general", date(2022, 5, 1)).hash == (
        POLICY.programme("general", date(2022, 5, 1)).hash
    )


def test_a_tier_can_get_a_share_and_a_build_period() -> None:
    share = Change("general", "2021", "basic", "share", value="3/4")
    months = Change("general", "2021", "basic", "max_months", value=12)

    changed = reformed(POLICY, reform(share, months)).programme("general", date(2021, 5, 1))

    assert [(tier.key, str(tier.share), tier.max_months) for tier in changed.tiers] == [
        ("basic", "3/4", 12),
        ("upgrade1", "1/2", None),
        ("upgrade2", "1/2", None),
    ]
    assert changed.tiers[0].share_value.id == "general/2021/basic/share"


def test_a_version_can_be_prolonged() -> None:
    changed = reformed(POLICY, reform(Change("general", "2023", until=date(2024, 12, 31))))

    assert changed.programme("general", date(2024, 5, 1)).version == "2023"


def test_reform_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "reform.yaml"
    path.write_text(
        "reform: {ko: 기초 한도 인상, en: Higher basic cap}\n"
        "changes:\n"
        "  - {programme: general, version: '2021', tier: basic, set: cap, value: 90_000_000}\n",
        encoding="utf-8",
    )

    found = load_reform(path)

    assert found.name == Name("기초 한도 인상", "Higher basic cap")
    assert found.changes == (Change("general", "2021", "basic", "cap", value=90_000_000),)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (Change("general", "1999", field="share", value="1/2"), "없는 판"),
        (Change("general", "2021", tier="gold", field="cap", value=1), "없는 지원유형"),
        (Change("general", "2021", tier="basic", field="colour", value=1), "바꿀 수 없는 값"),
        (Change("general", "2021", field="cap", value=1), "share만"),
        (Change("general", "2021", tier="basic", field="cap", value=-1), "0 이상"),
        (Change("general", "2021", tier="basic", field="cap", value=None), "정수"),
        (Change("general", "2021", field="share", value="3/2"), "1 이하"),
        (Change("general", "2021", until=date(2022, 6, 1)), "겹칩니다"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(change: Change, why: str) -> None:
    with pytest.raises(DataFileError, match=why):
        reformed(POLICY, reform(change))
