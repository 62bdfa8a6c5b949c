"""What the agreement does not let anybody reject an order for."""

import pytest

from tests.rig.court import CONDITIONED_LOOP, LOOP, PORT, SIMPLE_PORT, Court
from validators.rules import rule_book
from validators.verdict import Outcome


def test_a_simple_port_needs_its_fourteen_fields_alone(court: Court) -> None:
    """Nothing beyond the fields of 47 CFR 52.36 is asked for on a simple port; the passcode is optional."""
    assert () == court.findings(SIMPLE_PORT, drops=["SPSR.PASSCODE"])


def test_a_missing_authorization_date_does_not_reject_a_port(court: Court) -> None:
    """The agency authorization indicator is assertion enough; no date or name is demanded (5.3.1)."""
    assert () == court.findings(PORT, drops=["LSR.DATED", "LSR.AUTHNM"])


def test_an_order_needs_no_forecast_and_no_pre_order_query(court: Court) -> None:
    """No field tells of a forecast or a loop make-up query, and a loop order without either is accepted (9.2.4.3.1)."""
    judgement = court.judged(court.message(CONDITIONED_LOOP, drops=["LSR.REMARKS", "LSR.SCA"]))

    assert Outcome.ACCEPTED is judgement.verdict.outcome


@pytest.mark.parametrize("field", ["LSR.TOS", "LSR.BI1", "LSR.BAN1", "LSR.SC", "LSR.LST", "LSR.PROJECT", "EU.WSOP"])
def test_what_only_a_product_catalog_asks_for_does_not_reject(court: Court, field: str) -> None:
    """A field that no clause and no form rule asks for is not missed by the rules (2.3)."""
    assert () == court.findings(LOOP, drops=[field])


def test_every_rule_cites_the_agreement() -> None:
    """No rule rests on a product catalog: each cites a section or an exhibit."""
    assert [] == [rule.id for rule in rule_book().rules if not rule.section.startswith(tuple("123456789E"))]


def test_the_rules_bear_a_message_with_nothing_in_it(court: Court) -> None:
    """Rules that are heard beside the schema's findings meet drafts with any field missing."""
    fields = [f"LSR.{name}" for name in court.message(LOOP).head.fields]

    verdict = court.judged(court.message(LOOP, drops=fields)).verdict

    assert {"service-request-states-services", "date-sent-required", "initiator-required"} == {
        found.rule for found in verdict.findings
    }
