"""Addresses of accounts: allauth's views on our own pages, and the person's own settings.

allauth's URL names stay as they are (`account_login`, `mfa_index` …), because allauth itself
leads to them by name; ours live in the namespace `account`.
"""

from django.urls import URLPattern, URLResolver, include, path, re_path

from dure.web.account import (
    documents,
    entrance,
    invitation,
    jobs,
    members,
    membership,
    notices,
    person,
)

own: list[URLPattern | URLResolver] = [
    path("", person.settings, name="settings"),
    path("start/", membership.start, name="start"),
    path("role/", membership.role, name="role"),
    path("session/", person.extend_session, name="session-extend"),
    path("members/", members.members, name="members"),
    path("members/invite/", members.invite, name="member-invite"),
    path("members/<int:membership_id>/end/", members.end, name="member-end"),
    path(
        "members/invitations/<int:invitation_id>/revoke/",
        members.revoke_invitation,
        name="invitation-revoke",
    ),
    path("invitations/<str:token>/", invitation.invitation, name="invitation"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="notices-read-all"),
    path("notices/<int:notice_id>/read/", notices.read, name="notice-read"),
    path("jobs/<int:job_id>/", jobs.job, name="job"),
    path("jobs/<int:job_id>/retry/", jobs.retry, name="job-retry"),
    path("documents/<int:document_id>/", documents.document, name="document"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "account"))),
    path("login/", entrance.login, name="account_login"),
    path("logout/", entrance.logout, name="account_logout"),
    path("inactive/", entrance.inactive, name="account_inactive"),
    path("signup/", entrance.signup, name="account_signup"),
    path("reauthenticate/", entrance.reauthenticate, name="account_reauthenticate"),
    path("email/", entrance.email, name="account_email"),
    path("confirm-email/", entrance.verification_sent, name="account_email_verification_sent"),
    re_path(
        r"^confirm-email/(?P<key>[-:\w]+)/$", entrance.confirm_email, name="account_confirm_email"
    ),
    path("password/change/", entrance.password_change, name="account_change_password"),
    path("password/set/", entrance.password_set, name="account_set_password"),
    path("password/reset/", entrance.password_reset, name="account_reset_password"),
    path("password/reset/done/", entrance.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entrance.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        entrance.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", entrance.mfa_index, name="mfa_index"),
    path("2fa/authenticate/", entrance.mfa_authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", entrance.mfa_reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", entrance.totp_activate, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", entrance.totp_deactivate, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", entrance.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        entrance.recovery_generate,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        entrance.recovery_download,
        name="mfa_download_recovery_codes",
    ),
]
