"""At a site in service: virtual equipment that fails, and notices of legal effect."""

import pytest

from tests.rig.counter import Case, Counter


def _in_service(counter: Counter, kind: str = "virtual") -> Case:
    case = counter.applies(kind, "03-04").act("03-08 feasible").act("03-10 quote").act("03-11 acceptance paid=99999.00")
    return case.act("03-12 delivery").act("05-03 ready") if kind == "virtual" else case


@pytest.mark.carries("maint-virtual-failure", by="steps")
def test_a_failure_of_virtual_equipment_is_told_with_what_it_needs(counter: Counter) -> None:
    """The CLEC brings the spares, the ILEC repairs, and each is on record; a repair of nothing is refused."""
    case = _in_service(counter)
    nothing = case.attempt("05-31 equipment-repaired").refused
    case.act("06-01 equipment-failed failure=Card-4. action=Replace-it.")
    told = case.told
    case.act("06-02 spares-delivered").act("06-03 equipment-repaired")
    repaired, again = case.told, case.attempt("06-04 equipment-repaired").refused

    assert [] == [part for part in ("Card-4.", "Replace-it.", "Spares are delivered") if part not in told]
    assert "works again" in repaired
    assert ["No failure" in refused for refused in (nothing, again)] == [True, True]


def test_the_ilec_does_not_maintain_equipment_in_physical_space(counter: Counter) -> None:
    """There the CLEC does so itself."""
    case = _in_service(counter, "caged").act("06-01 ready").act("06-02 payment-received amount=99999.00")
    case.act("06-03 sign-off")

    assert "maintains its own" in case.attempt("06-04 equipment-failed").refused


@pytest.mark.carries("cal-notice-form", by="steps")
@pytest.mark.parametrize(
    ("kind", "acts"),
    [
        ("virtual", "06-01 abandonment-notice"),
        ("caged", "06-01 nebs-notice"),
        ("decommission", "03-05 prerequisites-met; 03-08 accepted; 04-09 abandonment-notice"),
    ],
)
def test_a_notice_of_legal_effect_says_where_it_goes_in_writing(counter: Counter, kind: str, acts: str) -> None:
    """A document of this gateway is none of the ways of 5.21.1, so the same goes to the address on record."""
    case = counter.applies(kind, "03-04") if kind == "decommission" else _in_service(counter, kind)
    for act in acts.split("; "):
        case.act(act)

    assert "In writing to: Legal, 1 Main St, Boise." in case.told
