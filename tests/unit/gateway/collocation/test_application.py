"""Steps of a collocation application from its receipt to its quotation: what each does, and what it refuses."""

import pytest

from tests.rig.counter import Case, Counter


def _quoted(counter: Counter, kind: str = "caged", **values: object) -> Case:
    return counter.applies(kind, "03-04").act("03-12 feasible").decide("03-24", "quote", **values)


@pytest.mark.carries("app-complete-list", by="steps")
def test_a_complete_application_has_its_date(counter: Counter) -> None:
    """It is complete on receipt, and every later interval counts from then."""
    case = counter.applies("caged", "03-04 10:15")

    assert ("COMPLETE", "2027-03-04") == (case.state, str(counter.local_date(case.order.application_at)))


@pytest.mark.carries("deficiency-detail", by="steps")
def test_the_ilec_may_add_what_a_person_sees(counter: Counter) -> None:
    """The one notice names what the gateway found and what the ILEC adds, each with its cure."""
    case = counter.applies("caged", "03-04", drops=["COLLO.BILLCON"])
    case.decide("03-12", "deficient", items=[{"item": "f", "text": "rack too wide", "cure": "order two bays"}])

    parts = ("Item j", "rack too wide", "order two bays")
    assert [] == [part for part in parts if part not in case.telling("deficiency")]


@pytest.mark.carries("deficiency-clock-restart", by="steps")
def test_a_timely_cure_keeps_the_rank_and_restarts_the_intervals(counter: Counter) -> None:
    """The place stays from the first receipt; the feasibility counts from the cure."""
    case = counter.applies("caged", "03-04 10:15", drops=["COLLO.BILLCON"]).act("03-12 16:40 deficient")
    case.again("03-22 23:10")

    assert ("2027-03-04", "2027-03-22") == (
        str(counter.local_date(case.place.rank_at)),
        str(counter.local_date(case.order.application_at)),
    )
    assert "2027-04-01" == case.due("feasibility-physical-10d")


@pytest.mark.carries("feasibility-delay-notice", by="steps")
def test_known_delays_are_told_with_the_feasibility(counter: Counter) -> None:
    """They stand in the notice that says feasible."""
    case = counter.applies("caged", "03-04").act("03-12 feasible delays=permit")

    assert ("QUOTING", True) == (case.state, "permit" in case.telling("feasibility"))


@pytest.mark.carries("deny-offer-lesser-caged", by="steps")
def test_less_may_be_offered(counter: Counter) -> None:
    """The offer is named, and the CLEC may take it up."""
    case = counter.applies("caged", "03-04").act("03-12 feasible-lesser offered=60-square-feet")

    assert "60-square-feet" in case.telling("feasibility")
    assert "QUOTING" == case.act("03-15 accept-lesser").state


@pytest.mark.carries("deny-alternate-on-application", by="steps")
def test_the_alternate_is_taken_if_the_application_names_one(counter: Counter) -> None:
    """With an alternate the request goes on as that kind; without, a new application is needed."""
    named = counter.applies("caged", "03-04", {"COLLO.ALTKIND": "CAGELESS"})
    none = counter.applies("caged", "03-04")

    assert "names no alternate" in none.attempt("03-12 feasible-alternate").refused
    assert ("QUOTING", "cageless") == (named.act("03-12 feasible-alternate").state, named.order.product)


@pytest.mark.carries("deny-not-from-postings", by="steps")
@pytest.mark.carries("denial-queue-order", by="steps")
def test_a_denial_for_space_does_not_count_posted_sites(counter: Counter) -> None:
    """Counting them it is refused; otherwise the request joins the queue at the instant of its receipt."""
    case = counter.applies("caged", "03-04 10:15")
    counted = case.attempt("03-12 denied-space counts_posted_sites=true").refused
    case.act("03-12 denied-space")

    assert "posted in the inventory" in counted
    assert ("denied", case.order.received_at) == (case.place.queue, case.place.rank_at)


@pytest.mark.carries("entrance-express-deny", by="steps")
def test_another_ground_of_denial_is_told(counter: Counter) -> None:
    """A single conduit with two innerducts left is no place for express fiber; the request ends with that."""
    case = counter.applies("caged", "03-04", {"TERMS.EFTYPE": "EXPRESS"}).act("03-12 denied-other text=single-conduit")

    assert ("DENIED_OTHER", True) == (case.state, "single-conduit" in case.telling("denial"))


@pytest.mark.carries("equip-dispute-no-delay", by="steps")
def test_a_dispute_about_equipment_stops_nothing(counter: Counter) -> None:
    """The interval runs on to the same day, and the CLEC is told so."""
    case = _quoted(counter).act("03-31 acceptance paid=99999.00")
    due = case.due("rfs-physical-u-t")
    case.act("04-05 equipment-dispute")

    assert (due, "IN_CONSTRUCTION") == (case.due("rfs-physical-u-t"), case.state)
    assert "goes on within the ordinary interval" in case.telling("status")


