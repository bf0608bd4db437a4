"""What can be checked of the containers without running any."""

import re
from pathlib import Path

import pytest
import yaml
from django.apps import apps

from accounts.oidc.configuration import SERVICES

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SETTINGS = (ROOT / "portal" / "settings" / "base.py").read_text()


def test_compose_gives_the_settings_what_they_read():
    given = set(COMPOSE["x-portal"]["environment"])
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', SETTINGS))
    needed = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"\s*\)', SETTINGS))

    assert given - read == set()
    assert needed - given == set()


def test_compose_hands_over_the_optional_variables_too():
    assert COMPOSE["x-portal"]["env_file"] == ".env"


def test_compose_runs_the_portal_with_its_servers():
    assert list(COMPOSE["services"]) == [
        "prepare",
        "web",
        "worker",
        "beat",
        "database",
        "broker",
    ]


@pytest.mark.parametrize("name", ["worker", "beat", "database", "broker"])
def test_every_service_has_a_health_check(name):
    assert "test" in COMPOSE["services"][name]["healthcheck"]


def test_image_has_the_health_check_of_web():
    assert "healthcheck" not in COMPOSE["services"]["web"]
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()


def test_data_of_postgres_is_kept_where_18_writes_it():
    assert COMPOSE["services"]["database"]["image"] == "postgres:18"
    assert COMPOSE["services"]["database"]["volumes"] == [
        "database:/var/lib/postgresql"
    ]


def test_image_does_not_run_as_root():
    last_user = re.findall(r"^USER (\w+)", (ROOT / "Dockerfile").read_text(), re.M)[-1]

    assert last_user == "portal"


def test_image_copies_only_what_exists():
    dockerfile = (ROOT / "Dockerfile").read_text()
    sources = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", dockerfile, re.M)
        for source in line.split()[:-1]
    ]

    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_image_has_the_system_packages_of_the_list():
    listed = re.findall(
        r"^(lib\S+|fonts\S+)", (ROOT / "system-packages.txt").read_text(), re.M
    )

    dockerfile = (ROOT / "Dockerfile").read_text()
    assert [package for package in listed if package not in dockerfile] == []


def test_readme_explains_every_variable():
    readme = (ROOT / "README.md").read_text()
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', SETTINGS))
    inner = {"VAR_DIR", "DECOUPAGE_DIR", "GEO_API_URL", "SECURE_SSL_REDIRECT"}

    services = {f"{service.prefix}_" for service in SERVICES}
    assert sorted(name for name in read - inner if f"`{name}`" not in readme) == []
    assert sorted(name for name in services if f"`{name}" not in readme) == []


def test_glossary_names_every_model():
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    ours = {
        model.__name__
        for config in apps.get_app_configs()
        if config.path.startswith(str(ROOT)) and ".venv" not in config.path
        for model in config.get_models()
    }

    assert sorted(name for name in ours if f"`{name}`" not in glossary) == []


def test_architecture_names_every_module_that_is_discovered():
    gathered = {
        name
        for config in apps.get_app_configs()
        if config.path.startswith(str(ROOT)) and ".venv" not in config.path
        for path in Path(config.path).rglob("*.py")
        for name in re.findall(r'modules\("(\w+)"\)', path.read_text())
    }

    architecture = (ROOT / "docs" / "architecture.md").read_text()
    assert sorted(name for name in gathered if f"`{name}.py`" not in architecture) == []
