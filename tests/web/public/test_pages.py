"""What every public page holds to: open to all, both languages, one title, our own files only."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from dure.foundation.organisations.access import PUBLIC, permission_of
from dure.web.headers import POLICY
from tests.web.public.asking import answer

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/finder/",
    "/programmes/",
    "/programmes/general/",
    "/programmes/general/?as_of=2022-06-28",
    "/programmes/after_service/",
    "/programmes/cloud_switch/",
    "/search/",
    "/search/?q=고도화",
    "/search/?q=없는말",
    "/help/",
    "/privacy/",
    "/terms/",
    "/accessibility/",
    "/display/",
    "/styleguide/",
    "/accounts/login/",
    "/accounts/signup/",
)
BYTES_AT_MOST = 20_000


class Seen(HTMLParser):
    """Titles, headings, ids and what a page loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings, self.ids, self.loaded, self.lang = 0, [], [], ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.headings += tag == "h1"
        if tag == "html":
            self.lang = given.get("lang") or ""
        if given.get("id"):
            self.ids.append(given["id"])
        if tag in {"script", "img", "link", "iframe", "source"}:
            self.loaded.append(given.get("src") or given.get("href") or "")


def text_of(client: Client, url: str, language: str = "ko") -> str:
    response = client.get(url, headers={"Accept-Language": language})
    assert response.status_code == 200, f"{url}: {response.status_code}"
    return response.content.decode()


def title_of(text: str) -> str:
    found = re.search(r"<title>(.*?)</title>", text, re.S)
    assert found
    return found.group(1)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("url", PAGES)
def test_a_page_has_one_heading_its_language_and_our_own_files(
    client: Client, url: str, language: str
) -> None:
    seen = Seen(text_of(client, url, language))

    assert seen.lang == language
    assert seen.headings == 1
    assert len(seen.ids) == len(set(seen.ids))
    assert [path for path in seen.loaded if not path.startswith("/static/")] == []


def test_titles_tell_pages_apart(client: Client) -> None:
    titles = [title_of(text_of(client, url)) for url in PAGES]

    assert [title for title in titles if not title.endswith(" · 두레")] == []
    assert len(titles) == len(set(titles))


def test_the_trial_notice_stands_on_every_page(client: Client) -> None:
    for url in PAGES:
        assert "실제 정부 누리집이 아닙니다." in text_of(client, url), url


def test_everything_of_this_audience_is_public() -> None:
    public = next(r for r in get_resolver().url_patterns if getattr(r, "app_name", "") == "public")
    views = [pattern.callback for pattern in _patterns(public)]

    assert len(views) > 20
    assert {permission_of(view) for view in views} == {PUBLIC}


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern


@pytest.mark.parametrize("url", [*PAGES, "/finder/result/?cost=160000000"])
def test_pages_stay_small(client: Client, url: str) -> None:
    import brotli

    answer(client)
    size = len(brotli.compress(text_of(client, url).encode(), quality=5))

    assert size <= BYTES_AT_MOST, f"{url}: {size}"


def test_headers_keep_pages_to_themselves(client: Client) -> None:
    headers = client.get("/").headers

    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("mode", ["light", "high-contrast"])
def test_the_chosen_display_is_kept(client: Client, mode: str) -> None:
    response = client.post("/display/", {"mode": mode, "text": "large", "next": "/help/"})

    assert response.status_code == 302
    assert response.headers["Location"] == "/help/"
    shown = text_of(client, "/help/")
    assert f'data-krds-mode="{mode}" data-text="large"' in shown


@pytest.mark.parametrize("onward", ["https://a.example/", "//a.example", "javascript:alert(1)"])
def test_the_way_back_stays_here(client: Client, onward: str) -> None:
    response = client.post("/display/", {"mode": "light", "text": "medium", "next": onward})

    assert response.headers["Location"] == reverse("public:display")


def test_an_unknown_display_is_refused_and_nothing_kept(client: Client) -> None:
    response = client.post("/display/", {"mode": "disco", "text": "medium"})

    assert response.status_code == 422
    assert "보기에 있는 것을 골라 주세요." in response.content.decode()
    assert 'data-krds-mode="light"' in text_of(client, "/")


def test_the_language_is_switched_by_a_form_only(client: Client) -> None:
    assert client.get("/language/").status_code == 405
    client.post("/language/", {"language": "en", "next": "/help/"})

    assert Seen(client.get("/help/").content.decode()).lang == "en"


def test_an_unknown_page_offers_a_way_out(client: Client) -> None:
    response = client.get("/no-such-page/")
    shown = response.content.decode()

    assert response.status_code == 404
    assert "찾는 화면이 없습니다" in shown and 'href="/"' in shown


def test_search_engines_are_kept_from_what_is_private(client: Client) -> None:
    assert "Disallow: /my/" in client.get("/robots.txt").content.decode()


def test_a_form_of_an_ended_session_says_what_to_do() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/finder/", {"wants": "build"})

    assert response.status_code == 403
    assert "<h1>" in response.content.decode()
