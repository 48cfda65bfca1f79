"""docker-compose.yml and Dockerfile, as far as they can be checked without an engine."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ["migrate", "desk", "worker", "public"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
VARIABLE = re.compile(r"\$\{(\w+)(:\?[^}]+)?")


def test_the_house_has_its_parts() -> None:
    assert set(SERVICES) == {"db", "migrate", "desk", "worker", "public", "proxy"}


@pytest.mark.parametrize("name", SERVICES)
def test_every_lasting_service_has_a_health_check(name: str) -> None:
    checked = SERVICES[name].get("healthcheck") or ("HEALTHCHECK" in DOCKERFILE and "build" in SERVICES[name])
    assert checked
    assert name == "migrate" or checked != {"disable": True}


@pytest.mark.parametrize("name", SERVICES)
def test_every_root_file_system_is_read_only_and_no_right_can_be_gained(name: str) -> None:
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["tmpfs"]
    assert "no-new-privileges:true" in SERVICES[name]["security_opt"]


def test_no_secret_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    used = VARIABLE.findall(text)
    assert {name for name, sentence in used if not sentence} == set()
    assert {"BULLETINS_SECRET_KEY", "OWNER_DB_PASSWORD", "PUBLIC_DB_PASSWORD"} <= {name for name, _ in used}


def test_the_example_names_every_variable_and_fills_in_none() -> None:
    lines = (ROOT / "docker/env.example").read_text(encoding="utf-8").splitlines()
    assigned = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    wanted = {name for name, _ in VARIABLE.findall((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))}
    assert set(assigned) == wanted
    assert set(assigned.values()) == {""}


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    inside = [service["networks"] for name, service in SERVICES.items() if name not in {"proxy", "worker"}]
    assert inside == [["inside"]] * 4


def test_the_worker_is_the_desk_without_its_door() -> None:
    """It reaches mail servers and robots, and sends what the desk wrote down, to the same database."""
    worker, desk = SERVICES["worker"], SERVICES["desk"]
    assert worker["environment"] == desk["environment"]
    assert worker["volumes"] == desk["volumes"]
    assert worker["command"][:3] == ["python", "manage.py", "work"]
    assert worker["command"][-1] in worker["healthcheck"]["test"][-1]


def test_the_public_site_has_its_own_role_and_only_reads_the_pictures() -> None:
    environment = SERVICES["public"]["environment"]
    assert environment["BULLETINS_PLANE"] == "public"
    assert "//bulletins_public:" in environment["DATABASE_URL"]
    assert "OWNER_DB_PASSWORD" not in str(SERVICES["public"])
    assert SERVICES["public"]["volumes"] == ["media:/srv/media:ro"]


def test_the_role_that_is_granted_is_the_role_that_reads() -> None:
    assert "grant_public bulletins_public" in SERVICES["migrate"]["command"][-1]


@pytest.mark.parametrize("name", ["desk", "worker", "public"])
def test_applications_wait_for_the_migrations(name: str) -> None:
    assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_the_workers_of_the_desk_share_a_cache_that_the_migrations_prepared() -> None:
    """Two workers with a memory each would take a new story that was sent twice for two stories."""
    assert SERVICES["desk"]["environment"]["CACHE_URL"].startswith("dbcache://")
    assert "createcachetable" in SERVICES["migrate"]["command"][-1]
    assert SERVICES["migrate"]["environment"]["CACHE_URL"] == SERVICES["desk"]["environment"]["CACHE_URL"]


def test_every_setting_in_the_compose_file_is_one_that_the_code_reads() -> None:
    code = (ROOT / "config/settings.py").read_text(encoding="utf-8")
    code += (ROOT / "bulletins/management/commands/grant_public.py").read_text(encoding="utf-8")
    for name in OURS:
        for variable in SERVICES[name]["environment"]:
            assert f'"{variable}"' in code


def test_every_named_volume_and_network_is_declared() -> None:
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert {name for name in used if not name.startswith("./")} == set(COMPOSE["volumes"])
    assert {name for service in SERVICES.values() for name in service["networks"]} == set(COMPOSE["networks"])


def test_the_image_does_not_run_as_root_and_holds_no_secret() -> None:
    last_stage = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert "\nUSER bulletins\n" in last_stage
    assert last_stage.index("USER bulletins") < last_stage.index("CMD [")
    assert "SECRET" not in DOCKERFILE


def test_all_that_the_image_needs_is_let_into_it() -> None:
    let_in = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    for path in let_in:
        assert (ROOT / path).exists(), path
    apps = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert apps | {"locale", "static", "templates", "manage.py"} <= let_in


def test_the_proxy_sends_the_desk_to_the_desk_and_the_rest_to_the_public_site() -> None:
    text = (ROOT / "docker/proxy.conf").read_text(encoding="utf-8")
    assert re.findall(r"location (\S+) \{ proxy_pass http://(\w+):8000; \}", text) == [
        ("/desk/", "desk"),
        ("/", "public"),
    ]
    assert text.count("{") == text.count("}")


def test_the_proxy_itself_says_whether_https_was_used() -> None:
    text = (ROOT / "docker/proxy.conf").read_text(encoding="utf-8")
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in text
    for name in ("desk", "public"):
        assert SERVICES[name]["environment"]["BULLETINS_BEHIND_PROXY"] == "1"
