"""Django's settings: fixed choices here, what differs between installations in `environment`."""

from datetime import timedelta
from pathlib import Path

from dure.settings.database import database_of
from dure.settings.environment import ROOT, read_environment
from dure.settings.logs import LOGGING as LOGGING
from dure.settings.mail import mail_of, reaches_people
from dure.settings.security import security_of

ENVIRONMENT = read_environment()
SRC = Path(__file__).resolve().parents[1]

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
SITE_URL = ENVIRONMENT.site_url

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "dure.foundation.accounts",
    "dure.foundation.organisations",
    "dure.foundation.audit",
    "dure.foundation.jobs",
    "dure.foundation.files",
    "dure.foundation.notices",
    "dure.foundation.documents",
    "dure.programme.registry",
    "dure.programme.streams",
    "dure.programme.levels",
    "dure.programme.support",
    "dure.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dure.foundation.organisations.middleware.CurrentMembershipMiddleware",
    "dure.web.session.SessionRenewalMiddleware",
    "dure.web.headers.ContentPolicyMiddleware",
]

ROOT_URLCONF = "dure.web.urls"
CSRF_FAILURE_VIEW = "dure.web.errors.csrf_failure"
WSGI_APPLICATION = "dure.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SRC / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dure.web.context.shell",
            ],
        },
    }
]

DATABASES = {"default": database_of(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "dure.web.account.names.PersonForm"
ACCOUNT_FORMS = {
    "add_email": "dure.web.account.forms.ChangeEmailForm",
    "change_password": "dure.web.account.forms.ChangePasswordForm",
    "login": "dure.web.account.forms.LoginForm",
    "reauthenticate": "dure.web.account.forms.ReauthenticateForm",
    "reset_password": "dure.web.account.forms.ResetPasswordForm",
    "reset_password_from_key": "dure.web.account.forms.ResetPasswordKeyForm",
    "set_password": "dure.web.account.forms.SetPasswordForm",
    "signup": "dure.web.account.forms.SignupForm",
}
ACCOUNT_ADAPTER = "dure.web.account.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Where mail stays in files nobody could confirm by it.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if reaches_people(ENVIRONMENT.email_url) else "optional"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "dure.web.account.adapter.MfaAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = ACCOUNT_EMAIL_VERIFICATION == "optional"
MFA_FORMS = {
    "activate_totp": "dure.web.account.forms.ActivateTotpForm",
    "authenticate": "dure.web.account.forms.AuthenticateForm",
    "reauthenticate": "dure.web.account.forms.MfaReauthenticateForm",
}
MFA_TOTP_ISSUER = "두레(Dure)"
PASSWORD_RESET_TIMEOUT = 60 * 60
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_REDIRECT_URL = "account:start"
LOGIN_URL = "/accounts/login/"

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [SRC / "locale"]
FORMAT_MODULE_PATH = ["dure.web.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Seoul"

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "staticfiles"
STATICFILES_DIRS = [ROOT / "frontend" / "dist"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = ENVIRONMENT.data_dir / "files"
UPLOAD_LIMIT_BYTES = ENVIRONMENT.upload_limit_bytes
ANONYMOUS_UPLOAD_LIMIT_BYTES = 25 * 10**6
FILE_UPLOAD_HANDLERS = [
    "dure.foundation.files.receiving.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# On the same disk as the files, so taking an upload moves it and needs its room only once.
FILE_UPLOAD_TEMP_DIR = ENVIRONMENT.data_dir / "arriving"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 10**6
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a file of 2,000 columns is mapped in one form

SESSION_COOKIE_AGE = ENVIRONMENT.session_seconds
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
globals().update(security_of(ENVIRONMENT))
globals().update(mail_of(ENVIRONMENT.email_url))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.email_from

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # Rate limits live here; a flood of addresses must not push one another out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

DOCUMENT_ISSUER = ENVIRONMENT.issuer
INVITATION_LIFETIME = timedelta(days=7)
LAKE_ROOT = ENVIRONMENT.data_dir / "lake"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
