"""Writing an application: what is to do, one topic a page, saving on the way, live money."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation.organisations.access import MemberRequest
from dure.kernel.errors import DureError
from dure.programme.support import actions, queries
from dure.programme.support.queries import ApplicationView, TopicView
from dure.web.factory.application_forms import ROW_BUTTONS, TopicForm, changed_rows
from dure.web.factory.application_kept import kept_over_login, take_kept
from dure.web.factory.application_pages import (
    find_topic,
    may_write,
    next_url,
    own_application,
    previous_url,
    steps_of,
)
from dure.web.factory.own import own, shown
from dure.web.words import named


@own("support:application:view")
@require_GET
def tasks(request: MemberRequest, application_id: int) -> HttpResponse:
    """The topics with their states, why one is locked, and the next one to do."""
    application = own_application(request, application_id)
    if not application.may_edit:
        return redirect("factory:application-status", application_id)
    writes = may_write(request.actor, application)
    done = sum(topic.state == "done" for topic in application.topics)
    context: dict[str, object] = {
        "application": application,
        "done": done,
        "total": len(application.topics),
        "next_topic": _first_open(application) if writes else None,
        "may_write": writes,
        "is_complete": done == len(application.topics),
    }
    return shown(request, "factory/applications/tasks.html", context)


@kept_over_login("factory:application-topic")
@own("support:application:edit")
@require_http_methods(["GET", "POST"])
def topic(request: MemberRequest, application_id: int, topic_key: str) -> HttpResponseBase:
    """One topic: shown with what is known, saved by a button, refused with what is missing."""
    application, asked = _asked(request, application_id, topic_key)
    if not application.may_edit:
        return redirect("factory:application-status", application_id)
    if asked.state == "locked":
        messages.info(request, named(asked.why))
        return redirect("factory:application", application_id)
    if request.method == "POST":
        return _save(request, application, asked)
    return _page(request, application, _fresh_form(request, asked))


@kept_over_login("factory:application-topic")
@own("support:application:edit")
@require_POST
def autosave(request: MemberRequest, application_id: int, topic_key: str) -> HttpResponseBase:
    """Keep what was typed so far, and say when it was kept."""
    application, asked = _asked(request, application_id, topic_key)
    form = TopicForm(asked, request.POST)
    try:
        kept = actions.save_answers(request.actor, application.id, asked.key, form.raw())
    except DureError as error:
        return render(request, "factory/applications/_saved.html", {"problem": error}, status=422)
    saved = own_application(request, application.id)
    context = {
        "application": saved,
        "saved_at": kept.saved_at,
        "unread": len(kept.problems),
        "eligibility": saved.eligibility,
    }
    return render(request, "factory/applications/_autosaved.html", context)


@own("support:application:edit")
@require_POST
def money(request: MemberRequest, application_id: int, topic_key: str) -> HttpResponse:
    """The money for what is typed at this moment; nothing is kept."""
    application, asked = _asked(request, application_id, topic_key)
    form = TopicForm(asked, request.POST)
    amount = queries.preview_amount(request.actor.own_organisation_id, application.id, form.raw())
    context = {"amount": amount, "eligibility": application.eligibility}
    return render(request, "factory/applications/_money_sum.html", context)


def _asked(
    request: MemberRequest, application_id: int, key: str
) -> tuple[ApplicationView, TopicView]:
    application = own_application(request, application_id)
    asked = find_topic(application, key)
    if asked is None:
        raise Http404(key)
    return application, asked


def _fresh_form(request: MemberRequest, asked: TopicView) -> TopicForm:
    kept = take_kept(request)
    if kept is not None:
        messages.warning(
            request,
            _("로그인이 끊겨 저장하지 못한 내용을 되살렸습니다. 확인하고 저장해 주세요."),
        )
        return TopicForm(asked, kept)
    form = TopicForm(asked)
    form.tell({place: text for q in asked.questions for place, text in q.problem.items()})
    return form


def _save(
    request: MemberRequest, application: ApplicationView, asked: TopicView
) -> HttpResponseBase:
    form = TopicForm(asked, request.POST)
    try:
        kept = actions.save_answers(request.actor, application.id, asked.key, form.raw())
    except DureError as error:
        return _page(request, application, form, problem=error)
    go, _colon, detail = request.POST.get("go", "next").partition(":")
    if go == "leave":
        if kept.problems:
            messages.warning(request, _unread_words(len(kept.problems)))
        return redirect("factory:application", application.id)
    saved = own_application(request, application.id)
    if go in ROW_BUTTONS:
        rows = changed_rows(form, go, detail)
        return _page(request, saved, TopicForm(asked, request.POST, rows=rows))
    missing = {**saved.topic(asked.key).outstanding, **kept.problems}
    if not missing:
        return redirect(next_url(saved, asked.key))
    form.tell({place: missing[place] for place in sorted(missing, key=form.position)})
    return _page(request, saved, form)


def _page(
    request: MemberRequest,
    application: ApplicationView,
    form: TopicForm,
    *,
    problem: DureError | None = None,
) -> HttpResponse:
    key = form.topic.key
    context: dict[str, object] = {
        "application": application,
        "topic": form.topic,
        "form": form,
        "problem": problem,
        "steps": steps_of(application, key),
        "previous_url": previous_url(application, key),
        "has_money": any(question.adds_to_total for question in form.topic.questions),
        "amount": application.amount,
        "eligibility": application.eligibility,
        "saved_at": application.saved_at,
    }
    refused = request.method == "POST" and bool(form.errors or problem)
    return shown(request, "factory/applications/topic.html", context, refused=refused)


def _first_open(application: ApplicationView) -> TopicView | None:
    states = {"not_started", "in_progress"}
    return next((topic for topic in application.topics if topic.state in states), None)


def _unread_words(n: int) -> str:
    return ngettext(
        "읽을 수 없는 답이 {n}개 있습니다. 적은 그대로 남겨 두었으니 나중에 고쳐 주세요.",
        "읽을 수 없는 답이 {n}개 있습니다. 적은 그대로 남겨 두었으니 나중에 고쳐 주세요.",
        n,
    ).format(n=n)
