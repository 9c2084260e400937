"""Addresses of applications, under `/my/`."""

from django.urls import URLPattern, URLResolver, path

from dure.web.factory import (
    application_following,
    application_sending,
    application_start,
    application_topics,
)

_ONE = "applications/<int:application_id>/"
_TOPIC = _ONE + "topics/<slug:topic_key>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("applications/", application_start.applications, name="application-list"),
    path("applications/new/", application_start.application_new, name="application-new"),
    path(_ONE, application_topics.tasks, name="application"),
    path(_TOPIC, application_topics.topic, name="application-topic"),
    path(_TOPIC + "autosave/", application_topics.autosave, name="application-autosave"),
    path(_TOPIC + "money/", application_topics.money, name="application-money"),
    path(_ONE + "check/", application_sending.check, name="application-check"),
    path(_ONE + "submit/", application_sending.submit, name="application-submit"),
    path(_ONE + "receipt/", application_sending.receipt, name="application-receipt"),
    path(_ONE + "receipt.pdf", application_sending.receipt_pdf, name="application-receipt-pdf"),
    path(_ONE + "status/", application_following.status, name="application-status"),
    path(_ONE + "withdraw/", application_following.withdraw, name="application-withdraw"),
]
