"""Settings: where they come from, which comes first, and what a wrong one says."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
import pytest
from pydantic import ValidationError

from gateway.cli.options import settings_from
from gateway.settings import Settings


@pytest.fixture(autouse=True)
def _away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each test in an empty folder, without settings of the environment."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"OSS_GATEWAY_{name.upper()}", raising=False)


def test_without_settings_the_embedded_default_runs_on_the_loopback() -> None:
    """Nothing set: SQLite and a private Redis under one folder, port 8080 on the loopback, real time."""
    settings = Settings()

    assert ("127.0.0.1", 8080, None, None, None) == (
        settings.host,
        settings.port,
        settings.database,
        settings.redis,
        settings.manual_clock,
    )
    assert settings.database_url == f"sqlite+aiosqlite:///{Path('var/gateway/record.sqlite').resolve()}"


@pytest.mark.parametrize(
    "given",
    [
        {"tls_certificate": "a.pem"},
        {"tls_key": "a.pem"},
        {"tls_client_ca": "a.pem"},
        {"tls_client_required": True},
    ],
)
def test_half_a_tls_is_refused(given: dict[str, Any]) -> None:
    """Certificate and key go together, and client certificates need both."""
    with pytest.raises(ValidationError, match="tls_"):
        Settings(**given)


def test_the_command_line_beats_the_environment_beats_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each stronger source wins for its setting and leaves the others."""
    Path("gateway.toml").write_text('port = 1\nhost = "127.0.0.2"\nenvironment = "file"\n', encoding="utf-8")
    monkeypatch.setenv("OSS_GATEWAY_PORT", "2")
    monkeypatch.setenv("OSS_GATEWAY_HOST", "127.0.0.3")

    settings = settings_from(port=3, host=None)

    assert (3, "127.0.0.3", "file") == (settings.port, settings.host, settings.environment)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"port": 70_000}, "port"),
        ({"environment": "Big Name"}, "environment"),
        ({"body_limit": 1}, "body_limit"),
        ({"manual_clock": "2026-11-20T19:30:00"}, "give the offset too"),
        ({"manual_clock": "tomorrow"}, "manual_clock"),
        ({"embedded_fsync": "often"}, "embedded_fsync"),
        ({"prot": 1}, "prot"),
    ],
)
def test_a_wrong_setting_is_named(given: dict[str, object], named: str) -> None:
    """The message names the setting, and is one line."""
    with pytest.raises(click.UsageError, match=named) as wrong:
        settings_from(**given)

    assert 1 == len(wrong.value.message.splitlines())


def test_an_unknown_setting_in_the_file_is_named() -> None:
    """A misspelt line in the file is not passed over."""
    Path("gateway.toml").write_text('databse = "x"\n', encoding="utf-8")

    with pytest.raises(click.UsageError, match="databse"):
        settings_from()


def test_a_wrong_value_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database URL may hold a password, so a wrong setting's value stays out of the message."""
    monkeypatch.setenv("OSS_GATEWAY_PORT", "secret-word")

    with pytest.raises(ValidationError) as wrong:
        Settings()

    assert "secret-word" not in str(wrong.value)


def test_a_manual_clock_has_its_offset() -> None:
    """The instant is read with its offset."""
    settings = settings_from(manual_clock="2026-11-20T19:30:00-07:00")

    assert datetime.fromisoformat("2026-11-21T02:30:00+00:00") == settings.manual_clock


@pytest.mark.parametrize("wrong", [{"host": "192.0.2.7"}, {"database": "postgresql://x@y/z"}, {"environment": "sate"}])
def test_guests_are_let_in_on_the_loopback_alone(wrong: dict[str, Any]) -> None:
    """With demonstration data nobody is asked for a password, so that no other machine may reach it."""
    with pytest.raises(ValidationError, match="demo_data lets anybody in"):
        Settings(demo_data=True, **wrong)


def test_a_demonstration_has_a_folder_of_its_own() -> None:
    """It never meets the data of the embedded default."""
    assert Path("var/demo-data") == Settings(demo_data=True).data
