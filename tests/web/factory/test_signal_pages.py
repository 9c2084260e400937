"""A signal's page: chart data, ranges, gaps, the table, words, and every value as a CSV."""

import csv
import io
import json
import re
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import Actor
from dure.programme.streams import queries
from tests.factories.registry import make_workplace
from tests.factories.streams import bring, make_rows
from tests.web.factory.test_data_pages import part_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
MIDNIGHT = 1_714_489_200.0


@pytest.fixture
def factory(client: Client) -> tuple[Actor, int]:
    actor, workplace_id = make_workplace()
    client.force_login(User.objects.get(pk=actor.user_id))
    return actor, workplace_id


def address(name: str, workplace_id: int, series_id: str) -> str:
    return reverse(f"factory:{name}", args=(workplace_id, series_id))


def data_of(client: Client, workplace_id: int, series_id: str, **query: str) -> Any:
    return json.loads(client.get(address("signal-data", workplace_id, series_id), query).content)


def test_the_chart_has_every_peak_and_its_gap(client: Client, factory: tuple[Actor, int]) -> None:
    _, workplace_id = factory
    rows = make_rows(240, skip=range(60, 90))
    bring(*factory, rows.replace("00:30:00,20.2", "00:30:00,99.5"))

    data = data_of(client, workplace_id, "설비/온도", width="100")
    page = client.get(address("signal", workplace_id, "설비/온도"))

    assert (data["timed"], data["unit"]) == (True, "°C")
    assert (data["from"], data["to"]) == (MIDNIGHT, MIDNIGHT + 239 * 60 + 1e-6)
    assert max(data["high"]) == 99.5
    assert data["gaps"] == [[MIDNIGHT + 59 * 60, MIDNIGHT + 90 * 60]]
    assert len(data["at"]) == len(data["low"]) == len(data["high"]) <= 100
    said = text_of(page)
    assert "값 210개 가운데 가장 낮은 값 20°C, 가장 높은 값 99.5°C입니다." in said
    assert "이 그래프에 1곳이 보이고, 가장 긴 것은 31분입니다." in said
    assert "출처: 올린 파일 1개 (마지막: 설비.csv)" in said
    assert "1곳, 모두 31분. 가장 긴 것 31분 (2024.05.01.(수) 00:59)" in said


def test_a_range_is_asked_from_the_server_and_said_of_itself(
    client: Client, factory: tuple[Actor, int]
) -> None:
    _, workplace_id = factory
    bring(*factory, make_rows(240))
    url = address("signal", workplace_id, "설비/온도")
    query = {"from": "2024-05-01T01:00", "to": "2024-05-01T02:00"}

    data = data_of(client, workplace_id, "설비/온도", **query)
    page = client.get(url, query)
    last_hour = next(
        link
        for link in lxml.html.fromstring(page.content).xpath('//a[@class="sf-chip"]/@href')
        if "from=" in link
    )
    ended = client.get(last_hour)

    assert (data["from"], data["to"]) == (MIDNIGHT + 3600, MIDNIGHT + 7200)
    assert (data["at"][0], data["at"][-1], len(data["at"])) == (
        MIDNIGHT + 3600,
        MIDNIGHT + 7140,
        60,
    )
    assert "값 60개 가운데" in text_of(page)
    assert "값 61개 가운데" in text_of(ended)
    current = lxml.html.fromstring(ended.content).xpath('//a[@aria-current="true"]/text()')
    assert current == ["1시간"]
    table = lxml.html.fromstring(page.content).xpath('//section[@id="signal-view"]//tbody/tr')
    assert sum(int(row.xpath("./td[3]")[0].text_content()) for row in table) == 60
    assert data_of(client, workplace_id, "설비/온도", **query, width="5")["at"] == [
        MIDNIGHT + 3600 + i * 720 for i in range(5)
    ]


def test_a_range_without_values_and_one_that_cannot_be(
    client: Client, factory: tuple[Actor, int]
) -> None:
    _, workplace_id = factory
    bring(*factory, make_rows(60))
    url = address("signal", workplace_id, "설비/온도")

    empty = client.get(url, {"from": "2025-01-01T00:00", "to": "2025-01-02T00:00"})
    backward = client.get(url, {"from": "2024-05-02T00:00", "to": "2024-05-01T00:00"})
    nonsense = client.get(url, {"from": "어제"})
    data = client.get(address("signal-data", workplace_id, "설비/온도"), {"from": "어제"})

    assert (empty.status_code, "이 기간에는 값이 없습니다" in text_of(empty)) == (200, True)
    assert (backward.status_code, nonsense.status_code, data.status_code) == (422, 422, 422)
    assert "기간의 끝이 시작보다 앞에 있습니다" in text_of(backward)
    assert "기간을 읽을 수 없습니다" in text_of(nonsense)
    assert "값 60개 가운데" in text_of(nonsense)


