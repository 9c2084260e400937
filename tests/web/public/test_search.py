"""The search: every word must occur, titles first, first sounds are enough."""

import pytest
from django.test import Client

from dure.web.public.search_words import Entry, find, first_sounds

ENTRIES = (
    Entry("도움", "지원금은 어떻게 계산하나요?", "총사업비에 비율을 곱합니다.", "/help/#money"),
    Entry("지원사업", "스마트공장 고도화", "고도화1 최대 2억원", "/programmes/general/"),
    Entry("낱말", "MES", "생산 실적을 모으는 시스템", "/help/#words"),
)


def titles(query: str) -> list[str]:
    return [entry.title for entry in find(query, ENTRIES)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("고도화", ["스마트공장 고도화"]),
        ("스마트 공장 고도화", ["스마트공장 고도화"]),
        ("스마트공장고도화", ["스마트공장 고도화"]),
        ("mes", ["MES"]),
        ("고도화 계산", []),
        ("ㄱㄷㅎ", ["스마트공장 고도화"]),
        ("ㅅㅁㅌㄱㅈ", ["스마트공장 고도화"]),
        ("2억원", ["스마트공장 고도화"]),
        ("없는말", []),
    ],
)
def test_every_word_must_occur(query: str, found: list[str]) -> None:
    assert titles(query) == found


def test_a_hit_in_the_title_comes_first() -> None:
    both = (Entry("a", "다른 것", "지원 이야기", "/1"), Entry("b", "지원", "", "/2"))

    assert [entry.url for entry in find("지원", both)] == ["/2", "/1"]


def test_decomposed_jamo_are_read_as_syllables() -> None:
    import unicodedata

    assert titles(unicodedata.normalize("NFD", "고도화")) == ["스마트공장 고도화"]


def test_first_sounds_leave_out_what_is_no_syllable() -> None:
    assert first_sounds("고도화1 AS지원") == "ㄱㄷㅎㅈㅇ"


@pytest.mark.django_db
class TestPage:
    def test_programmes_help_and_words_are_found(self, client: Client) -> None:
        shown = client.get("/search/", {"q": "클라우드"}).content.decode()
        assert 'href="/programmes/cloud_switch/"' in shown

        shown = client.get("/search/", {"q": "요건검토"}).content.decode()
        assert 'href="/help/#words"' in shown

    def test_nothing_found_says_what_to_do(self, client: Client) -> None:
        response = client.get("/search/", {"q": "<b>없는말</b>"})
        shown = response.content.decode()

        assert response.status_code == 200
        assert "‘&lt;b&gt;없는말&lt;/b&gt;’에 맞는 것이 없습니다" in shown
        assert 'href="/finder/"' in shown

    @pytest.mark.parametrize("query", ["", "   ", "\x00"])
    def test_no_query_says_what_can_be_found(self, client: Client, query: str) -> None:
        response = client.get("/search/", {"q": query})

        assert response.status_code == 200
        assert "지원사업, 공고, 도움말, 낱말 풀이에서 찾습니다." in response.content.decode()

    def test_a_long_query_is_cut(self, client: Client) -> None:
        shown = client.get("/search/", {"q": "가" * 5000}).content.decode()

        assert "가" * 100 in shown and "가" * 101 not in shown
