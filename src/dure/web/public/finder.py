"""The programme finder: six questions without signing in, then what fits, why and how much."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation.organisations.access import public
from dure.policy.errors import PolicyError
from dure.web.public.finder_answers import (
    answers_of,
    facts_of,
    forget_answers,
    has_answers,
    keep_answers,
    kept_answers,
)
from dure.web.public.finder_form import FinderForm
from dure.web.public.finder_summary import answered_lines
from dure.web.public.matches import found_for
from dure.web.public.open_calls import open_by_tier
from dure.web.public.policy_today import DayForm, day_or_newest, the_policy, years_known
from dure.web.won_field import WonField
from dure.web.words import said


class ResultForm(DayForm):
    """`?as_of=` and `?cost=`: another day's rules, and a total cost to calculate with."""

    cost = WonField(
        label=gettext_lazy("생각하는 총사업비"),
        required=False,
        help_text=gettext_lazy("부가세를 뺀 금액입니다. 대강 적어도 됩니다."),
    )


@public
@require_http_methods(["GET", "POST"])
def finder(request: HttpRequest) -> HttpResponse:
    """Ask the six questions; a change of an answer shows at once what it leads to."""
    rules = day_or_newest(the_policy(), None)
    if request.method == "POST":
        form = FinderForm(request.POST, as_of=rules.as_of)
        if _is_part(request):
            return _preview(request, form)
        if form.is_valid():
            keep_answers(request, form.cleaned_data)
            return redirect("public:finder-result")
    else:
        form = FinderForm(initial=dict(kept_answers(request)), as_of=rules.as_of)
    context = {"form": form, "rules": rules, "has_answers": has_answers(request)}
    if has_answers(request):
        context["found"] = found_for(the_policy(), answers_of(request), rules.as_of)
    return render(request, "public/finder.html", context, status=422 if form.errors else 200)


def _preview(request: HttpRequest, form: FinderForm) -> HttpResponse:
    """What the answers so far lead to; they are kept, so that leaving loses nothing."""
    context: dict[str, Any] = {"rules": day_or_newest(the_policy(), None)}
    if form.is_valid():
        keep_answers(request, form.cleaned_data)
        facts = facts_of(form.cleaned_data)
        context |= {
            "answered": form.answered,
            "found": found_for(the_policy(), facts, context["rules"].as_of),
        }
    return render(request, "public/_finder_preview.html", context)


@public
@require_GET
def finder_result(request: HttpRequest) -> HttpResponse:
    """What fits the answers on a day, why, and what it pays for a total cost."""
    if not has_answers(request):
        messages.info(request, _("먼저 질문에 답해 주세요. 여섯 개면 됩니다."))
        return redirect("public:finder")
    policy = the_policy()
    form = ResultForm(request, policy)
    rules, cost, facts = form.rules, form.value("cost"), answers_of(request)
    try:
        found = found_for(policy, facts, rules.as_of, cost)
    except PolicyError as error:
        form.add_error("cost", f"{said(error.text)} {said(error.remedy)}")
        found = found_for(policy, facts, rules.as_of)
    context = {
        "form": form,
        "rules": rules,
        "cost": form.value("cost"),
        "found": found,
        "years": years_known(policy),
        "open_calls": open_by_tier(timezone.now()),
        "answers": answered_lines(kept_answers(request), rules.as_of),
    }
    part = "public/_matches.html" if _is_part(request) else "public/finder_result.html"
    response = render(request, part, context, status=422 if form.errors else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


@public
@require_POST
def finder_forget(request: HttpRequest) -> HttpResponse:
    """Forget the answers and start again."""
    forget_answers(request)
    messages.success(request, _("답을 모두 지웠습니다."))
    return redirect(reverse("public:finder"))


def _is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page; going back in history needs the whole."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request
