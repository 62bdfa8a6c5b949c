import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gateway.cli.measures import measures
from gateway.reports.cases.kinds import KINDS

CASES = """\
meta:
  timezone: America/Denver
  holidays: ["2026-11-26"]
  parameters: {state_group: other}
cases:
  - id: A
    kind: late_report
    title: due Monday, posted Thursday
    input: {due: 2026-11-30, posted: 2026-12-03}
    expect: {days_late: 3, payment: 1500}
  - id: B
    kind: application
    input:
      product: UBL_2WNL
      received_at: 2026-11-25T19:30:00-07:00
    expect: {application_at: 2026-11-27T00:00:00-07:00}
"""


def evaluate(folder: Path, text: str, *options: str) -> Result:
    """Run the command on a case file of that text."""
    path = folder / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(measures, ["evaluate", str(path), *options])


def test_cases_that_agree_exit_with_0(tmp_path: Path) -> None:
    """Each figure is printed beside what was expected; unquoted dates and instants are read as such."""
    result = evaluate(tmp_path, CASES)
    assert (0, "") == (result.exit_code, result.stderr)
    assert "computed 1500.0   expected 1500" in result.stdout
    assert result.stdout.endswith("2 cases agree, 0 differ, 0 cannot be read\n")


def test_a_difference_exits_with_1(tmp_path: Path) -> None:
    """A figure that is not what the case expects is named with its path."""
    result = evaluate(tmp_path, CASES.replace("days_late: 3", "days_late: 4"))
    assert result.exit_code == 1
    assert "A        DIFFERS" in result.stdout
    assert "differs at days_late: computed 3, expected 4" in result.stdout


def test_json_gives_figures_and_differences(tmp_path: Path) -> None:
    """The JSON document holds everything that was computed, not only what was expected."""
    result = evaluate(tmp_path, CASES.replace("days_late: 3", "days_late: 4"), "--json")
    document = json.loads(result.stdout)
    assert ("at_least", "00:00:00") == (
        document["readings"]["level_policy"],
        document["readings"]["business_day_start"],
    )
    assert (1, 1, []) == (document["agree"], document["differ"], document["problems"])
    case = document["cases"][0]
    assert {"days_late": 3, "payment": 1500.0} == case["figures"]
    assert [{"path": "days_late", "computed": 3, "expected": 4}] == case["differences"]
    assert document["cases"][1]["figures"]["application_at"] == "2026-11-27T00:00:00-07:00"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: late_report", "kind: early_report", "cases.yaml:7: cases[0].kind: there is no kind 'early_report'"),
        ("posted: 2026-12-03", "posted: soon", "cases.yaml:9: cases[0].input.posted: "),
        ("posted: 2026-12-03", "posted_on: 2026-12-03", "cases.yaml:9: cases[0].input"),
        ("product: UBL_2WNL", "product: TELEX", "cases.yaml:13: cases[1].input: no product is called 'TELEX'"),
        ("19:30:00-07:00", "19:30:00", "cases.yaml:15: cases[1].input.received_at: "),
        ("    expect: {days_late: 3, payment: 1500}\n", "", "cases.yaml:6: cases[0].expect: "),
        ("America/Denver", "America/Dnever", "cases.yaml:2: meta.timezone: "),
        ("state_group: other", "state_group: utah", "cases.yaml:4: meta.parameters: "),
        ("state_group: other", "moon_phase: full", "cases.yaml:4: meta.parameters: no such parameter: moon_phase"),
        ("state_group: other", "level_policy: mostly", "cases.yaml:4: meta.parameters.level_policy: "),
        ("- id: B", "- id: A", "two cases are called A"),
        ("- id: B", "- id: [B", "not YAML"),
        ("cases:", "causes:", "there are no cases"),
        ("meta:", "beta:", "meta: "),
        ("meta:", "meta: &m\n  note: *m", "this is not YAML"),
        ("title: due", "title: \x07due", "this is not YAML"),
        ("  - id: A\n    kind", "  - nothing\n  - id: A\n    kind", "cases.yaml:6: cases[0]: "),
    ],
)
def test_what_cannot_be_read_exits_with_2(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Unreadable input is said with file, line and path."""
    assert old in CASES
    result = evaluate(tmp_path, CASES.replace(old, new, 1))
    assert (2, True) == (result.exit_code, said in result.stderr), result.output


def test_the_other_cases_are_computed_all_the_same(tmp_path: Path) -> None:
    """One unreadable case does not hide the results of the rest."""
    result = evaluate(tmp_path, CASES.replace("product: UBL_2WNL", "product: TELEX"))
    assert result.stdout.endswith("1 cases agree, 0 differ, 1 cannot be read\n")


def test_parameters_may_stand_in_the_file_beside_the_input_or_in_it(tmp_path: Path) -> None:
    """The nearest one wins: input over case over file."""
    expected = "application_at: 2026-11-27T00:00:00-07:00"
    for place, change in (
        ("parameters: {state_group: other}", 'parameters: {business_day_start: "09:00"}'),
        ("  - id: B\n", '  - id: B\n    parameters: {business_day_start: "09:00"}\n'),
        ("      product: UBL_2WNL\n", '      product: UBL_2WNL\n      business_day_start: "09:00"\n'),
    ):
        text = CASES.replace(place, change).replace(expected, "application_at: 2026-11-27T09:00:00-07:00")
        assert evaluate(tmp_path, text).exit_code == 0, place


def test_a_missing_file_exits_with_2(tmp_path: Path) -> None:
    """A file that is not there, or is no text, cannot be read."""
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    for name in ("nowhere.yaml", "bytes.yaml"):
        result = CliRunner().invoke(measures, ["evaluate", str(tmp_path / name)])
        assert (2, True) == (result.exit_code, name in result.stderr)


def test_other_terms_may_be_given(tmp_path: Path) -> None:
    """A regulator may compute the cases under other terms; what is wrong in those is said, too."""
    other = tmp_path / "k.yaml"
    other.write_text("version: none\n", encoding="utf-8")
    result = evaluate(tmp_path, CASES, "--plan", str(other))
    assert result.exit_code == 2
    assert "k.yaml:1:" in result.stderr


def test_the_kinds_are_listed_with_their_inputs() -> None:
    """Every kind is described by a JSON schema of its input."""
    result = CliRunner().invoke(measures, ["kinds"])
    assert list(KINDS) == list(json.loads(result.stdout))
