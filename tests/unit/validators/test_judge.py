"""The whole way of a document before the judge."""

from datetime import UTC, datetime

import pytest

from tests.rig.court import (
    CANCEL,
    CONDITIONED_LOOP,
    DISCONNECT,
    LOOP,
    LOOP_WITH_PORT,
    LOOPS_24,
    LOOPS_30,
    MONDAY,
    MOUNTAIN,
    NEW_DATE,
    PORT,
    SIMPLE_PORT,
    Court,
)
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.codes import Code
from validators.judge import Judge, with_findings
from validators.rules import rule_book
from validators.rules.case import Standing
from validators.schema import Schemas
from validators.verdict import Outcome, Severity


@pytest.fixture(scope="module")
def court() -> Court:
    """A court of the shipped agreements."""
    schemas = Schemas()
    return Court(Judge(schemas, load_agreements(bundled_path("config") / "agreements"), rule_book()), schemas)


@pytest.mark.parametrize(
    ("name", "sent", "outcome"),
    [
        (LOOP, MONDAY, Outcome.ACCEPTED),
        (CONDITIONED_LOOP, MONDAY, Outcome.ACCEPTED),
        (LOOP_WITH_PORT, MONDAY, Outcome.ACCEPTED),
        (PORT, MONDAY, Outcome.ACCEPTED),
        (SIMPLE_PORT, MONDAY, Outcome.ACCEPTED),
        (DISCONNECT, MONDAY, Outcome.ACCEPTED),
        (NEW_DATE, datetime(2026, 3, 4, 14, 15, tzinfo=MOUNTAIN), Outcome.ACCEPTED),
        (CANCEL, datetime(2026, 3, 5, 10, 45, tzinfo=MOUNTAIN), Outcome.ACCEPTED),
        (LOOPS_24, MONDAY, Outcome.ACCEPTED),
        (LOOPS_30, MONDAY, Outcome.DEFERRED),
    ],
)
def test_every_sample_is_judged_as_its_header_says(court: Court, name: str, sent: datetime, outcome: Outcome) -> None:
    """Each sample order, received when it was sent, passes the schema and gets the outcome of its header."""
    reading = court.judge.read(court.document(name), "lsr")
    assert reading.message is not None, reading.findings

    assert outcome is court.judge.judge(reading.message, "template", sent).verdict.outcome


def test_a_judgement_keeps_the_facts_and_not_the_message(court: Court) -> None:
    """The few values that later steps need stand in the facts, the application date among them."""
    judgement = court.judged(court.message(CONDITIONED_LOOP))
    facts = judgement.facts

    assert judgement.message is None
    assert ("loop-2w-nonloaded", 1, True) == (facts.product, facts.quantity, facts.conditioning_approved)
    assert (datetime(2026, 3, 2, 16, 30, tzinfo=UTC), "2026-03-02") == (
        facts.application_at,
        facts.application_date.isoformat(),
    )


def test_a_supplement_of_the_date_is_kept_to_be_compared(court: Court) -> None:
    """Only SUP 2 keeps its message, since the record must say what else it changed."""
    assert court.judged(court.message(NEW_DATE)).message is not None


def test_bytes_that_are_no_xml_are_no_message(court: Court) -> None:
    """The parser's finding comes back, and nothing else is tried."""
    reading = court.judge.read(b"<LocalServiceRequest", "lsr")

    assert (None, None, [Code.NOT_WELL_FORMED]) == (
        reading.message,
        reading.draft,
        [found.code for found in reading.findings],
    )
    assert reading.findings == court.judge.explain_refusal(reading, "template", MONDAY)


def test_another_root_is_not_advised_on(court: Court) -> None:
    """A document of another kind is told its root alone."""
    reading = court.judge.read(b"<Order/>", "lsr")

    assert (None, [Code.UNKNOWN_ROOT]) == (reading.draft, [found.code for found in reading.findings])


def test_all_mistakes_are_told_at_once_whoever_finds_them(court: Court) -> None:
    """A document that breaks the schema is still judged by the rules where it can be read."""
    body = court.document(LOOP, {"LSR.CCNA": "ZQFF", "LSR.DDD": "02-27-2026"}, ["LSR.PON", "LS"])
    reading = court.judge.read(body, "lsr")

    assert reading.message is None
    found = court.judge.explain_refusal(reading, "template", MONDAY)

    assert {"schema", "form-required", "desired-due-date-past"} == {finding.rule for finding in found}
    assert {"/LocalServiceRequest/LSR/PON", "/LocalServiceRequest/LSR/CCNA", "/LocalServiceRequest/LSR/DDD"} < {
        finding.path for finding in found
    }
    assert [] == [finding.rule for finding in found if not (finding.cure and finding.section)]


def test_a_field_is_told_once(court: Court) -> None:
    """What the schema has said of a field is not said again by a rule that needs it."""
    body = court.document(LOOP, {"LSR.DDD": "02-30-2026"})
    found = court.judge.explain_refusal(court.judge.read(body, "lsr"), "template", MONDAY)

    assert [("schema", "/LocalServiceRequest/LSR/DDD")] == [(finding.rule, finding.path) for finding in found]


def test_findings_stand_in_the_order_of_the_document(court: Court) -> None:
    """A missing field is told where its form begins, the others where they stand."""
    findings = court.findings(
        LOOP, {"LSR.DDD": "02-27-2026", "LSR.APPTIME": "0500PM-0100PM", "EU.LOCNUM": "2"}, ["LSR.NC", "EU.LD1"]
    )

    assert [
        "LSR/NC",
        "LSR/DDD",
        "LSR/APPTIME",
        "LSR/NCI",
        "EU/LOCNUM",
        "EU/LV1",
    ] == [finding.path.removeprefix("/LocalServiceRequest/") for finding in findings]


def test_a_flood_of_findings_is_cut_with_its_number_and_gravity(court: Court) -> None:
    """A hundred findings are listed; one more stands for the rest, and rejects if any of the rest does."""
    flood = {f"LS[{number}].LNUM": "1" for number in range(2, 141)} | {"LS.LQTY": "140"}

    findings = court.findings(LOOP, flood)

    assert (101, Code.MORE_ERRORS, Severity.REJECT) == (len(findings), findings[-1].code, findings[-1].severity)
    assert findings[-1].text.startswith(f"{139 + 1 - 100} more")


def test_findings_of_the_record_join_the_verdict(court: Court) -> None:
    """A version out of order rejects what its content alone would let pass."""
    judgement = court.judged(court.message(LOOP, {"LSR.VER": "07"}))
    found = court.judge.judge_record(judgement, Standing())

    verdict = with_findings(judgement, found)

    assert (Outcome.ACCEPTED, Outcome.REJECTED) == (judgement.verdict.outcome, verdict.outcome)


def test_an_unknown_agreement_is_an_error_of_the_caller(court: Court) -> None:
    """A partner without agreement cannot be judged."""
    with pytest.raises(KeyError):
        court.judge.judge(court.message(LOOP), "no-such-agreement", MONDAY)
