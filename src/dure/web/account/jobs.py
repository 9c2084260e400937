"""The page of a job: how far it is, how it ended, where the result lies. One may leave it."""

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from dure.foundation.jobs import actions
from dure.foundation.jobs.errors import JobNotRetryableError
from dure.foundation.jobs.models import Job
from dure.foundation.jobs.queries import JobView, get_job
from dure.foundation.organisations.access import MemberRequest, requires
from dure.foundation.organisations.roles import is_granted
from dure.kernel.errors import DureError

RETRY = "foundation:job:retry"
# Where people see what a job did: the page's name, and which values of the payload it takes.
RESULT_PAGES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "streams.import": ("factory:import", ("import_id",)),
    "levels.measure": ("factory:level", ("workplace_id",)),
}


@requires("foundation:job:view")
@require_GET
def job(request: MemberRequest, job_id: int) -> HttpResponse:
    """The whole page, or for htmx the part that changes while one looks."""
    return _page(request, _job(request, job_id))


@requires(RETRY)
@require_POST
def retry(request: MemberRequest, job_id: int) -> HttpResponse:
    """Queue a failed job again."""
    try:
        actions.retry(request.actor, job_id)
    except Job.DoesNotExist as error:
        raise Http404 from error
    except JobNotRetryableError as problem:
        return _page(request, _job(request, job_id), problem=problem)
    return redirect("account:job", job_id)


def _page(
    request: MemberRequest, found: JobView, *, problem: DureError | None = None
) -> HttpResponse:
    context = {
        "job": found,
        "result_url": _result_url(found),
        "may_retry": found.can_retry and is_granted(request.actor.role, RETRY),
        "problem": problem,
    }
    template = "account/_job.html" if request.htmx else "account/job.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=422 if problem else 200)


def _job(request: MemberRequest, job_id: int) -> JobView:
    try:
        return get_job(request.actor.own_organisation_id, job_id)
    except Job.DoesNotExist as error:
        raise Http404 from error


def _result_url(found: JobView) -> str:
    name, keys = RESULT_PAGES.get(found.kind, ("", ()))
    values = {**found.payload, **(found.result or {})}
    try:
        return reverse(name, args=[values[key] for key in keys])
    except (KeyError, NoReverseMatch):
        return ""
