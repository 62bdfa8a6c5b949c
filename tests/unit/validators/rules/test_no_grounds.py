"""What the agreement does not let anybody reject an order for."""

from datetime import date, datetime

import pytest

from tests.rig.court import CONDITIONED_LOOP, LOOP, MOUNTAIN, PORT, SIMPLE_PORT, Court
from validators.rules import rule_book
from validators.rules.case import EarlierVersion, Standing
from validators.verdict import Outcome


def test_a_simple_port_needs_its_fourteen_fields_alone(court: Court) -> None:
    """Nothing beyond the fields of 47 CFR 52.36 is asked for on a simple port; the passcode is optional."""
    assert () == court.findings(SIMPLE_PORT, drops=["SPSR.PASSCODE"])


@pytest.mark.upholds("poa-each-party-keeps")
def test_a_missing_authorization_date_does_not_reject_a_port(court: Court) -> None:
    """The agency authorization indicator is assertion enough; no date or name is demanded (5.3.1)."""
    assert () == court.findings(PORT, drops=["LSR.DATED", "LSR.AUTHNM"])


@pytest.mark.upholds("use-loop-tools-first")
@pytest.mark.upholds("conditioning-preapproval-field")
@pytest.mark.upholds("poa-before-order-loop")
def test_an_order_needs_no_forecast_and_no_pre_order_query(court: Court) -> None:
    """No field tells of a forecast or a loop make-up query, and a loop order without either is accepted (9.2.4.3.1)."""
    judgement = court.judged(court.message(CONDITIONED_LOOP, drops=["LSR.REMARKS", "LSR.SCA"]))

    assert Outcome.ACCEPTED is judgement.verdict.outcome


@pytest.mark.upholds("agreement-prevails-over-pcat")
@pytest.mark.parametrize("field", ["LSR.TOS", "LSR.BI1", "LSR.BAN1", "LSR.SC", "LSR.LST", "LSR.PROJECT", "EU.WSOP"])
def test_what_only_a_product_catalog_asks_for_does_not_reject(court: Court, field: str) -> None:
    """A field that no clause and no form rule asks for is not missed by the rules (2.3)."""
    assert () == court.findings(LOOP, drops=[field])


def test_every_rule_cites_the_agreement() -> None:
    """No rule rests on a product catalog: each cites a section, an exhibit, or how to get started."""
    assert [] == [
        rule.id for rule in rule_book().rules if not rule.section.startswith(("Getting Started", *"123456789E"))
    ]


def test_the_rules_bear_a_message_with_nothing_in_it(court: Court) -> None:
    """Rules that are heard beside the schema's findings meet drafts with any field missing."""
    fields = [f"LSR.{name}" for name in court.message(LOOP).head.fields]

    verdict = court.judged(court.message(LOOP, drops=fields)).verdict

    assert {"service-request-states-services", "date-sent-required", "initiator-required"} == {
        found.rule for found in verdict.findings
    }


@pytest.mark.upholds("agreement-term-and-holdover")
@pytest.mark.parametrize("status", ["approved", "holdover"])
def test_the_end_of_the_term_shuts_no_order_out(court: Court, status: str) -> None:
    """An agreement of three years goes on from month to month until a successor is approved (5.2.2)."""
    template = court.judge.agreements["template"]
    late = court.under(template.model_copy(update={"status": status, "kind": "agreement"}))

    assert () == late.findings(LOOP, {"LSR.DDD": "03-31-2031"}, received=datetime(2031, 3, 3, 9, tzinfo=MOUNTAIN))


@pytest.mark.upholds("xdsl-standard-interval-no-impairments")
def test_without_conditioning_the_standard_date_may_be_asked_for(court: Court) -> None:
    """Five business days, not the fifteen of conditioning (9.2.4.9.1)."""
    sets = {"LSR.NC": "LX-N", "LSR.NCI": "02QB5.00A", "LSR.DDD": "03-09-2026"}

    assert () == court.findings(CONDITIONED_LOOP, sets, ["LSR.SCA"])


