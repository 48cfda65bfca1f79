"""All settings, in one file, driven by the environment. The README lists every variable.

`manage.py` assumes development, `config/wsgi.py` production; production refuses to start with anything
unsafe or missing, and says what to set.
"""

from __future__ import annotations

import os
import re
from ctypes.util import find_library
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.media import media_storage

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("BULLETINS_VAR", BASE_DIR / "var"))
env = environ.Env()


def one_of(name: str, *choices: str) -> str:
    """The variable's value; the first choice unless set."""
    value: str = env.str(name, default=choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to one of: {', '.join(choices)}.")
    return value


def yes_or_no(name: str, default: bool) -> bool:
    """Refuses what is neither: a mistyped "yes" must not quietly mean "no"."""
    value: str = env.str(name, default="").strip().lower()
    if value in {"", "1", "true", "yes", "on"}:
        return default if value == "" else True
    if value not in {"0", "false", "no", "off"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to 1 or 0.")
    return False


def whole_number(name: str, default: int, *, at_least: int = 1) -> int:
    value: str = env.str(name, default=str(default))
    if not value.isdecimal() or int(value) < at_least:
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to a whole number, {at_least} or more.")
    return int(value)


MODE = one_of("BULLETINS_MODE", "production", "development")
IS_PRODUCTION = MODE == "production"
PLANE = one_of("BULLETINS_PLANE", "all", "desk", "public")
HAS_DESK = PLANE in {"all", "desk"}
HAS_PUBLIC = PLANE in {"all", "public"}

# Error pages with the source in them are for the developer who asks, never for a reader.
DEBUG = yes_or_no("BULLETINS_DEBUG", False)

# --- Secrets and hosts -------------------------------------------------------------------------------------------

SECRET_KEY = env.str(
    "BULLETINS_SECRET_KEY", default="" if IS_PRODUCTION else "only-for-development-" + "x" * 40
)
ALLOWED_HOSTS: list[str] = env.list(
    "BULLETINS_ALLOWED_HOSTS", default=[] if IS_PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("BULLETINS_TRUSTED_ORIGINS", default=[])
# Behind a proxy that ends TLS: the headers by which it says so, and for whom. Only to be set where it always writes them.
BEHIND_PROXY = yes_or_no("BULLETINS_BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# An office network without certificates may switch HTTPS off, and then says so in as many words.
USES_HTTPS = IS_PRODUCTION and not yes_or_no("BULLETINS_INSECURE_HTTP", False)

if IS_PRODUCTION:
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
        raise ImproperlyConfigured(
            "BULLETINS_SECRET_KEY is missing or shorter than 50 characters, or one letter over and over. "
            "Set it to a long random text, for instance the output of: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    if DEBUG:
        raise ImproperlyConfigured("BULLETINS_DEBUG is set, but debugging is for development only. Unset it.")
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "BULLETINS_ALLOWED_HOSTS is missing. Set it to the names this site is reached by, separated by commas."
        )
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("BULLETINS_ALLOWED_HOSTS must not be '*'. Name the hosts of this site.")
if not all(origin.startswith(("http://", "https://")) for origin in CSRF_TRUSTED_ORIGINS):
    raise ImproperlyConfigured(
        "BULLETINS_TRUSTED_ORIGINS takes addresses that begin with https:// (or http://)."
    )

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = USES_HTTPS
SECURE_SSL_REDIRECT = USES_HTTPS and yes_or_no("BULLETINS_REDIRECT_TO_HTTPS", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = whole_number("BULLETINS_HSTS_SECONDS", 31_536_000, at_least=0) if USES_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = bool(SECURE_HSTS_SECONDS)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if USES_HTTPS or not IS_PRODUCTION else None
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "desk_session"
SESSION_COOKIE_PATH = "/desk/"
CSRF_COOKIE_PATH = "/desk/"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "bulletins.desk.errors.csrf_failure"

# Nothing inline, nothing from elsewhere, and no nonce: a finished page can be kept.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- What is installed -------------------------------------------------------------------------------------------

# Readers need no session, no form protection and no sign-in: a process for them alone does not even load these.
_DESK_APPS = [
    "bulletins.desk.apps.DeskAdminConfig",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django_tasks",
    "django_tasks_db",
]
INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    *(_DESK_APPS if HAS_DESK else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "simple_history",
    "taggit",
    "tree_queries",
    "js_asset",
    "django_prose_editor",
    "csp",
    "units",
    "accounts",
    "bulletins",
]

_DESK_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.DeskLanguageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.CompressionMiddleware",
    "config.headers.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    *(_DESK_MIDDLEWARE if HAS_DESK else []),
]

if not HAS_DESK:
    # "No protection of forms": readers have none, and there is no sign-in that one could abuse.
    SILENCED_SYSTEM_CHECKS = ["security.W003"]
_DESK_CONTEXT = [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
ROOT_URLCONF = "config.urls"
# Where things stand for readers: a process for the desk alone names these addresses and answers none of them.
READERS_URLCONF = "config.readers_urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                *(_DESK_CONTEXT if HAS_DESK else []),
            ],
            "libraries": {"public_site": "bulletins.public.tags", "desk": "bulletins.desk.tags"},
        },
    }
]

# --- People ------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "accounts.passwords.MinimumLengthValidator",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "django.contrib.auth.password_validation.NumericPasswordValidator",
    )
]

