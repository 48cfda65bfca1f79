"""Minimal first settings; the house's own follow."""
import os
from pathlib import Path
import environ
BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
(BASE_DIR / "var").mkdir(exist_ok=True)
SECRET_KEY = "development"
DEBUG = True
ALLOWED_HOSTS = ["*"]
PLANE = env("BULLETINS_PLANE", default="all")
INSTALLED_APPS = ["whitenoise.runserver_nostatic","bulletins.desk.apps.DeskAdminConfig","django.contrib.auth","django.contrib.contenttypes","django.contrib.sessions","django.contrib.messages","django.contrib.staticfiles","simple_history","taggit","tree_queries","js_asset","django_prose_editor","csp","units","accounts","bulletins"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware","csp.middleware.CSPMiddleware","django.contrib.sessions.middleware.SessionMiddleware","django.middleware.locale.LocaleMiddleware","django.middleware.common.CommonMiddleware","django.middleware.csrf.CsrfViewMiddleware","django.contrib.auth.middleware.AuthenticationMiddleware","django.contrib.messages.middleware.MessageMiddleware","accounts.middleware.DeskLanguageMiddleware","simple_history.middleware.HistoryRequestMiddleware"]
TEMPLATES = [{"BACKEND":"django.template.backends.django.DjangoTemplates","DIRS":[BASE_DIR/"templates"],"APP_DIRS":True,"OPTIONS":{"context_processors":["django.template.context_processors.request","django.contrib.auth.context_processors.auth","django.contrib.messages.context_processors.messages","csp.context_processors.nonce"],"libraries":{"public_site":"bulletins.public.tags","desk":"bulletins.desk.tags"}}}]
AUTH_USER_MODEL = "accounts.User"
ROOT_URLCONF = "config.urls"
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR}/var/bulletins.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL"}
    DATABASES["default"]["TEST"] = {"NAME": str(BASE_DIR / "var/test.sqlite3")}
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = BASE_DIR / "var/media"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": ["'self'"], "img-src": ["'self'", "data:", "blob:"]}}
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "bulletins.models.tags.split_tags"
