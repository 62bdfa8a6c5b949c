"""`oss-gateway rules`: the catalogue on the command line."""

import json
from collections import Counter

import pytest
from click.testing import CliRunner, Result

from gateway.cli import main
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.rules import rule_book
from validators.rules.catalogue import Status, carried_out


@pytest.fixture
def run() -> CliRunner:
    """A terminal."""
    return CliRunner()


def _call(run: CliRunner, *arguments: str) -> Result:
    return run.invoke(main, ["rules", *arguments])


def test_coverage_as_json_has_each_entry_with_its_status(run: CliRunner) -> None:
    """Each entry has id, section, status and reason, and nothing else."""
    result = _call(run, "coverage", "--json")
    entries = json.loads(result.stdout)["entries"]

    assert 0 == result.exit_code
    assert {("id", "section", "status", "reason")} == {tuple(entry) for entry in entries}
    assert {entry["status"] for entry in entries} <= set(Status)
    assert [] == [entry["id"] for entry in entries if entry["status"] == "manual" and not entry["reason"]]
    book = rule_book()
    kept = {rule.id for rule in book.rules} | {obligation.id for obligation in book.upheld}
    kept |= carried_out(load_agreements(bundled_path("config") / "agreements"))
    assert kept == {e["id"] for e in entries if e["status"] == "enforced"}


def test_coverage_prints_counts_by_status(run: CliRunner) -> None:
    """The text form counts the same entries."""
    counts = Counter(entry["status"] for entry in json.loads(_call(run, "coverage", "--json").stdout)["entries"])

    lines = _call(run, "coverage").stdout.splitlines()

    assert [f"{counts[status]:5}  {status}" for status in Status] == lines[1:]
    assert lines[0].startswith(f"{counts.total()} ")


def test_the_list_has_every_rule_with_its_clause(run: CliRunner) -> None:
    """Each rule says what it judges, by which section, under which code, and whom it meets."""
    rules = {rule["id"]: rule for rule in json.loads(_call(run, "list", "--json").stdout)["rules"]}

    assert {rule.id for rule in rule_book().rules} == set(rules)
    rule = rules["conditioning-not-approved-reject"]
    assert ("9.2.4.3.1.2.2", "E603", "reject", "facilities") == (
        rule["section"],
        rule["code"],
        rule["severity"],
        rule["phase"],
    )
    assert "loop-2w-nonloaded" in rule["products"]


def test_the_list_reads_as_text(run: CliRunner) -> None:
    """A person finds code, severity, id, section and the rule in words."""
    lines = _call(run, "list").stdout.splitlines()

    at = lines.index("E603 reject conditioning-not-approved-reject (9.2.4.3.1.2.2)")
    assert lines[at + 1].startswith("    Conditioning found necessary and not pre-approved")


def test_coverage_of_a_part_lists_what_is_not_covered(run: CliRunner) -> None:
    """Of what applies to listings and ports, each entry that is neither enforced nor tracked stands with its reason."""
    part = ("coverage", "--applies-to", "LNP", "--applies-to", "EEL", "--automatable", "partly")
    entries = json.loads(_call(run, *part, "--json").stdout)["entries"]
    open_ones = [entry for entry in entries if entry["status"] not in ("enforced", "tracked")]

    result = _call(run, *part)
    lines = result.stdout.splitlines()

    assert 0 == result.exit_code
    told = len(entries) - len(open_ones)
    assert f"{told} of {len(entries)} enforced or tracked ({told / len(entries):.1%})" in lines
    assert [
        f"  {entry['id']} ({entry['section']}): {entry['status']}, {entry['reason']}" for entry in open_ones
    ] == lines[-len(open_ones) :]