# --- Data --------------------------------------------------------------------------------------------------------


def database() -> dict[str, Any]:
    """SQLite in one file, or what DATABASE_URL names."""
    chosen: dict[str, Any] = env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'bulletins.sqlite3'}")
    engine = chosen.get("ENGINE")  # a text that is no address at all has none
    if engine == "django.db.backends.sqlite3":
        Path(chosen["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        chosen["OPTIONS"] = {
            # A writer takes its lock when it begins, so that two never meet half-way; the second waits its turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Readers go on while somebody writes. (Django itself switches foreign keys on.)
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000",
        }
    elif engine == "django.db.backends.postgresql":
        chosen.setdefault("CONN_MAX_AGE", 60)
        chosen["CONN_HEALTH_CHECKS"] = True
    else:
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return chosen


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

MEDIA_ROOT = Path(env.str("BULLETINS_MEDIA_ROOT", default=str(VAR_DIR / "media")))
# Pictures are served by views that ask who may see them; this address is mounted nowhere.
MEDIA_URL = "/media/"
MAX_UPLOAD_MB = whole_number("BULLETINS_MAX_UPLOAD_MB", 20)
MAX_PICTURE_MEGAPIXELS = whole_number("BULLETINS_MAX_PICTURE_MEGAPIXELS", 60)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Assets ------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("BULLETINS_STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Hashed names need `collectstatic`, which development and tests can do without.
HASHED_ASSETS = yes_or_no("BULLETINS_HASHED_ASSETS", IS_PRODUCTION)
STORAGES = {
    "default": media_storage(env.str("MEDIA_STORE_URL", default="")),
    "staticfiles": {
        "BACKEND": "config.assets.HashedAssets"
        if HASHED_ASSETS
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not HASHED_ASSETS

# --- Language and time -------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Other parts -------------------------------------------------------------------------------------------------

# No mail server is needed: without EMAIL_URL nothing is sent (development prints to the terminal).
vars().update(env.email("EMAIL_URL", default="dummymail://" if IS_PRODUCTION else "consolemail://"))
# A mail server that does not answer is given up after so many seconds.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("BULLETINS_FROM_EMAIL", default="newsroom@localhost")

# How often a minute one address may ask the open interface, and who spreads the word of new stories in feeds.
API_PER_MINUTE = whole_number("BULLETINS_API_PER_MINUTE", 120, at_least=0)
WEBSUB_HUB = env.str("BULLETINS_WEBSUB_HUB", default="")
if WEBSUB_HUB and not re.fullmatch(r"https?://[^\s<>\"]+", WEBSUB_HUB):
    raise ImproperlyConfigured(
        "BULLETINS_WEBSUB_HUB takes one address that begins with https:// (or http://)."
    )

# Newspaper pages are downloaded as PDF where WeasyPrint (the extra `pdf`) and the library it draws with are there.
MAKES_PDF = find_spec("weasyprint") is not None and find_library("pango-1.0") is not None

# Work that the desk hands on waits in the database for `manage.py work`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "bulletins.models.tags.split_tags"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["stderr"],
        "level": one_of("BULLETINS_LOG_LEVEL", "INFO", "DEBUG", "WARNING", "ERROR", "CRITICAL"),
    },
    # Not every look at what is ready, and every task that went well.
    "loggers": {"django_tasks": {"level": "WARNING"}, "django_tasks_db": {"level": "WARNING"}},
}
