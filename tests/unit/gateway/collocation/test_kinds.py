"""Kinds of requests, and what the terms of each say beside its life cycle."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from tests.rig.counter import Case, Counter
from validators.agreement.collocation_terms import Rate

_ACCEPT = ("03-12 feasible space_exhausted=true", "03-24 quote", "03-31 acceptance paid=99999.00")


def _accepted(counter: Counter, kind: str) -> Case:
    case = counter.applies(kind, "03-04")
    for act in _ACCEPT:
        case.act(act)
    return case


def _of(entry: str, kind: str) -> pytest.MarkDecorator:
    """Give the mark of an entry that a kind's place among the physical ones carries."""
    return pytest.mark.carries(entry, {"product_groups.physical": lambda kinds: tuple(k for k in kinds if k != kind)})


def _less(kind: str) -> Mapping[str, Any]:
    return {"collocation.kinds": lambda kinds: {name: term for name, term in kinds.items() if name != kind}}


def _elements(entry: str, kind: str) -> pytest.MarkDecorator:
    """Give the mark of an entry that the list of a kind's rate elements carries."""
    return pytest.mark.carries(entry, {f"collocation.kinds.{kind}.elements": ()})


def _dear(rate: Rate) -> Rate:
    return rate.model_copy(update={"nonrecurring": Decimal(100)})


def _with_another_kind(kinds: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**kinds, "penthouse": kinds["caged"]}


@pytest.mark.carries("cal-day-is-calendar-day", {"clocks.feasibility-physical-10d.calendar": "business-days"})
def test_a_day_is_a_calendar_day(counter: Counter) -> None:
    """Ten Days from a Thursday are over on a Sunday."""
    assert "2027-03-14" == counter.applies("caged", "03-04").due("feasibility-physical-10d")


@pytest.mark.carries("pole-days-lowercase", {"clocks.pole-survey-45d.calendar": "business-days"})
def test_days_of_poles_are_calendar_days(counter: Counter) -> None:
    """The lower-case days of the pole timeline are calendar days, as in the FCC rule; 45 of them end on a Sunday."""
    assert "2027-04-18" == counter.applies("pole", "03-04").due("pole-survey-45d")


@pytest.mark.carries("kind-standard-list", {"collocation.kinds": _with_another_kind})
def test_what_is_no_standard_kind_goes_another_way(counter: Counter) -> None:
    """A kind that is not listed is refused with the way that is open: a bona fide request."""
    refused = counter.asks_for("penthouse", "03-04")

    assert ["8.1.1"] == [finding.section for finding in refused]
    assert "bona fide request" in refused[0].cure


@pytest.mark.carries("c2c-order-route", _less("clec-to-clec"))
def test_a_connection_of_two_clecs_is_ordered_as_collocation(counter: Counter) -> None:
    """It goes through the life cycle of an application, with its own feasibility."""
    assert "feasibility-c2c-10d" in counter.applies("clec-to-clec", "03-04").clocks()


@pytest.mark.carries("augment-needs-application", _less("plug-in"))
def test_an_augment_of_virtual_equipment_is_an_application(counter: Counter) -> None:
    """A site in service knows no message that augments it; an application for plug-ins does, in 10 business days."""
    site = _accepted(counter, "virtual")
    site.attempt("04-05 augment")
    plug_in = counter.applies("plug-in", "05-03")

    assert "no decision" in site.refused or "no message" in site.refused
    assert ("COMPLETE", "2027-05-17") == (plug_in.state, plug_in.due("plugins-virtual-10bd"))


@pytest.mark.carries("remote-no-space-adjacent", _less("adjacent-new"))
def test_adjacent_space_may_follow_a_remote_denial(counter: Counter) -> None:
    """Where remote space is denied an adjacent structure may be ordered, with its drawings in 10 business days."""
    remote = counter.applies("remote-physical", "03-04").act("03-12 denied-space")
    adjacent = counter.applies("adjacent-new", "03-15", {"COLLO.REF": remote.pon})

    assert "2027-03-29" == adjacent.due("adjacent-drawings-10bd")


@pytest.mark.parametrize(
    ("kind", "ready"),
    [
        pytest.param("available-inventory", "2027-07-02", marks=_of("inv-standard-intervals", "available-inventory")),
        pytest.param("adjacent", "2027-07-02", marks=_of("adjacent-existing-as-physical", "adjacent")),
        pytest.param("splitter", "2027-07-02", marks=_of("splitter-new-as-cageless", "splitter")),
    ],
)
def test_what_goes_as_physical_space_has_its_days(counter: Counter, kind: str, ready: str) -> None:
    """A posted site, a structure that exists and a new splitter are timed as physical space: 120 Days, not forecast."""
    assert ready == str(_accepted(counter, kind).order.due_date)


@pytest.mark.carries("remote-follows", {"product_groups.virtual-kinds": ("virtual",)})
def test_remote_space_follows_physical_or_virtual(counter: Counter) -> None:
    """Virtual remote space is timed as virtual; physical remote space has the 90 Days alone, since 120 are excepted."""
    virtual, physical = counter.applies("remote-virtual", "03-04"), counter.applies("remote-physical", "03-04")
    for act in _ACCEPT:
        virtual.act(act)
        physical.act(act)

    assert ("2027-07-02", "2027-06-02") == (str(virtual.order.due_date), str(physical.order.due_date))