def test_the_swapped_part_equals_the_whole_page(client: Client, factory: tuple[Actor, int]) -> None:
    _, workplace_id = factory
    bring(*factory, make_rows(240))
    url = address("signal", workplace_id, "설비/온도")
    query = {"from": "2024-05-01T01:00", "to": "2024-05-01T02:00"}

    whole = client.get(url, query)
    asked = client.get(url, query, headers={"HX-Request": "true"})

    assert part_of(asked, "signal-view") == part_of(whole, "signal-view")
    links = re.findall(r'hx-get="([^"]+)"', part_of(whole, "signal-view"))
    assert all(link.split("?")[0].startswith("/my/workplaces/") for link in links)


def test_every_value_comes_as_a_csv(client: Client, factory: tuple[Actor, int]) -> None:
    _, workplace_id = factory
    bring(*factory, make_rows(60))
    bring(*factory, make_rows(30, day="2024-05-02"), "다음 날.csv")

    response = client.get(address("signal-csv", workplace_id, "설비/온도"))
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]

    rows = list(csv.reader(io.StringIO(content)))
    assert rows[:2] == [["time", "온도 [°C]"], ["2024-05-01 00:00:00", "20"]]
    assert (len(rows), rows[-1]) == (91, ["2024-05-02 00:29:00", "20.1"])
    assert "%EC%84%A4%EB%B9%84-%EC%98%A8%EB%8F%84.csv" in response["Content-Disposition"]


def test_words_are_counted(client: Client, factory: tuple[Actor, int]) -> None:
    _, workplace_id = factory
    bring(*factory, make_rows(60))
    bring(*factory, make_rows(30, day="2024-05-02"), "다음 날.csv")

    page = client.get(address("signal", workplace_id, "설비/판정"))
    data = client.get(address("signal-data", workplace_id, "설비/판정"))

    rows = lxml.html.fromstring(page.content).xpath("//table//tbody/tr")
    assert [row.text_content() for row in rows] == ["OK72", "NG18"]
    assert "signal.js" not in page.content.decode()
    assert data.status_code == 422


def test_a_signal_without_time_is_drawn_by_rows(client: Client, factory: tuple[Actor, int]) -> None:
    _, workplace_id = factory
    bring(*factory, "압력,유량\n" + "".join(f"{i % 9}.5,{i}.25\n" for i in range(100)))

    data = data_of(client, workplace_id, "설비/압력", **{"from": "10", "to": "20"})
    page = client.get(address("signal", workplace_id, "설비/압력"))

    assert (data["timed"], data["at"]) == (False, list(range(10, 20)))
    said = text_of(page)
    assert "값 100개 가운데 가장 낮은 값 0.5, 가장 높은 값 8.5입니다." in said
    assert "시작 행" in said
    assert (
        client.get(address("signal", workplace_id, "설비/압력"), {"from": "x"}).status_code == 422
    )


def test_a_constant_signal_says_so(client: Client, factory: tuple[Actor, int]) -> None:
    _, workplace_id = factory
    rows = ["시각,온도,압력"] + [f"2024-05-01 00:{i:02}:00,7.5,{i}.5" for i in range(60)]
    bring(*factory, "\n".join(rows))

    said = text_of(client.get(address("signal", workplace_id, "설비/온도")))

    assert "처음부터 끝까지 같은 값입니다" in said
    assert "변하지 않음" in said


def test_a_signal_that_was_undone_is_gone(client: Client, factory: tuple[Actor, int]) -> None:
    from dure.programme.streams import actions

    actor, workplace_id = factory
    import_id = bring(actor, workplace_id, make_rows(60))
    url = address("signal", workplace_id, "설비/온도")
    assert client.get(url).status_code == 200

    actions.undo_import(actor, import_id)

    assert client.get(url).status_code == 404
    assert queries.list_signals(actor.own_organisation_id, workplace_id) == ()
