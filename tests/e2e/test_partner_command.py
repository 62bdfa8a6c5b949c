"""`oss-gateway partner` and `audit`: partners, keys, who did what, and what is said when it cannot be done."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gateway.cli.audit import audit
from gateway.cli.partner import partner


def run(folder: Path, *arguments: str) -> Result:
    """Run one of the commands on a data folder."""
    return CliRunner().invoke(partner, [*arguments, "--data", str(folder)])


def added(folder: Path, name: str = "sawtooth") -> Result:
    """Add a partner."""
    return run(folder, "add", name, "--name", "Sawtooth Lantern", "--ccna", "ZQF", "--cc", "9Z7A")


def test_a_partner_gets_its_first_key(tmp_path: Path) -> None:
    """The key is the only line printed, so that a script can take it; the list shows the partner without it."""
    result = added(tmp_path)

    (key,) = result.output.splitlines()
    assert (0, True) == (result.exit_code, key.startswith("ossgw_"))
    (line,) = run(tmp_path, "list").output.splitlines()
    assert "sawtooth  Sawtooth Lantern  agreement template  CCNA ZQF  CC 9Z7A" == line


def test_further_keys_differ(tmp_path: Path) -> None:
    """Each key is issued once; the back end's and the operators' belong to no partner."""
    first = added(tmp_path).output
    second = run(tmp_path, "key", "--partner", "sawtooth").output
    others = [run(tmp_path, "key", "--role", role).output for role in ("backend", "operations")]

    assert 4 == len({first, second, *others})


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["add", "sawtooth", "--name", "Again"], 1, "partner sawtooth exists already"),
        (["add", "other", "--name", "X", "--agreement", "none"], 2, "there is no 'none'; there are"),
        (["add", "other"], 2, "--name"),
        (["key"], 2, "--partner goes with --role clec and clec-supervisor"),
        (
            ["key", "--role", "backend", "--partner", "sawtooth"],
            2,
            "--partner goes with --role clec and clec-supervisor",
        ),
        (["key", "--partner", "nobody"], 1, "partner nobody does not exist"),
        (["key", "--role", "king"], 2, "king"),
        (["key", "--role", "backend", "--expires", "soon"], 2, "'soon' is no instant"),
        (["key", "--role", "backend", "--expires", "2026-01-01T00:00:00"], 2, "give the offset too"),
        (["key", "--role", "backend", "--expires", "2020-01-01T00:00:00Z"], 2, "cannot end before it begins"),
        (["key", "revoke", "key_none"], 1, "key key_none does not exist"),
        (["key", "rotate", "key_none"], 1, "key key_none does not exist"),
        (["list", "--database", "oracle://x"], 1, "not on 'oracle'"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(tmp_path: Path, arguments: list[str], status: int, said: str) -> None:
    """The last line says what is wrong; status 1 for what the record refuses, 2 for wrong use."""
    added(tmp_path)

    result = run(tmp_path, *arguments)

    assert status == result.exit_code, result.output
    assert said in result.output.splitlines()[-1]


def test_keys_are_listed_rotated_and_revoked(tmp_path: Path) -> None:
    """The list tells where each stands, and never the key."""
    secret = added(tmp_path).output.strip()
    run(tmp_path, "key", "--role", "auditor", "--label", "yearly", "--expires", "2099-01-01T00:00:00Z")
    clec, auditor = run(tmp_path, "key", "list").output.splitlines()
    clec_id = clec.split()[0]
    fresh = run(tmp_path, "key", "rotate", clec_id, "--overlap-hours", "0").output.strip()
    run(tmp_path, "key", "revoke", auditor.split()[0])
    listed = run(tmp_path, "key", "list").output

    assert "good  first key" in clec
    assert "auditor  -  good until 2099-01-01T00:00:00+00:00  yearly" in auditor
    assert ["expired  first key", "revoked", "good  first key"] == [
        next(word for word in ("expired  first key", "good  first key", "revoked") if word in line)
        for line in listed.splitlines()
    ]
    assert not [key for key in (secret, fresh) if key in listed]
    assert 2 == len(run(tmp_path, "key", "list", "--partner", "sawtooth").output.splitlines())


def test_the_audit_log_tells_who_did_what_and_holds(tmp_path: Path) -> None:
    """Every command is in it; a kept seal is found again, and a foreign one is missed with status 1."""
    added(tmp_path)
    listed = CliRunner().invoke(audit, ["list", "--data", str(tmp_path)]).output.splitlines()
    verified = CliRunner().invoke(audit, ["verify", "--data", str(tmp_path)])
    seal = verified.output.split()[-1]

    assert ["partner.add", "key.issue"] == [line.split()[3] for line in listed]
    assert all(line.split()[2].startswith("cli:") for line in listed)
    assert (0, f"2 entries hold; last seal {seal}\n") == (verified.exit_code, verified.output)
    again = [CliRunner().invoke(audit, ["verify", "--seal", one, "--data", str(tmp_path)]) for one in (seal, "f" * 64)]
    assert [0, 1] == [result.exit_code for result in again]
    (line,) = CliRunner().invoke(audit, ["list", "--after", "1", "--json", "--data", str(tmp_path)]).output.splitlines()
    assert "key.issue" == json.loads(line)["action"]


def test_a_broken_chain_is_found(tmp_path: Path) -> None:
    """Whoever gets past the database's own guard does not get past the seals."""
    added(tmp_path)
    with closing(sqlite3.connect(tmp_path / "record.sqlite")) as database:
        database.execute("DROP TRIGGER audit_log_no_update")
        database.execute("UPDATE audit_log SET actor = 'eve' WHERE seq = 1")
        database.commit()

    result = CliRunner().invoke(audit, ["verify", "--data", str(tmp_path)])

    assert (1, "Error: the log is broken at entry 1") == (result.exit_code, result.output.strip())


def test_an_empty_list_is_empty(tmp_path: Path) -> None:
    """Without partners nothing is printed."""
    result = run(tmp_path, "list")

    assert (0, "") == (result.exit_code, result.output)
