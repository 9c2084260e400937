"""Assigning many cases at once, and taking the last batch back."""

import pytest
from django.test import Client
from django.urls import reverse

from dure.foundation.accounts.models import User
from dure.programme.support import queries
from dure.programme.support.models import Application, Assignment
from dure.web.operator.assigning import OFFERED_SECONDS, SESSION_KEY
from tests.factories.support import make_applicant, make_call, make_draft
from tests.web.operator.conftest import Reviewer, Submit
from tests.web.page import parsed, words

pytestmark = pytest.mark.django_db


def _owners(*cases: int) -> list[int | None]:
    return [queries.get_case(case).assignee_id for case in cases]


def test_many_cases_go_to_one_reviewer_and_back_to_the_same_place(
    reviewer: Reviewer, colleague: User, submit: Submit
) -> None:
    cases = submit("한빛정밀"), submit("동해금속")
    back = "/ops/queue/?stage=submitted"

    answer = reviewer.client.post(
        reverse("operator:assign"), {"application": cases, "assignee": colleague.pk, "back": back}
    )

    assert answer.headers["Location"] == back
    assert _owners(*cases) == [colleague.pk, colleague.pk]
    assert "2건을 배정했습니다. 담당: 이수민" in reviewer.get("queue")


def test_the_last_batch_can_be_taken_back_once(
    reviewer: Reviewer, colleague: User, submit: Submit
) -> None:
    first, second = submit("한빛정밀"), submit("동해금속")
    reviewer.post("assign", application=[first], assignee=reviewer.actor.user_id)
    reviewer.post("assign", application=[first, second], assignee=colleague.pk)
    page = parsed(reviewer.get("queue"))
    (batch,) = page.xpath('//form[contains(@action, "undo")]//input[@name="batch"]/@value')

    reviewer.post("assign-undo", batch=batch)

    assert _owners(first, second) == [reviewer.actor.user_id, None]
    page = reviewer.get("queue")
    assert "2건의 배정을 되돌렸습니다." in page
    assert "되돌리기" not in page
    reviewer.post("assign-undo", batch=batch)
    assert "되돌릴 배정이 없습니다." in reviewer.get("queue")
    assert _owners(first, second) == [reviewer.actor.user_id, None]


def test_another_reviewers_batch_cannot_be_taken_back(
    reviewer: Reviewer, colleague: User, submit: Submit
) -> None:
    case = submit("한빛정밀")
    reviewer.post("assign", application=[case], assignee=colleague.pk)
    batch = str(Assignment.objects.get().batch)
    other = Client()
    other.force_login(colleague)

    other.post(reverse("operator:assign-undo"), {"batch": batch})

    assert _owners(case) == [colleague.pk]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"assignee": "me"}, "배정할 신청을 하나 이상 골라 주세요."),
        ({"application": ["CASE"], "assignee": ""}, "담당자 목록에서 골라 주세요."),
        ({"application": ["CASE"], "assignee": "999999"}, "담당자 목록에서 골라 주세요."),
    ],
)
def test_what_cannot_be_assigned_is_told_and_changes_nothing(
    reviewer: Reviewer, submit: Submit, sent: dict[str, object], told: str
) -> None:
    case = submit("한빛정밀")
    chosen = [case] if sent.get("application") else []

    reviewer.post("assign", **{**sent, "application": chosen})

    assert told in reviewer.get("queue")
    assert _owners(case) == [None]


def test_a_draft_among_the_chosen_stops_the_whole_batch(reviewer: Reviewer, submit: Submit) -> None:
    case = submit("한빛정밀")
    actor, workplace_id = make_applicant(name="초안정밀")
    draft = make_draft(actor, workplace_id, make_call())

    reviewer.post("assign", application=[case, draft], assignee=reviewer.actor.user_id, status=404)

    assert _owners(case) == [None]
    assert Application.objects.get(pk=draft).assignee_id is None


def test_nobody_is_sent_to_another_site(reviewer: Reviewer, submit: Submit) -> None:
    case = submit("한빛정밀")

    for elsewhere in ("https://example.com/", "//example.com/", "javascript:x"):
        answer = reviewer.client.post(
            reverse("operator:case-assign", args=(case,)), {"assignee": "me", "back": elsewhere}
        )
        assert answer.headers["Location"] == reverse("operator:case", args=(case,))


def test_a_reviewer_takes_a_case_and_gives_it_back(reviewer: Reviewer, submit: Submit) -> None:
    case = submit("한빛정밀")

    reviewer.post("case-assign", case, assignee="me")
    assert _owners(case) == [reviewer.actor.user_id]
    assert "내가 맡기" not in reviewer.get("case", case)

    reviewer.post("case-assign", case, assignee="")
    assert _owners(case) == [None]
    assert "1건의 담당을 비웠습니다." in reviewer.get("case", case)


def test_the_bar_says_how_many_and_how_much(reviewer: Reviewer, submit: Submit) -> None:
    submit("한빛정밀")

    page = parsed(reviewer.get("queue"))

    (status,) = page.xpath("//*[@data-bulk-status]")
    assert status.get("data-bulk-words") == "{n}건 선택 · 정부지원금 합계 {sum}"
    assert status.get("role") == "status"
    assert [words(option) for option in page.xpath('//*[@id="bulk-assignee"]/option')] == [
        "골라 주세요",
        "김도윤",
    ]


def test_after_a_while_undoing_is_no_longer_offered(
    reviewer: Reviewer, colleague: User, submit: Submit
) -> None:
    reviewer.post("assign", application=[submit("한빛정밀")], assignee=colleague.pk)
    assert "되돌리기" in reviewer.get("queue")

    session = reviewer.client.session
    session[SESSION_KEY]["at"] -= OFFERED_SECONDS
    session.save()

    assert "되돌리기" not in reviewer.get("queue")
