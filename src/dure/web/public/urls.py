"""Addresses anyone may open."""

from django.urls import URLPattern, URLResolver, include, path

from dure.web.public import display, health, home, pages, styleguide

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("help/", pages.help_page, name="help"),
    path("privacy/", pages.privacy, name="privacy"),
    path("terms/", pages.terms, name="terms"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("display/", display.display, name="display"),
    path("language/", display.language, name="language"),
    path("facts/<slug:key>.csv", home.fact_csv, name="fact_csv"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", pages.robots, name="robots"),
    path("", include("dure.web.public.support_urls")),
    path("", include("dure.web.public.verify_urls")),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