@pytest.mark.carries("space-held-during-quote", by="steps")
@pytest.mark.carries("microwave-quote-with-collo", by="steps")
def test_a_quotation_lists_its_elements_and_stands(counter: Counter) -> None:
    """The space is held while it stands; a microwave entrance may be quoted with it, line by line."""
    elements = [{"code": "SPACE-CONSTRUCTION"}, {"code": "8.1.2.1", "quantity": 24}]
    case = _quoted(counter, elements=elements)
    told = case.telling("quotation")

    assert "held" == case.place.status
    assert "24 x 8.1.2.1 Entrance facility, standard shared, per fiber: 14791.68 once, 130.56 a month" in told
    assert "until the end of Fri 2027-04-23" in told


@pytest.mark.carries("qpf-nonrefundable", by="steps")
def test_the_quote_preparation_fee_is_credited_and_never_refunded(counter: Counter) -> None:
    """It lowers the balance when the job is done; nothing else of it comes back."""
    case = _quoted(counter, elements=[{"code": "SPACE-CONSTRUCTION"}, {"code": "8.1.1.1"}])
    case.act("03-31 acceptance paid=12642.15").act("06-21 ready")

    assert "balance of 11357.85 dollars" in case.telling("ready")


@pytest.mark.carries("rfs-extension-in-quote", by="steps")
@pytest.mark.carries("major-infrastructure-list", by="steps")
def test_an_extended_interval_states_its_need(counter: Counter) -> None:
    """A later date without its need is refused; with it the date binds, up to 150 Days."""
    unstated = _quoted(counter, ready_on="2027-07-30").refused
    other = counter.applies("caged", "03-24").act("03-29 feasible")
    beyond = other.decide("03-31", "quote", ready_on="2027-08-22", extension_for="permits").refused
    other.decide("04-01", "quote", ready_on="2027-08-21", extension_for="permits", major_infrastructure=True)
    other.act("04-05 acceptance paid=99999.00")

    assert "binds only if its need is stated" in unstated
    assert "more than 150 Days" in beyond
    assert "2027-08-21" == str(other.order.due_date)


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("caged", marks=pytest.mark.carries("rfs-physical-f-major", by="steps")),
        pytest.param("virtual", marks=pytest.mark.carries("rfs-virtual-f-major", by="steps")),
    ],
)
def test_a_forecast_job_keeps_its_ninety_days(counter: Counter, kind: str) -> None:
    """Major infrastructure extends it only by agreement or waiver."""
    counter.applies("forecast", "01-03", {"COLLO.ALTKIND": kind.upper()})
    case = _quoted(counter, kind, ready_on="2027-07-30", extension_for="permits", major_infrastructure=True).act(
        "03-31 acceptance paid=99999.00"
    )

    assert "2027-06-02" == str(case.order.due_date)


_FORECASTS = "collocation.forecasts"


@pytest.mark.carries("forecast-60d", {f"{_FORECASTS}.days_on_file": 61})
def test_a_forecast_is_sixty_days_on_file(counter: Counter) -> None:
    """On day 60 it counts, on day 59 it does not."""
    counter.applies("forecast", "01-03")
    counter.applies("forecast", "01-04", {"COLLO.PREM": "BOISIDNW"})

    assert "forecast" in counter.applies("caged", "03-04").order.facts["conditions"]
    later = counter.applies("caged", "03-04", {"COLLO.PREM": "BOISIDNW"})
    assert "forecast" not in later.order.facts["conditions"]


@pytest.mark.carries("forecast-accuracy", {f"{_FORECASTS}.tolerance_percent": 21})
def test_a_forecast_is_within_twenty_percent(counter: Counter) -> None:
    """Of 100 square feet forecast 80 to 120 may be asked for, not 79 or 121."""
    counter.applies("forecast", "01-01")

    asked = {feet: counter.applies("caged", "03-04", {"SPACE.SQFT": feet}) for feet in ("79", "80", "120", "121")}
    held = [feet for feet, case in asked.items() if "forecast" in case.order.facts["conditions"]]
    assert ["80", "120"] == held


@pytest.mark.carries("forecast-kind-substitute", {"collocation.kinds.cageless.forecast_kinds": ("cageless",)})
def test_another_physical_kind_may_take_the_place_of_the_one_forecast(counter: Counter) -> None:
    """Cageless space counts as forecast by the forecast of a cage; virtual space does not."""
    counter.applies("forecast", "01-01")

    cageless, virtual = counter.applies("cageless", "03-04"), counter.applies("virtual", "03-04")
    assert [True, False] == ["forecast" in case.order.facts["conditions"] for case in (cageless, virtual)]


@pytest.mark.carries("forecast-or-reserved", by="steps")
def test_reserved_space_counts_as_forecast(counter: Counter) -> None:
    """An application at the Premises of a reservation in force has the forecast interval."""
    case = counter.applies("reservation", "01-04").act("01-08 feasible").act("01-11 quote").act("01-12 acceptance")
    case.act("01-13 payment-received amount=6000.00")

    assert {"forecast", "reserved"} <= set(counter.applies("caged", "03-04").order.facts["conditions"])


@pytest.mark.carries("space-report-charge", by="steps")
def test_a_report_is_charged_for_its_premises(counter: Counter) -> None:
    """The notice that gives it states the charge of one report for one Premises."""
    case = counter.applies("space-report", "03-04").act("03-12 report text=twelve-bays")

    assert [] == [part for part in ("twelve-bays", "313.63") if part not in case.told]
