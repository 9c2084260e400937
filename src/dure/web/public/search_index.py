"""What the public search can find, in the reader's language."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dure.policy.coverage import programme_keys
from dure.web.public.help_topics import TOPICS, WORDS
from dure.web.public.open_calls import call_lines
from dure.web.public.policy_today import the_policy
from dure.web.public.programmes import listed_programme
from dure.web.public.search_words import Entry
from dure.web.words import named, won_short


def entries() -> Iterator[Entry]:
    """Everything that can be found, in the order of equals."""
    yield from _calls()
    yield from _programmes()
    yield from _pages()
    yield from _help()


def _programmes() -> Iterator[Entry]:
    policy = the_policy()
    for key in programme_keys(policy):
        programme = listed_programme(policy, key).programme
        tiers = ", ".join(
            _("{tier} 최대 {cap}").format(tier=named(t.name), cap=won_short(t.cap_krw))
            for t in programme.tiers
        )
        year = _("{year}년 규칙").format(year=programme.as_of.year)
        text = f"{named(programme.summary)} {tiers} ({year})"
        url = reverse("public:programme", args=[key])
        yield Entry(_("지원사업"), named(programme.name), text, url)


def _calls() -> Iterator[Entry]:
    for line in call_lines(timezone.now()):
        if line.call.state != "closed":
            text = _("최대 {cap} · {when}").format(cap=won_short(line.max_krw), when=line.when)
            yield Entry(_("공고"), named(line.call.title), text, line.url)


def _pages() -> Iterator[Entry]:
    kind = _("화면")
    yield Entry(
        kind,
        _("받을 수 있는 지원 찾기"),
        _("질문 6개로 자격과 지원금을 확인합니다."),
        reverse("public:finder"),
    )
    yield Entry(
        kind,
        _("화면·글자 설정"),
        _("글자 크기와 고대비 화면을 고릅니다."),
        reverse("public:display"),
    )
    yield Entry(
        kind,
        _("문서 진위 확인"),
        _("두레가 낸 문서의 번호로 진짜인지 확인합니다."),
        reverse("public:verify-form"),
    )


def _help() -> Iterator[Entry]:
    url = reverse("public:help")
    for topic in TOPICS:
        text = " ".join(str(paragraph) for paragraph in topic.paragraphs)
        yield Entry(_("도움"), str(topic.title), text, f"{url}#{topic.key}")
    for word in WORDS:
        yield Entry(_("낱말 풀이"), str(word.name), str(word.meaning), f"{url}#words")
