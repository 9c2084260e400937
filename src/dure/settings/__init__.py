"""Django's settings: fixed choices here, what differs between installations in `environment`."""

from datetime import timedelta
from pathlib import Path

from dure.settings.database import database_of
from dure.settings.environment import ROOT, read_environment

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
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
LOGIN_REDIRECT_URL = "/my/"
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
DOCUMENT_ISSUER = ENVIRONMENT.issuer
INVITATION_LIFETIME = timedelta(days=7)
LAKE_ROOT = ENVIRONMENT.data_dir / "lake"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