@pytest.mark.upholds("conditioning-revised-lsr-application-date")
def test_each_version_has_the_application_date_of_its_own_receipt(court: Court) -> None:
    """The version that approves conditioning counts from the day on which it came (9.2.4.3.1.2.2)."""
    first = court.judged(court.message(CONDITIONED_LOOP, drops=["LSR.SCA"]))
    second = court.judged(
        court.message(CONDITIONED_LOOP, {"LSR.VER": "02", "LSR.SUP": "3"}),
        received=datetime(2026, 3, 4, 9, tzinfo=MOUNTAIN),
    )

    assert (date(2026, 3, 2), date(2026, 3, 4)) == (first.facts.application_date, second.facts.application_date)


@pytest.mark.upholds("second-foc-later-date-supplement")
@pytest.mark.parametrize(("desired", "refused"), [("03-24-2026", False), ("03-06-2026", True)])
def test_after_the_second_confirmation_the_date_may_be_moved_back_only(
    court: Court, desired: str, *, refused: bool
) -> None:
    """A later date is taken; an earlier one than is set needs the expedite (9.1.2.1.3.1)."""
    standing = Standing(
        (EarlierVersion("01", "digest", Outcome.ACCEPTED),), state="CONFIRMED", due_date=date(2026, 3, 17)
    )
    message = court.message(LOOP, {"LSR.VER": "02", "LSR.SUP": "3", "LSR.DDD": desired})

    assert refused is ("expedite-what-counts" in {found.rule for found in court.on_record(message, standing)})


@pytest.mark.upholds("new-technology-presumption")
def test_an_unknown_spectral_mask_is_no_ground(court: Court) -> None:
    """A technology without a mask of its own yet is worked out jointly (9.2.6.3)."""
    assert () == court.findings(CONDITIONED_LOOP, {"LSR.NCI": "02QB9.ZZ9"})


@pytest.mark.upholds("reuse-existing-loop")
def test_a_conversion_may_name_the_circuit_that_it_reuses(court: Court) -> None:
    """ECCKT on a conversion asks for the loop that is there (9.2.2.15.3)."""
    sets = {"LSR.ACT": "V", "LSR.AGAUTH": "Y", "LS[1].ECCKT": "13.LXFU.208555.GR"}

    assert () == court.findings(LOOP, sets)


@pytest.mark.upholds("conversion-not-delayed-by-tla")
def test_a_conversion_asks_for_no_end_of_a_term(court: Court) -> None:
    """A term agreement on the old service (VTA) changes neither verdict nor date (9.23.3.12)."""
    sets = {"LSR.ACT": "V", "LSR.AGAUTH": "Y"}
    plain, bound = (court.judged(court.message(LOOP, sets | more)) for more in ({}, {"LSR.VTA": "TLA36"}))

    assert ((), plain.facts) == (bound.verdict.findings, bound.facts)


@pytest.mark.upholds("lnp-all-numbers-portable")
@pytest.mark.upholds("lnp-partial-did")
def test_part_of_a_block_of_any_area_may_be_ported(court: Court) -> None:
    """A range within a block is ported and the rest kept (10.2.2.8)."""
    assert () == court.findings(PORT, {"NP[1].PORTED NBR": "307-201-0110-0119"})


@pytest.mark.upholds("lnp-any-date-where-trigger-automatic")
@pytest.mark.parametrize("day", ["03-03-2026", "03-07-2026", "03-08-2026"])
def test_any_date_and_hour_may_be_asked_for_on_a_port(court: Court, day: str) -> None:
    """Weekends, nights and early dates are accepted; an early one is told the standard interval (10.2.5.3)."""
    judgement = court.judged(court.message(PORT, {"LSR.DDD": day, "LSR.DFDT": "0300AM"}))

    assert Outcome.ACCEPTED is judgement.verdict.outcome
