"""Reading the rule texts: what is refused, and what the hashes follow."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dure.kernel.codes import POLICY_ROOT
from dure.kernel.data_files import DataFileError
from dure.policy.decision import amount
from dure.policy.facts import read_fact_kinds
from dure.policy.reader import load_policy

Edit = Callable[[str, str, str], Path]
BASIC_2021 = "programmes/general/2021.yaml"


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """A copy of the rule texts with one passage of one file replaced."""

    def edit(name: str, old: str, new: str) -> Path:
        root = tmp_path / "policy"
        shutil.copytree(POLICY_ROOT, root, dirs_exist_ok=True)
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return root

    return edit


@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        (BASIC_2021, "tiers:", "levels: []\ntiers:", "levels"),
        (BASIC_2021, "from: 2021-01-01", "from: soon", "from"),
        (BASIC_2021, "to: 2021-12-31", "to: 2020-12-31", "빠릅니다"),
        (BASIC_2021, 'version: "2021"', 'version: "2027"', "2027.yaml"),
        (BASIC_2021, "tier: upgrade1", "tier: basic", "두 번 나오는 지원유형"),
        (BASIC_2021, "target_levels: [basic]", "target_levels: [expert]", "expert"),
        (BASIC_2021, "wants: [build]", "wants: [sleep]", "sleep"),
        (BASIC_2021, "manufacturer,", "brewer,", "brewer"),
        (BASIC_2021, "terms: [cloud_fee_years", "terms: [tea_years", "tea_years"),
        (BASIC_2021, "source: S0", "source: S9999", "S9999"),
        (BASIC_2021, "mark: L", "mark: X", "X"),
        (BASIC_2021, 'value: "1/2"', "value: 1", "1/2"),
        (BASIC_2021, 'value: "1/2"', 'value: "5/2"', "1 이하"),
        (BASIC_2021, 'value: "1/2"', 'value: "half"', "half"),
        (BASIC_2021, "value: 70_000_000", "value: 70.5", "value"),
        (BASIC_2021, "value: 70_000_000", "value: null", "정수"),
        (BASIC_2021, "value: 70_000_000", 'value: "70"', "정수"),
        (BASIC_2021, "unit: KRW", "unit: USD", "단위"),
        (BASIC_2021, "to: 2021-12-31", "to: 2022-03-01", "겹칩니다"),
        (BASIC_2021, "{from: 2021-01-01, value: 70", "{from: 2021-02-01, value: 70", "해당하는 값"),
        (
            "programmes/general/2022.yaml",
            "from: 2022-06-29, value: 50",
            "from: 2021-06-29, value: 50",
            "순서",
        ),
        (BASIC_2021, "summary:", "name: {ko: 둘, en: two}\nsummary:", "두 번"),
        (BASIC_2021, "tiers:", "tiers: [", "2021.yaml"),
        (
            "rules/common.yaml",
            "{fact: manufacturer, is: true}",
            "{fact: manufacturer}",
            "manufacturer",
        ),
        ("rules/common.yaml", "source: S12", "source: S9999", "S9999"),
        ("rules/common.yaml", "rule: firm_size", "rule: manufacturer", "두 번"),
        ("rules/common.yaml", "verdict: check", "verdict: maybe", "maybe"),
        ("rules/after_service.yaml", "rule: sme", "rule: manufacturer", "manufacturer"),
        ("parameters/programme_terms.yaml", "source: S0", "source: S9999", "S9999"),
        ("parameters/programme_terms.yaml", "subsidy_cut_below", "cut", "subsidy_cut_below"),
        ("sources.yaml", "url:", "link:", "link"),
    ],
)
def test_a_text_that_makes_no_sense_is_refused(
    edited: Edit, name: str, old: str, new: str, why: str
) -> None:
    root = edited(name, old, new)

    with pytest.raises(DataFileError) as caught:
        load_policy(root)

    assert why in str(caught.value)
    assert caught.value.remedy is not None


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError):
        load_policy(tmp_path)


def test_the_same_content_is_parsed_once() -> None:
    assert load_policy() is load_policy()


def test_hash_follows_content_not_layout(edited: Edit) -> None:
    day = date(2021, 5, 1)

    root = edited(BASIC_2021, "tiers:", "# a comment\n\ntiers:")

    assert load_policy(root).programme("general", day).hash == (
        load_policy().programme("general", day).hash
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (BASIC_2021, "value: 70_000_000", "value: 71_000_000"),
        ("rules/common.yaml", "is: operating", "is: suspended"),
        ("parameters/programme_terms.yaml", "value: 1_000,", "value: 10_000,"),
    ],
)
def test_hash_follows_everything_the_version_rests_on(
    edited: Edit, name: str, old: str, new: str
) -> None:
    day = date(2021, 5, 1)

    changed = load_policy(edited(name, old, new))

    assert changed.hash != load_policy().hash
    assert changed.programme("general", day).hash != load_policy().programme("general", day).hash


def test_hash_ignores_rules_the_version_does_not_use(edited: Edit) -> None:
    root = edited("rules/after_service.yaml", "[micro, small, medium]", "[micro, small]")

    day = date(2021, 5, 1)
    assert load_policy(root).programme("general", day).hash == (
        load_policy().programme("general", day).hash
    )


def test_every_value_has_source_mark_and_day_of_verification() -> None:
    policy = load_policy()

    marks = {
        entry.mark
        for form in policy.forms
        for tier in form.tiers
        for dated in (tier.cap, tier.share, tier.max_months, form.share)
        if dated
        for entry in dated.values
    }

    assert marks == {"L", "G", "N", "P", "U"}


@pytest.mark.parametrize("unit", ["1", "0"])
def test_without_a_cut_unit_amounts_are_whole_won(edited: Edit, unit: str) -> None:
    root = edited("parameters/programme_terms.yaml", "value: 1_000,", f"value: {unit},")

    found = amount(load_policy(root), "general", "basic", 33_333, date(2021, 5, 1))

    assert found.government_krw == 16_666


def test_an_open_version_goes_on(edited: Edit) -> None:
    root = edited("programmes/general/2023.yaml", "to: 2023-12-31", "to: null")

    version = load_policy(root).programme("general", date(2035, 1, 1))

    assert (version.version, version.version_to) == ("2023", None)


def test_the_vocabulary_must_fit_the_facts(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(
        "facts:\n  - {key: shoe_size, kind: flag, name: {ko: 신발, en: Shoe}}\n", encoding="utf-8"
    )

    with pytest.raises(DataFileError):
        read_fact_kinds(path)
