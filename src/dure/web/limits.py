"""How often one address may do a thing: counted in this process's cache, per whole window."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase

from dure.web.errors import too_many

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def limited(name: str, *, times: int, seconds: int) -> Callable[[View[P]], View[P]]:
    """Answer 429 to a client's further requests once it made `times` within `seconds`."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def counted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if _count(f"limit:{name}:{_client(request)}", seconds) > times:
                return too_many(request)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def _count(key: str, seconds: int) -> int:
    window = f"{key}:{int(time.time()) // seconds}"
    cache.add(window, 0, timeout=seconds)
    return int(cache.incr(window))


def _client(request: HttpRequest) -> str:
    # allauth knows how many proxies to believe (ALLAUTH_TRUSTED_PROXY_COUNT).
    return str(get_adapter(request).get_client_ip(request))
