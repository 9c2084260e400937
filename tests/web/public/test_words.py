"""How amounts, days and quantities read in both languages."""

import html
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from dure.foundation.audit.actor import SYSTEM
from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.web import words
from tests.factories.foundation import make_member


def rendered(source: str, **context: object) -> str:
    return Template("{% load dure %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("amount", "full", "short"),
    [
        (0, "0원", "0원"),
        (9_999, "9,999원", "9,999원"),
        (10_000, "10,000원", "1만원"),
        (99_999_999, "99,999,999원", "9,999만 9,999원"),
        (100_000_000, "100,000,000원", "1억원"),
        (1_000_000_000_000, "1,000,000,000,000원", "1조원"),
        (None, "자료 없음", "자료 없음"),
    ],
)
def test_won_in_korean(amount: int | None, full: str, short: str) -> None:
    with translation.override("ko"):
        assert rendered("{{ amount|won }} / {{ amount|won_short }}", amount=amount) == (
            f"{full} / {short}"
        )


@pytest.mark.parametrize(
    ("amount", "full", "short"),
    [
        (0, "KRW 0", "KRW 0"),
        (9_999, "KRW 9,999", "KRW 9,999"),
        (10_000, "KRW 10,000", "KRW 10,000"),
        (99_999_999, "KRW 99,999,999", "KRW 99,999,999"),
        (100_000_000, "KRW 100,000,000", "KRW 100 million"),
        (1_000_000_000_000, "KRW 1,000,000,000,000", "KRW 1 trillion"),
    ],
)
def test_won_in_english(amount: int, full: str, short: str) -> None:
    with translation.override("en"):
        assert rendered("{{ amount|won }} / {{ amount|won_short }}", amount=amount) == (
            f"{full} / {short}"
        )


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (200_000_000, "KRW", "2억원"),
        (Fraction(1, 2), "share", "50%"),
        (Fraction(3, 8), "share", "37.5%"),
        (9, "months", "9개월"),
        (5, "years", "5년"),
        (14, "days", "14일"),
        (1_000, "persons", "1,000명"),
        (None, "months", "자료 없음"),
    ],
)
def test_a_policy_value_reads_with_its_unit(
    value: int | Fraction | None, unit: str, said: str
) -> None:
    with translation.override("ko"):
        assert rendered("{{ value|quantity:unit }}", value=value, unit=unit) == said


def test_days_and_moments_are_those_of_seoul() -> None:
    late = datetime(2026, 11, 25, 15, 30, tzinfo=UTC)
    with translation.override("ko"):
        assert words.day(late) == "2026.11.26.(목)"
        assert words.moment(late) == "2026.11.26.(목) 00:30"
    with translation.override("en"):
        assert words.moment(late) == "26 Nov 2026, 00:30 KST"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 27), "3일 남음"),
        (date(2026, 11, 24), "오늘까지"),
        (date(2026, 11, 22), "2일 지남"),
        (None, "자료 없음"),
    ],
)
def test_deadlines_count_days(day: date | None, said: str) -> None:
    with translation.override("ko"):
        assert words.days_left(day, date(2026, 11, 24)) == said


def test_names_and_texts_follow_the_reader() -> None:
    name, text = Name("기초", "Basic"), Text("{row}행", {"row": 3})
    with translation.override("ko"):
        assert rendered("{{ name|named }} {{ text|say }}", name=name, text=text) == "기초 3행"
    with translation.override("en"):
        assert rendered("{{ name|named }}", name=name) == "Basic"


def test_an_address_keeps_its_query_and_escapes_it() -> None:
    request = RequestFactory().get("/finder/result/", {"cost": "1&2", "page": "3"})
    source = '{% address_with page=None as_of="2021-03-01" %}'

    shown = rendered(source, request=request)
    assert html.unescape(shown) == "/finder/result/?cost=1%262&as_of=2021-03-01"


@pytest.mark.parametrize(
    ("value", "maximum", "width"),
    [(50, 100, "50.0"), (150, 100, "100.0"), (-1, 100, "0.0"), (1, 0, "0.0")],
)
def test_a_bar_never_leaves_its_track(value: float, maximum: float, width: str) -> None:
    drawn = rendered("{% bar value maximum %}", value=value, maximum=maximum)

    assert f'class="sf-bar__fill" width="{width}"' in drawn
    assert "style=" not in drawn


@pytest.mark.django_db
def test_a_permission_asked_in_a_template_is_that_of_the_role() -> None:
    request = RequestFactory().get("/")
    source = '{% may "support:application:edit" as can %}{{ can }}'
    answers = []
    for actor in (None, make_member("engineer")[1], make_member("owner")[1], SYSTEM):
        request.actor = actor  # type: ignore[attr-defined]
        answers.append(rendered(source, request=request))

    assert answers == ["False", "False", "True", "False"]