@pytest.mark.carries(
    "remote-physical-or-virtual-terms", {"collocation.needed.item-b-floor.any_of": ("SPACE.SQFT", "SPACE.BAYS")}
)
@pytest.mark.parametrize("kind", ["remote-physical", "remote-virtual"])
def test_remote_space_is_asked_for_by_what_the_structure_has(counter: Counter, kind: str) -> None:
    """Shelves or racks are units of it; an entrance is not asked for, since that clause does not fit there."""
    case = counter.applies(kind, "03-04", {"SPACE.UNITS": "2"}, ["SPACE.SQFT", "TERMS.EFTYPE", "TERMS.FIBERS"])

    assert ("accepted", ()) == (case.outcome, case.findings)


@pytest.mark.upholds("kind-icdf-not-with-cage")
@pytest.mark.parametrize("kind", ["caged", "cageless"])
def test_a_clec_with_space_of_its_own_may_have_an_icdf(counter: Counter, kind: str) -> None:
    """The frame may be the demarcation of a cage or of bays, so that they are no ground of rejection."""
    _accepted(counter, kind)
    icdf = counter.applies("icdf", "04-01")

    assert ("accepted", (), "COMPLETE") == (icdf.outcome, icdf.findings, icdf.state)


@pytest.mark.parametrize(
    ("kind", "own", "foreign"),
    [
        pytest.param("icdf", "8.1.8.1.2.1", "FC-COPPER", marks=_elements("icdf-quote-elements", "icdf")),
        pytest.param(
            "facility-connected", "FC-COPPER", "8.1.8.1.2.1", marks=_elements("fc-quote-elements", "facility-connected")
        ),
        pytest.param(
            "clec-to-clec", "C2C-ORDER", "SPACE-CONSTRUCTION", marks=_elements("c2c-charge-elements", "clec-to-clec")
        ),
    ],
)
def test_a_quotation_is_made_of_the_elements_of_its_kind(counter: Counter, kind: str, own: str, foreign: str) -> None:
    """Another kind's element is refused, its own is priced."""
    case = (
        counter.applies(kind, "03-04").act("03-05 feasible")
        if kind != "clec-to-clec"
        else counter.applies(kind, "03-04")
    )
    refused = case.decide("03-08", "quote", elements=[{"code": foreign}]).refused
    taken = case.decide("03-08", "quote", elements=[{"code": own}])

    assert f"element {foreign} is none of this kind" in refused
    assert ("", "QUOTED") == (taken.refused, taken.state)


@pytest.mark.carries("accept-direct-existing", {"collocation.kinds.direct-connection.payment_percent": 50})
def test_a_direct_connection_on_existing_rack_is_accepted_with_all_charges(counter: Counter) -> None:
    """Half of the charges leaves it quoted; with the rest the work begins."""
    case = counter.applies("direct-connection", "03-04").act("03-08 quote")
    half = case.act("03-09 acceptance paid=12000.00").state
    case.act("03-10 payment-received amount=12000.00")

    assert ("QUOTED", "IN_CONSTRUCTION") == (half, case.state)


@pytest.mark.carries("fc-no-forecast", {"clocks.rfs-fc-timely.unless": ("forecast", "negotiated", "agreed-date")})
def test_a_forecast_is_nothing_to_a_facility_connected_site(counter: Counter) -> None:
    """With space reserved the 90 Days are the same."""
    reserved = counter.applies("reservation", "01-04")
    for act in ("01-08 feasible", "01-11 quote", "01-12 acceptance", "01-13 payment-received amount=6000.00"):
        reserved.act(act)

    assert "2027-06-02" == _accepted(counter, "facility-connected").due("rfs-fc-timely")


@pytest.mark.carries("limit-five-per-week", {"collocation.volume.applications": 6})
def test_the_sixth_application_of_a_week_is_negotiated(counter: Counter) -> None:
    """Five keep the standard intervals; the sixth in seven Days is taken and negotiated, a later one is not."""
    week = [counter.applies("caged", f"03-0{day}") for day in (1, 2, 3, 4, 5, 7)]
    other = counter.applies("caged", "03-07", partner="bitterroot")
    next_week = counter.applies("caged", "03-09 12:01")

    timed = ["feasibility-physical-10d" in case.clocks() for case in (*week, other, next_week)]
    assert [*[True] * 5, False, True, True] == timed


@pytest.mark.carries("icb-quote-exceptions", {"clocks.icb-quote-20bd.products": ("icb", "bfr", "srp", "caged", "fcp")})
def test_what_has_a_time_of_its_own_has_not_that_of_an_individual_case(counter: Counter) -> None:
    """Bona fide and special requests, collocation and field connection points are quoted by their own clocks."""
    kinds = ("icb", "bfr", "srp", "caged", "fcp")

    assert ["icb"] == [kind for kind in kinds if "icb-quote-20bd" in counter.applies(kind, "03-04").clocks()]


@pytest.mark.carries("reclamation-cost", {"collocation.elements.RECLAMATION.rates": lambda rates: (_dear(rates[0]),)})
def test_removing_the_ilecs_own_equipment_costs_the_clec_nothing(counter: Counter) -> None:
    """A quotation may name it; it adds nothing."""
    case = counter.applies("caged", "03-04").act("03-12 feasible")
    case.decide("03-24", "quote", elements=[{"code": "SPACE-CONSTRUCTION"}, {"code": "RECLAMATION"}])

    assert "24000.00" == case.order.facts["nonrecurring"]


@pytest.mark.carries("inv-discount-50", {"collocation.elements.REUSABLE.discount_percent": 0})
def test_reusable_elements_of_a_posted_site_cost_half(counter: Counter) -> None:
    """12,000 dollars are quoted as 6,000."""
    case = counter.applies("available-inventory", "03-04").act("03-12 feasible")
    case.decide("03-24", "quote", elements=[{"code": "REUSABLE"}])

    assert "6000.00" == case.order.facts["nonrecurring"]
