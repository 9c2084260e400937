"""All addresses, by audience. Each view names its permission or is public (see `access`)."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dure.web.public.urls")),
    path("accounts/", include("dure.web.account.urls")),
    path("my/", include("dure.web.factory.urls")),
    path("ops/", include("dure.web.operator.urls")),
]

handler400 = "dure.web.errors.bad_request"
handler403 = "dure.web.errors.forbidden"
handler404 = "dure.web.errors.not_found"
handler429 = "dure.web.errors.too_many"  # allauth's name for it; Django knows no such handler
handler500 = "dure.web.errors.server_error"
