"""The review queue: order, filters, counts, sums, pages and the next case."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.factories.support import (
    NOW,
    make_applicant,
    make_call,
    make_draft,
    make_operator,
    make_submitted,
)

from dure.kernel.names import Name
from dure.programme.support import actions, queries
from dure.programme.support.actions import DecisionReason
from dure.programme.support.queries import QueueFilter, queue

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def ids(**wanted: Any) -> list[int]:
    now = wanted.pop("now", NOW)
    return [row.id for row in queries.list_queue(QueueFilter(**wanted), now=now).rows]


def test_a_row_says_who_what_how_much_and_until_when() -> None:
    operator = make_operator()
    _, application_id = make_submitted(make_call(is_example=True))
    actions.assign_cases(operator, [application_id], operator.user_id)

    row = queries.list_queue(QueueFilter(), now=NOW).rows[0]

    assert (row.firm_name, row.workplace_name) == ("한빛정밀", "제1공장")
    assert row.province == Name("경기도", "Gyeonggi")
    assert row.tier == Name("고도화1", "Upgrade 1")
    assert row.programme.ko == "스마트공장 고도화(정부일반형)"
    assert (row.government_krw, row.government_man) == (88_500_000, "8,850")
    assert (row.due_on, row.days_left, row.due_tone) == (date(2026, 12, 8), 14, "neutral")
    assert (row.assignee, row.assignee_id) == (operator.label, operator.user_id)
    assert row.is_example


@pytest.mark.parametrize(
    ("krw", "man"), [(0, "0"), (160_000_000, "16,000"), (12_345_000, "1,234.5"), (9_999, "0.9999")]
)
def test_ten_thousands_are_exact(krw: int, man: str) -> None:
    make_submitted(make_call())
    row = queries.list_queue(QueueFilter(), now=NOW).rows[0]

    assert type(row)(**{**_fields(row), "government_krw": krw}).government_man == man


@pytest.mark.parametrize(
    ("days", "tone"),
    [
        (None, "neutral"),
        (4, "neutral"),
        (3, "warning"),
        (1, "warning"),
        (0, "danger"),
        (-1, "danger"),
    ],
)
def test_the_tone_of_a_deadline(days: int | None, tone: str) -> None:
    make_submitted(make_call())
    row = queries.list_queue(QueueFilter(), now=NOW).rows[0]

    assert type(row)(**{**_fields(row), "days_left": days}).due_tone == tone


def _fields(row: queries.QueueRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).__slots__}


def test_the_nearest_deadline_comes_first_and_decided_cases_last() -> None:
    operator = make_operator()
    call_id = make_call()
    later = make_submitted(call_id, now=NOW + DAY)[1]
    early = make_submitted(call_id, now=NOW - DAY)[1]
    decided = make_submitted(call_id, now=NOW - 3 * DAY)[1]
    actions.decide_requirement(
        operator, decided, is_met=True, reasons=[DecisionReason(text="좋습니다.")], now=NOW
    )
    asked = make_submitted(call_id, now=NOW)[1]
    actions.request_supplement(operator, asked, text="견적서", days=1, now=NOW)

    assert ids() == [asked, early, later, decided]


def test_cases_of_one_deadline_come_in_the_order_they_arrived() -> None:
    call_id = make_call()
    second = make_submitted(call_id, now=NOW + timedelta(hours=2))[1]
    first = make_submitted(call_id, now=NOW + timedelta(hours=1))[1]

    assert ids() == [first, second]


def test_each_stage_is_counted_under_the_other_filters() -> None:
    operator = make_operator()
    call_id = make_call()
    applicants = [make_submitted(call_id, firm={"name": f"동해금속{n}"}) for n in range(4)]
    make_submitted(call_id)
    _, met, not_met, (owner, gone) = (
        applicants[0][1],
        applicants[1][1],
        applicants[2][1],
        applicants[3],
    )
    why = [DecisionReason(text="검토했습니다.")]
    actions.decide_requirement(operator, met, is_met=True, reasons=why, now=NOW)
    actions.decide_requirement(operator, not_met, is_met=False, reasons=why, now=NOW)
    actions.withdraw_application(owner, gone, reason="자금 사정")

    page = queries.list_queue(QueueFilter(q="동해", stage="submitted"), now=NOW)

    assert page.counts == {
        "": 4,
        "submitted": 1,
        "supplement_requested": 0,
        "requirement_met": 1,
        "requirement_not_met": 1,
        "withdrawn": 1,
    }
    assert page.total == 1
    assert ids(stage="requirement_met") == [met]


def test_the_sum_is_of_everything_found_not_of_the_page() -> None:
    call_id = make_call()
    make_submitted(call_id)
    make_submitted(call_id, cost={"hardware": "70,000,000"})

    assert queries.list_queue(QueueFilter(), now=NOW).government_krw == 88_500_000 + 93_500_000
    assert queries.list_queue(QueueFilter(q="없는 기업"), now=NOW).government_krw == 0


def test_words_find_firm_workplace_and_number() -> None:
    call_id = make_call()
    mine = make_submitted(call_id, firm={"name": "대성모듈"})[1]
    make_submitted(call_id)

    assert ids(q="성모") == [mine]
    assert ids(q=" 2026-GEN-100001 ") == [mine]
    assert len(ids(q="제1공장")) == 2
    assert ids(q="없음") == []


def test_programme_province_and_assignee_narrow_the_queue() -> None:
    operator = make_operator()
    general = make_submitted(make_call())[1]
    other = make_submitted(make_call())[1]
    actions.assign_cases(operator, [general], operator.user_id)

    assert ids(programme="general", province="gyeonggi") == [general, other]
    assert ids(programme="cloud_switch") == []
    assert ids(province="busan") == []
    assert ids(assignee=str(operator.user_id)) == [general]
    assert ids(assignee="none") == [other]


@pytest.mark.parametrize("wrong", [{"assignee": "' or 1=1"}, {"due": "someday"}])
def test_a_filter_nobody_offers_narrows_nothing(wrong: dict[str, str]) -> None:
    application_id = make_submitted(make_call())[1]

    assert ids(**wrong) == [application_id]


@pytest.mark.parametrize("wrong", [{"stage": "tea"}, {"flag": "tea"}])
def test_a_stage_or_flag_that_there_is_not_finds_nothing(wrong: dict[str, str]) -> None:
    make_submitted(make_call())

    assert ids(**wrong) == []


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 11, 30), set()),
        (date(2026, 12, 1), {"7"}),
        (date(2026, 12, 5), {"7"}),
        (date(2026, 12, 6), {"7", "2"}),
        (date(2026, 12, 7), {"7", "2"}),
        (date(2026, 12, 8), {"7", "2", "today"}),
        (date(2026, 12, 9), {"overdue"}),
    ],
)
def test_deadlines_are_counted_in_days_of_seoul(today: date, found: set[str]) -> None:
    application_id = make_submitted(make_call())[1]  # due on 8 December
    # Just after midnight in Seoul it is still the day before in UTC.
    now = datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(hours=8)

    assert {due for due in queue.DUE_DAYS if ids(due=due, now=now) == [application_id]} == found


def test_fifty_to_a_page_and_a_page_too_far_is_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    assert queue.PAGE_SIZE == 50
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    call_id = make_call()
    cases = [make_submitted(call_id, now=NOW + n * timedelta(hours=1))[1] for n in range(3)]

    first = queries.list_queue(QueueFilter(), now=NOW)
    last = queries.list_queue(QueueFilter(), page=9, now=NOW)

    assert [row.id for row in first.rows] == cases[:2]
    assert (first.total, first.first, first.last, first.pages) == (3, 1, 2, 2)
    assert (first.previous, first.next) == (None, 2)
    assert [row.id for row in last.rows] == cases[2:]
    assert (last.number, last.first, last.last) == (2, 3, 3)
    assert (last.previous, last.next) == (1, None)
    assert [row.id for row in queries.list_queue_rows(QueueFilter(), now=NOW)] == cases


def test_an_empty_queue_says_so() -> None:
    page = queries.list_queue(QueueFilter(), now=NOW)

    assert (page.rows, page.total, page.first, page.last, page.pages) == ((), 0, 0, 0, 1)


def test_a_case_has_neighbours_in_the_filtered_queue() -> None:
    call_id = make_call()
    first = make_submitted(call_id, now=NOW)[1]
    second = make_submitted(call_id, now=NOW + DAY)[1]

    def beside(application_id: int, **wanted: str) -> tuple[int | None, int | None]:
        return queries.find_neighbours(QueueFilter(**wanted), application_id, now=NOW)

    assert beside(first) == (None, second)
    assert beside(second) == (first, None)
    assert beside(10**9) == (None, first)
    assert beside(first, q="없음") == (None, None)


def test_drafts_and_withdrawn_drafts_are_nowhere() -> None:
    call_id = make_call()
    for _ in range(2):
        actor, workplace_id = make_applicant()
        application_id = make_draft(actor, workplace_id, call_id)
    actions.withdraw_application(actor, application_id)

    assert ids() == []
    assert queries.queue_options(make_operator().own_organisation_id).programmes == ()


def test_options_are_what_can_be_found_and_who_can_be_given_cases() -> None:
    operator = make_operator()
    make_operator()
    make_submitted(make_call())

    options = queries.queue_options(operator.own_organisation_id)

    assert [key for key, _ in options.programmes] == ["general"]
    assert options.provinces == (("gyeonggi", Name("경기도", "Gyeonggi")),)
    assert [key for key, _ in options.assignees] == ["none", str(operator.user_id)]
    assert [key for key, _ in options.dues] == ["overdue", "today", "2", "7"]
    assert len(options.flags) == 8


def test_the_queue_asks_the_database_a_fixed_number_of_times(
    django_assert_num_queries: Any,
) -> None:
    call_id = make_call()
    for _ in range(4):
        make_submitted(call_id)

    with django_assert_num_queries(4):
        queries.list_queue(QueueFilter(), now=NOW)
