"""`oss-gateway validate`: a document judged before it is sent."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gateway.cli import main
from tests.rig.court import LOOP, LOOPS_30, sample
from validators.messages.compose import compose

MONDAY = "2026-03-02T09:30:00-07:00"


def _document(folder: Path, name: str, sets: dict[str, str] | None = None, drops: tuple[str, ...] = ()) -> Path:
    path = folder / "order.xml"
    path.write_bytes(compose(sample(name), sets, drops))
    return path


def _validate(path: Path, *arguments: str, received: str = MONDAY) -> Result:
    return CliRunner().invoke(main, ["validate", str(path), "--received", received, *arguments])


def test_a_good_order_is_accepted(tmp_path: Path) -> None:
    """Exit status 0, with product and application date."""
    result = _validate(_document(tmp_path, LOOP))

    assert (0, ["order.xml: accepted", "PON SLT26A000001 VER 01, loop-2w-analog, application date 2026-03-02"]) == (
        result.exit_code,
        result.stdout.splitlines(),
    )


def test_an_order_of_the_second_release_is_judged_too(tmp_path: Path) -> None:
    """By its own schema: with an ISO date it is good, with another one it is not."""
    verdicts = []
    for day in ("2026-03-20", "03-20-2026"):
        path = _document(tmp_path, LOOP, {"LSR.DDD": day})
        path.write_bytes(path.read_bytes().replace(b":r1:", b":r2:").replace(b'"r1"', b'"r2"'))
        verdicts.append(_validate(path).exit_code)

    assert [0, 1] == verdicts


def test_every_mistake_is_listed_with_place_value_rule_section_and_cure(tmp_path: Path) -> None:
    """Three mistakes are three findings, and the exit status is 1."""
    path = _document(tmp_path, LOOP, {"LSR.DDD": "02-27-2026", "LSR.ACT": "S", "LS.LQTY": "00007"})

    result = _validate(path, "--json")

    assert 1 == result.exit_code
    answer = json.loads(result.stdout)
    assert ("rejected", "template", "SLT26A000001") == (answer["outcome"], answer["agreement"], answer["pon"])
    assert [
        ("desired-due-date-past", "9.2.4.4", "/LocalServiceRequest/LSR/DDD", "02-27-2026"),
        ("activity-of-requisition", "12.2.1.1.2", "/LocalServiceRequest/LSR/ACT", "S"),
        ("line-quantity", "12.2.1.1.2", "/LocalServiceRequest/LS/LQTY", "00007"),
    ] == [(found["rule"], found["section"], found["path"], found["value"]) for found in answer["findings"]]
    assert [] == [found for found in answer["findings"] if not found["cure"]]


def test_a_reject_reads_as_text(tmp_path: Path) -> None:
    """A person sees code, rule, section, place, value, what and cure."""
    result = _validate(_document(tmp_path, LOOP, {"LSR.ACT": "S"}))

    assert 1 == result.exit_code
    assert "E301 reject activity-of-requisition (section 12.2.1.1.2)" in result.stdout
    assert "  at    /LocalServiceRequest/LSR/ACT = 'S'" in result.stdout
    assert "  also  /LocalServiceRequest/LSR/REQTYP" in result.stdout


def test_a_deferred_order_says_so_and_is_good(tmp_path: Path) -> None:
    """An individual case is accepted: exit status 0, and the text says that a person decides."""
    result = _validate(_document(tmp_path, LOOPS_30))

    assert 0 == result.exit_code
    assert result.stdout.startswith("order.xml: accepted, but deferred: a person decides")


def test_another_agreement_judges_otherwise(tmp_path: Path) -> None:
    """What the template offers, the agreement of 2021 has closed."""
    result = _validate(_document(tmp_path, LOOP), "--agreement", "idaho-2021")

    assert 1 == result.exit_code
    assert "last application date was 02-02-2020" in result.stdout


def test_what_is_no_xml_is_rejected_too(tmp_path: Path) -> None:
    """A document that does not parse has one finding, and no facts."""
    path = tmp_path / "order.xml"
    path.write_text("not XML")

    result = _validate(path, "--json")

    assert 1 == result.exit_code
    assert ["xml"] == [found["rule"] for found in json.loads(result.stdout)["findings"]]


def test_without_a_time_the_present_counts(tmp_path: Path) -> None:
    """An order of March 2026 is late today."""
    result = CliRunner().invoke(main, ["validate", str(_document(tmp_path, LOOP))])

    assert 1 == result.exit_code
    assert "desired-due-date-past" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "received", "told"),
    [
        (("--agreement", "nowhere"), MONDAY, "there is no agreement 'nowhere'; there are idaho-2021, template"),
        ((), "yesterday", "'yesterday' is no time"),
        ((), "2026-03-02T09:30:00", "has no offset"),
    ],
)
def test_wrong_usage_is_told_with_its_cure(
    tmp_path: Path, arguments: tuple[str, ...], received: str, told: str
) -> None:
    """Exit status 2, and a sentence that helps."""
    result = _validate(_document(tmp_path, LOOP), *arguments, received=received)

    assert 2 == result.exit_code
    assert told in result.stderr
