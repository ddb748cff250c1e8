"""Settings of the product; what differs between machines comes from config/environment.py."""

import os
from datetime import timedelta

from csp.constants import NONE, SELF

from .environment import (
    Deployment,
    allowed_hosts,
    data_folder,
    database,
    deployment,
    mail_route,
    secret_key,
    site_address,
)

DEPLOYMENT = deployment()
IS_PRODUCTION = DEPLOYMENT is Deployment.PRODUCTION
DEBUG = False
SECRET_KEY = secret_key(DEPLOYMENT)
ALLOWED_HOSTS = allowed_hosts(DEPLOYMENT)

WARDMOTE_DATA = data_folder()
WARDMOTE_ENGINE = os.environ.get("WARDMOTE_ENGINE", "duckdb://")
WARDMOTE_READER_OF_REQUEST = "wardmote.partnership.members.queries.reader_of_request"
WARDMOTE_READER_BY_KEY = "wardmote.partnership.members.queries.reader_by_key"
WARDMOTE_SITE_CONTEXT = "wardmote.partnership.members.presenters.site_context"
# The kinds of background work, and the function that does each.
WARDMOTE_JOBS = {
    "import": "wardmote.strategy.evidence.actions.do_import",
    "places": "wardmote.strategy.evidence.actions.places.do_places",
    "complete-checks": "wardmote.strategy.evidence.actions.do_completing",
    "analyse": "wardmote.strategy.assessment.actions.do_analysis",
    "publish": "wardmote.strategy.publishing.actions.do_publish",
}

# What the worker does again and again: the function, and how often. What was missed is done once, as soon as one runs.
WARDMOTE_SCHEDULES = {
    "rescue": ("wardmote.jobs.actions.rescue.rescue_jobs", timedelta(minutes=1)),
    "sweep": ("wardmote.strategy.evidence.actions.litter.sweep_litter", timedelta(days=1)),
    "digests": ("wardmote.partnership.notices.actions.digests.write_digests", timedelta(hours=1)),
    "outbox": ("wardmote.partnership.notices.actions.sending.send_waiting", timedelta(minutes=1)),
}

# How mail leaves this machine, and the address that it leads to.
WARDMOTE_MAIL = mail_route()
WARDMOTE_URL = site_address(DEPLOYMENT, ALLOWED_HOSTS)
# The kinds of notice: what each app declares in its queries/notices.py.
WARDMOTE_NOTICES = {
    "supply-late": "wardmote.strategy.evidence.queries.notices.SUPPLY_LATE",
    "release-waits": "wardmote.strategy.evidence.queries.notices.RELEASE_WAITS",
    "scoring-open": "wardmote.strategy.assessment.queries.notices.SCORING_OPEN",
    "assessment-due": "wardmote.strategy.assessment.queries.notices.ASSESSMENT_DUE",
    "question-waits": "wardmote.strategy.assessment.queries.notices.QUESTION_WAITS",
    "scoring-day-near": "wardmote.strategy.assessment.queries.notices.SCORING_DAY_NEAR",
}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_tasks",
    "django_tasks_db",
    "wardmote.audit",
    "wardmote.jobs",
    "wardmote.web",
    "wardmote.partnership.members",
    "wardmote.partnership.notices",
    "wardmote.partnership.documents",
    "wardmote.strategy.evidence",
    "wardmote.strategy.consultation",
    "wardmote.strategy.assessment",
    "wardmote.strategy.publishing",
    "wardmote.home",
]
MIDDLEWARE = [
    "wardmote.web.middleware.identify_request",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wardmote.web.middleware.AccessMiddleware",
]
ROOT_URLCONF = "wardmote.config.urls"
WSGI_APPLICATION = "wardmote.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wardmote.web.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "members.Account"
AUTHENTICATION_BACKENDS = ["wardmote.partnership.members.sign_in.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        # No second factor yet: 15 characters (OWASP ASVS 5.0, 6.2.1 and its recommendation).
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

SESSION_COOKIE_NAME = "__Host-session" if IS_PRODUCTION else "wardmote_session"
SESSION_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_FAILURE_VIEW = "wardmote.web.views.stale_form"
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
SECURE_HSTS_SECONDS = 63072000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_HSTS_PRELOAD = False
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = WARDMOTE_DATA / "static" if IS_PRODUCTION else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Outside production the files are served from the packages themselves, with no collecting step.
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
WHITENOISE_AUTOREFRESH = False

# Uploads: 200 MB by the web (security.md 6); the limit on the body without files stays Django's 2.5 MB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FILES = 400
FILE_UPLOAD_TEMP_DIR = None
WARDMOTE_UPLOAD_LIMIT_BYTES = 200 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("WARDMOTE_LOG_LEVEL", "WARNING")},
}
