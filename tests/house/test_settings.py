"""Production refuses to start with anything unsafe or missing, and says what to set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OUR_VARIABLES = ("BULLETINS_", "DATABASE_URL", "CACHE_URL", "EMAIL_URL", "MEDIA_STORE_URL", "DJANGO_")
GOOD = {
    "BULLETINS_MODE": "production",
    "BULLETINS_SECRET_KEY": "k7Qz" + "-9fWm2xVb" * 6,
    "BULLETINS_ALLOWED_HOSTS": "news.example",
}


def run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OUR_VARIABLES)}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=clean | variables, capture_output=True, text=True
    )


def load(**variables: str) -> subprocess.CompletedProcess[str]:
    return run("-c", "import config.settings", **variables)


def test_the_environment_used_below_is_a_good_one() -> None:
    assert load(**GOOD).returncode == 0


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"BULLETINS_SECRET_KEY": ""}, "BULLETINS_SECRET_KEY is missing"),
        ({"BULLETINS_SECRET_KEY": "short"}, "shorter than 50 characters"),
        ({"BULLETINS_SECRET_KEY": "a" * 60}, "BULLETINS_SECRET_KEY"),
        ({"BULLETINS_ALLOWED_HOSTS": ""}, "BULLETINS_ALLOWED_HOSTS is missing"),
        ({"BULLETINS_ALLOWED_HOSTS": "news.example,*"}, "must not be '*'"),
        ({"BULLETINS_DEBUG": "1"}, "BULLETINS_DEBUG"),
        ({"BULLETINS_MODE": "staging"}, "one of: production, development"),
        ({"BULLETINS_PLANE": "reader"}, "one of: all, desk, public"),
        ({"DATABASE_URL": "mysql://u:p@h/n"}, "DATABASE_URL must begin with"),
        ({"DATABASE_URL": "bulletins"}, "DATABASE_URL must begin with"),
        ({"DATABASE_URL": ""}, "DATABASE_URL must begin with"),
        ({"MEDIA_STORE_URL": "https://store.example/pictures"}, "MEDIA_STORE_URL must look like s3://"),
        ({"BULLETINS_BEHIND_PROXY": "ture"}, "BULLETINS_BEHIND_PROXY is 'ture'"),
        ({"BULLETINS_LOG_LEVEL": "loud"}, "BULLETINS_LOG_LEVEL is 'loud'"),
        ({"BULLETINS_MAX_UPLOAD_MB": "0"}, "BULLETINS_MAX_UPLOAD_MB"),
        ({"BULLETINS_MAX_UPLOAD_MB": "many"}, "BULLETINS_MAX_UPLOAD_MB"),
        ({"BULLETINS_HSTS_SECONDS": "-1"}, "BULLETINS_HSTS_SECONDS"),
        ({"BULLETINS_TRUSTED_ORIGINS": "news.example"}, "BULLETINS_TRUSTED_ORIGINS"),
        ({"BULLETINS_API_PER_MINUTE": "often"}, "BULLETINS_API_PER_MINUTE"),
        ({"BULLETINS_WEBSUB_HUB": "hub.example"}, "BULLETINS_WEBSUB_HUB"),
        ({"BULLETINS_WEBSUB_HUB": "https://hub.example/ and more"}, "BULLETINS_WEBSUB_HUB"),
    ],
)
def test_production_refuses_what_is_unsafe_and_names_the_setting(
    variables: dict[str, str], sentence: str
) -> None:
    refused = load(**(GOOD | variables))
    assert refused.returncode != 0
    last_line = refused.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last_line
    assert sentence in last_line


def test_without_any_mode_production_is_assumed() -> None:
    assert "BULLETINS_SECRET_KEY is missing" in load().stderr


def test_the_application_for_a_server_assumes_production() -> None:
    assert "BULLETINS_SECRET_KEY is missing" in run("-c", "import config.wsgi").stderr


def test_the_command_line_assumes_development() -> None:
    assert run("manage.py", "check").returncode == 0


@pytest.mark.parametrize("plane", ["all", "desk", "public"])
def test_the_check_for_deployment_is_clean(plane: str) -> None:
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **GOOD, BULLETINS_PLANE=plane)
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def resolve(plane: str, address: str) -> bool:
    code = f"import django; django.setup(); from django.urls import resolve; resolve({address!r})"
    variables = {"DJANGO_SETTINGS_MODULE": "config.settings", "BULLETINS_PLANE": plane}
    return run("-c", code, **(GOOD | variables)).returncode == 0


@pytest.mark.parametrize(
    ("plane", "address", "answers"),
    [
        ("public", "/desk/", False),
        ("public", "/healthz", True),
        ("public", "/feeds/atom/", True),
        ("public", "/api/v1/articles/", True),
        ("desk", "/feeds/atom/", False),
        ("desk", "/units/hubin/feeds/rss/", False),
        ("desk", "/api/v1/", False),
        ("desk", "/api/v1/articles/", False),
        ("desk", "/api/nothing", False),
        ("desk", "/desk/", True),
        ("desk", "/readyz", True),
        ("all", "/desk/", True),
        ("all", "/healthz", True),
    ],
)
def test_a_plane_answers_its_own_addresses_only(plane: str, address: str, answers: bool) -> None:
    assert resolve(plane, address) is answers
