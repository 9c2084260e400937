"""Computes a decision again from what was frozen, and says whether it comes out the same."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dure.policy.decision import amount, eligibility
from dure.policy.facts import Facts
from dure.policy.reader import PolicySet, load_policy
from dure.programme.support.freezing import (
    Plain,
    amount_plain,
    content_sha256,
    eligibility_plain,
)
from dure.programme.support.models import Submission

SAME, DIFFERENT, RULES_GONE = "same", "different", "rules_gone"


@dataclass(frozen=True, slots=True)
class Replay:
    """What came out: `outcome` is same, different or rules_gone (their text is no longer here).

    `content_intact` says whether the frozen content still has its hash.
    """

    outcome: str
    content_intact: bool
    verdict: str
    government_krw: int


def replay_decision(
    application_id: int, *, version: int | None = None, policy: PolicySet | None = None
) -> Replay:
    """Eligibility and amount of a submission, the latest unless a version is named, computed anew.

    Raises:
        Submission.DoesNotExist: no such submission.
    """
    found = Submission.objects.filter(application_id=application_id)
    submission = found.get(version=version) if version else found.latest("version")
    content = submission.content
    intact = content_sha256(content) == submission.sha256
    policy = policy or load_policy()
    as_of = date.fromisoformat(content["rules"]["as_of"])
    verdict, government = content["eligibility"]["verdict"], content["amount"]["government_krw"]
    if policy.find_by_hash(submission.policy_hash, as_of) is None:
        return Replay(RULES_GONE, intact, verdict, government)
    again = _again(policy, content, as_of)
    outcome = SAME if _bare(again) == _bare(_judged(content)) else DIFFERENT
    return Replay(
        outcome,
        intact,
        again["eligibility"]["verdict"],
        again["amount"]["government_krw"],
    )


def _again(policy: PolicySet, content: Plain, as_of: date) -> Plain:
    asked = (policy, content["form"]["programme"], content["tier"]["key"])
    facts = Facts(**{fact: item["value"] for fact, item in content["facts"].items()})
    total = sum(content["costs"].values())
    with_rules = amount(*asked, total, as_of, facts=facts)
    by_arithmetic = amount(*asked, total, as_of)
    return {
        "eligibility": eligibility_plain(eligibility(*asked, facts, as_of)),
        "amount": amount_plain(with_rules, by_arithmetic),
    }


def _judged(content: Plain) -> Plain:
    return {key: content[key] for key in ("eligibility", "amount")}


def _bare(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Without where rules were read: a corrected title of a source changes no decision."""
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if key != "source"}
    return [_bare(item) for item in value] if isinstance(value, list) else value
