"""What the container files promise, checked without a container engine."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from gateway.settings import Settings

_ROOT = Path(__file__).resolve().parents[3]
_SETTINGS = {f"OSS_GATEWAY_{name.upper()}" for name in Settings.model_fields}


@pytest.fixture(scope="module", name="services")
def _services() -> dict[str, dict[str, Any]]:
    compose = yaml.safe_load((_ROOT / "compose.yaml").read_text())
    services: dict[str, dict[str, Any]] = compose["services"]
    return services


@pytest.fixture(scope="module", name="dockerfile")
def _dockerfile() -> str:
    return (_ROOT / "Dockerfile").read_text()


def test_only_the_gateway_can_be_reached_from_outside(services: dict[str, dict[str, Any]]) -> None:
    """The databases publish no port; the gateway's is bound to the loopback until an operator says otherwise."""
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert {"gateway": ["127.0.0.1:${OSS_GATEWAY_PUBLISHED_PORT:-8080}:8080"]} == published


def test_redis_keeps_what_it_acknowledged(services: dict[str, dict[str, Any]]) -> None:
    """The queue runs with its append-only file synced on every write, and never evicts work."""
    command = services["redis"]["command"]
    options = dict(zip(command[1::2], command[2::2], strict=True))
    assert ("yes", "always", "noeviction") == (
        options["--appendonly"],
        options["--appendfsync"],
        options["--maxmemory-policy"],
    )


def test_the_gateway_starts_on_tables_that_are_up_to_date(services: dict[str, dict[str, Any]]) -> None:
    """Each server has passed its health check, and the migrations have ended well, before the gateway starts."""
    waits = {
        (name, needed): condition["condition"]
        for name, service in services.items()
        for needed, condition in service.get("depends_on", {}).items()
    }
    expected = {
        ("gateway", "redis"): "service_healthy",
        ("gateway", "migrate"): "service_completed_successfully",
        ("migrate", "postgres"): "service_healthy",
    }
    assert expected == waits
    assert all("test" in services[name]["healthcheck"] for name in ("redis", "postgres"))


def test_every_volume_is_declared(services: dict[str, dict[str, Any]]) -> None:
    """No service writes to a volume that compose would not keep."""
    declared = set(yaml.safe_load((_ROOT / "compose.yaml").read_text())["volumes"])
    used = {volume.split(":")[0] for service in services.values() for volume in service.get("volumes", ())}
    assert declared == used


def test_no_password_is_written_down(services: dict[str, dict[str, Any]]) -> None:
    """Passwords come from the operator's environment, and compose refuses to start without them."""
    passwords = [
        value
        for service in services.values()
        for name, value in service["environment"].items()
        if name.endswith("PASSWORD") or name == "REDISCLI_AUTH"
    ]
    assert passwords
    assert all(re.fullmatch(r"\$\{\w+:\?[^}]+\}", value) for value in passwords)


def test_container_files_name_only_settings_that_exist(services: dict[str, dict[str, Any]], dockerfile: str) -> None:
    """A renamed setting cannot leave a container silently on its default."""
    named = {name for service in services.values() for name in service["environment"]}
    in_compose = {name for name in named if name.startswith("OSS_GATEWAY_")}
    in_dockerfile = set(re.findall(r"\b(OSS_GATEWAY_\w+)=", dockerfile))
    assert in_compose | in_dockerfile
    assert set() == (in_compose | in_dockerfile) - _SETTINGS


def test_the_image_does_not_run_as_root(dockerfile: str) -> None:
    """The last stage ends up as an unprivileged user with a fixed id."""
    last_stage = dockerfile.rsplit("\nFROM ", 1)[1]
    assert ["10001"] == re.findall(r"^USER (\S+)$", last_stage, re.MULTILINE)


def test_the_image_checks_its_own_health(dockerfile: str) -> None:
    """A gateway that no longer answers is seen by the container engine."""
    assert "HEALTHCHECK" in dockerfile
    assert "/healthz" in dockerfile
