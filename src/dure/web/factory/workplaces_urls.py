"""Addresses of the firm and its workplaces, under `/my/`."""

from django.urls import URLPattern, path

from dure.web.factory import contacts, registration, workplaces

_ONE = "workplaces/<int:workplace_id>/"

urlpatterns: list[URLPattern] = [
    path("firm/", workplaces.firm_edit, name="firm-edit"),
    path("workplaces/", workplaces.workplaces, name="workplaces"),
    path("workplaces/new/", registration.workplace_new, name="workplace-new"),
    path(_ONE, workplaces.workplace, name="workplace"),
    path(_ONE + "edit/", workplaces.workplace_edit, name="workplace-edit"),
    path(_ONE + "contacts/new/", contacts.contact_new, name="contact-new"),
    path(
        _ONE + "contacts/<int:contact_id>/remove/", contacts.contact_remove, name="contact-remove"
    ),
]
