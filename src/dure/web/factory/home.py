"""My factory: the next best step, figures from the data, level with evidence, what is open."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from dure.foundation.organisations.access import SIGNED_IN, MemberRequest, requires
from dure.foundation.organisations.roles import is_granted
from dure.policy.level_grid import load_level_grid
from dure.programme.registry import queries as registry
from dure.programme.registry.queries import WorkplaceView
from dure.web.factory.home_facts import HomeFacts, read_home
from dure.web.factory.home_steps import journey, next_step
from dure.web.factory.home_timeline import timeline
from dure.web.factory.level_page import current_rung
from dure.web.factory.own import shown
from dure.web.landing import landing_of

_SESSION_KEY = "workplace"
_IMPORTS = 4


@requires(SIGNED_IN)
@require_safe
def home(request: MemberRequest) -> HttpResponseBase:
    """The page of one workplace; `?workplace=` chooses among several and is remembered.

    Whoever has no organisation yet is asked to register; another role's people go to their own
    first screen.
    """
    actor = getattr(request, "actor", None)
    if actor is not None and not is_granted(actor.role, "registry:workplace:view"):
        return redirect(landing_of(actor))
    workplaces = registry.list_workplaces(actor.own_organisation_id) if actor else ()
    if not workplaces:
        return shown(request, "factory/home/welcome.html", {"steps": journey(None)})
    facts = read_home(_chosen(request, workplaces))
    context = {
        "facts": facts,
        "workplace": facts.workplace,
        "workplaces": workplaces,
        "step": next_step(facts),
        "steps": journey(facts),
        "timeline": timeline(facts),
        "recent_imports": facts.imports[:_IMPORTS],
    }
    return shown(request, "factory/home/page.html", context | _level_card(facts))


def _chosen(request: MemberRequest, workplaces: tuple[WorkplaceView, ...]) -> WorkplaceView:
    asked = request.GET.get("workplace", "")
    if asked:
        found = next((w for w in workplaces if str(w.id) == asked), None)
        if found is None:
            raise Http404
        request.session[_SESSION_KEY] = found.id
        return found
    kept = request.session.get(_SESSION_KEY)
    return next((w for w in workplaces if w.id == kept), workplaces[0])


def _level_card(facts: HomeFacts) -> dict[str, object]:
    if facts.measurement is None:
        return {}
    grid = load_level_grid(facts.measurement.as_of)
    level = facts.measurement.result.system_level
    return {"level": grid.level(level).name, "ladder": current_rung(level, grid)}
