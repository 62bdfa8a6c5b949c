"""`oss-gateway person`."""

import re
from pathlib import Path

from click.testing import CliRunner, Result

from gateway.cli import main

PASSWORD = "correct horse battery"


def _run(data: Path, *arguments: str, password: str | None = PASSWORD) -> Result:
    given = {"OSS_GATEWAY_NEW_PASSWORD": password}
    return CliRunner().invoke(main, [*arguments, "--data", str(data)], env=given)


def test_people_are_added_listed_changed_and_let_go(tmp_path: Path) -> None:
    """The enrolment's address is printed and another one after `enrol`; each act stands in the audit log."""
    _run(tmp_path, "partner", "add", "sawtooth", "--name", "Sawtooth")
    added = _run(tmp_path, "person", "add", "ann", "--role", "clec-supervisor", "--partner", "sawtooth")
    enrolled = _run(tmp_path, "person", "enrol", "ann")
    changed = _run(tmp_path, "person", "password", "ann", password="another horse battery")
    before = _run(tmp_path, "person", "list")
    _run(tmp_path, "person", "end", "ann")
    after = _run(tmp_path, "person", "list")
    log = _run(tmp_path, "audit", "list")

    assert added.stdout.startswith("otpauth://totp/")
    assert enrolled.stdout.startswith("otpauth://totp/")
    assert added.stdout != enrolled.stdout
    assert 0 == changed.exit_code
    assert re.fullmatch(r"prs_\w+  ann  clec-supervisor  sawtooth  may sign in\n", before.stdout)
    assert "ann  clec-supervisor  sawtooth  gone" in after.stdout
    assert [f"person.{act}" for act in ("add", "enrol", "password", "end") if f"person.{act}" in log.stdout] == [
        "person.add",
        "person.enrol",
        "person.password",
        "person.end",
    ]
    assert PASSWORD not in log.stdout


def test_a_weak_password_a_missing_partner_and_an_unknown_login_are_refused(tmp_path: Path) -> None:
    """Usage is status 2, what does not hold is 1; nothing is added."""
    weak = _run(tmp_path, "person", "add", "bob", "--role", "auditor", password="short")
    no_partner = _run(tmp_path, "person", "add", "bob", "--role", "clec")
    unknown = _run(tmp_path, "person", "end", "bob")

    assert (1, 2, 1) == (weak.exit_code, no_partner.exit_code, unknown.exit_code)
    assert "12 to 200 characters" in weak.stderr
    assert "" == _run(tmp_path, "person", "list").stdout
