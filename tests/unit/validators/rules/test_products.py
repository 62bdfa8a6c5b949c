"""Which product is meant, whether it is still offered, and in which quantity."""

from datetime import datetime

import pytest

from tests.rig.court import (
    CONDITIONED_LOOP,
    DISCONNECT,
    LOOP,
    LOOP_WITH_PORT,
    LOOPS_24,
    LOOPS_30,
    MOUNTAIN,
    PORT,
    Court,
)
from validators.codes import Code
from validators.verdict import Outcome, Severity

LSR = "/LocalServiceRequest/LSR"
NONLOADED, ISDN, XDSL, DS1, DS3 = (
    {"LSR.NC": "LXR-", "LSR.NCI": "02QB9.00A"},
    {"LSR.NC": "LX-N", "LSR.NCI": "02IS5.N"},
    {"LSR.NC": "LX-N", "LSR.NCI": "02QB5.00A"},
    {"LSR.NC": "HC--", "LSR.NCI": "04QB9.11"},
    {"LSR.NC": "HF--", "LSR.NCI": "04QB6.33"},
)
DS0, ANALOG_SUBLOOP = {"LSR.NC": "XD--", "LSR.NCI": "04DU5.56"}, {"LSR.NC": "LX--", "LSR.NCI": "02NO2"}
FAR = {"LSR.DDD": "06-30-2026"}
EEL, NO_CODES = {"LSR.REQTYP": "PB"}, ["LSR.NC", "LSR.NCI", "LSR.SECNCI"]


def _at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=MOUNTAIN)


@pytest.mark.parametrize(
    ("rule", "codes", "last"),
    [
        pytest.param("avail-analog-loop", {}, "02-02-2020", marks=pytest.mark.trips("avail-analog-loop")),
        pytest.param("avail-nonloaded-loop", NONLOADED, "02-07-2023", marks=pytest.mark.trips("avail-nonloaded-loop")),
        pytest.param("avail-isdn-loop", ISDN, "02-07-2023", marks=pytest.mark.trips("avail-isdn-loop")),
        pytest.param("avail-xdsl-loop", XDSL, "02-07-2023", marks=pytest.mark.trips("avail-xdsl-loop")),
        pytest.param("avail-ds1-loop", DS1, "02-07-2023", marks=pytest.mark.trips("avail-ds1-loop")),
        pytest.param("avail-ds3-loop", DS3, "02-07-2021", marks=pytest.mark.trips("avail-ds3-loop")),
        pytest.param("avail-subloop", {"LSR.NC": "UA--"}, "02-08-2021", marks=pytest.mark.trips("avail-subloop")),
        pytest.param("avail-nid", {"LSR.NC": "ND--"}, "02-08-2021", marks=pytest.mark.trips("avail-nid")),
        pytest.param("avail-ds0-digital-loop", DS0, "02-08-2023", marks=pytest.mark.trips("avail-ds0-digital-loop")),
        pytest.param(
            "avail-analog-subloop", ANALOG_SUBLOOP, "02-02-2020", marks=pytest.mark.trips("avail-analog-subloop")
        ),
    ],
)
def test_a_closed_product_names_the_last_date_on_which_it_was_offered(
    court: Court, rule: str, codes: dict[str, str], last: str
) -> None:
    """Under the agreement of 2021 a product past its end is refused, with its last application date."""
    found = next(f for f in court.findings(LOOP, FAR | codes, agreement="idaho-2021") if f.rule == rule)

    assert (Code.PRODUCT_CLOSED, Severity.REJECT, f"{LSR}/NC") == (found.code, found.severity, found.path)
    assert last in found.text


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        pytest.param("avail-analog-loop", {}, marks=pytest.mark.passes("avail-analog-loop")),
        pytest.param("avail-nonloaded-loop", NONLOADED, marks=pytest.mark.passes("avail-nonloaded-loop")),
        pytest.param("avail-isdn-loop", ISDN, marks=pytest.mark.passes("avail-isdn-loop")),
        pytest.param("avail-xdsl-loop", XDSL, marks=pytest.mark.passes("avail-xdsl-loop")),
        pytest.param("avail-ds1-loop", DS1, marks=pytest.mark.passes("avail-ds1-loop")),
        pytest.param("avail-ds3-loop", DS3, marks=pytest.mark.passes("avail-ds3-loop")),
        pytest.param("avail-subloop", {"LSR.NC": "UA--"}, marks=pytest.mark.passes("avail-subloop")),
        pytest.param("avail-nid", {"LSR.NC": "ND--"}, marks=pytest.mark.passes("avail-nid")),
        pytest.param("avail-ds0-digital-loop", DS0, marks=pytest.mark.passes("avail-ds0-digital-loop")),
        pytest.param("avail-analog-subloop", ANALOG_SUBLOOP, marks=pytest.mark.passes("avail-analog-subloop")),
    ],
)
def test_the_template_has_no_closing_dates(court: Court, rule: str, codes: dict[str, str]) -> None:
    """Under the template the same orders are not refused for their product."""
    assert rule not in {found.rule for found in court.findings(LOOP, FAR | codes)}


@pytest.mark.passes("avail-nonloaded-loop")
def test_the_last_day_is_still_in_time(court: Court) -> None:
    """An order before the cut-off of the last day is taken; after it, it has the next application date."""
    in_time = court.findings(CONDITIONED_LOOP, received=_at(2023, 2, 7, 18), agreement="idaho-2021")
    late = court.findings(CONDITIONED_LOOP, received=_at(2023, 2, 7, 20), agreement="idaho-2021")

    assert ([], ["avail-nonloaded-loop"]) == ([f.rule for f in in_time], [f.rule for f in late])


@pytest.mark.trips("avail-analog-loop")
def test_a_port_does_not_open_a_closed_loop(court: Court) -> None:
    """A loop with number portability is refused where its loop is closed; the port alone is not."""
    findings = court.findings(LOOP_WITH_PORT, agreement="idaho-2021")

    assert ["avail-analog-loop"] == [found.rule for found in findings]
    assert () == court.findings(PORT, agreement="idaho-2021")


def test_what_exists_may_still_be_disconnected(court: Court) -> None:
    """The end of an offer does not touch a disconnect."""
    assert () == court.findings(DISCONNECT, agreement="idaho-2021")


@pytest.mark.trips("avail-eel-transport")
def test_an_eel_past_its_end_is_refused(court: Court) -> None:
    """An enhanced extended loop is refused once its availability has ended in the agreement."""
    template = court.judge.agreements["template"]
    closed = court.judge.agreements["idaho-2021"].products["loop-ds1"].availability
    eel = template.products["eel"].model_copy(update={"availability": closed})
    agreement = template.model_copy(update={"products": {**template.products, "eel": eel}})

    findings = court.under(agreement).findings(LOOP, FAR | EEL, NO_CODES)

    assert "avail-eel-transport" in {found.rule for found in findings}


@pytest.mark.passes("avail-eel-transport")
def test_an_eel_without_an_end_is_not_refused(court: Court) -> None:
    """The template offers the enhanced extended loop."""
    findings = court.findings(LOOP, FAR | EEL, NO_CODES)

    assert "avail-eel-transport" not in {found.rule for found in findings}


@pytest.mark.trips("service-request-states-services")
def test_codes_that_name_no_product_are_told_with_all_fields(court: Court) -> None:
    """An unknown NC code is told with the fields that together would name a product."""
    found = next(f for f in court.findings(LOOP, {"LSR.NC": "ZZ--"}) if f.rule == "service-request-states-services")

    assert (f"{LSR}/NC", "ZZ--") == (found.path, found.value)
    assert {f"{LSR}/REQTYP", f"{LSR}/ACT", f"{LSR}/NC", f"{LSR}/NCI"} == set(found.also)


@pytest.mark.upholds("other-une-by-bfr")
@pytest.mark.upholds("combo-others-by-srp")
@pytest.mark.parametrize(
    ("codes", "way"), [({}, "bona fide request"), ({"LSR.REQTYP": "PB"}, "Special Request Process")]
)
def test_what_the_agreement_has_no_terms_for_is_told_its_way(court: Court, codes: dict[str, str], way: str) -> None:
    """Other elements and combinations are asked for by processes of their own (9.18, 9.23.2)."""
    found = next(f for f in court.findings(LOOP, {"LSR.NC": "ZZ--"} | codes) if f.code == Code.PRODUCT_UNKNOWN)

    assert Severity.REJECT is found.severity
    assert way in found.cure


@pytest.mark.passes("service-request-states-services")
def test_known_codes_name_a_product(court: Court) -> None:
    """The sample's codes name the two-wire analog loop."""
    judgement = court.judged(court.message(LOOP))

    assert ("loop-2w-analog", ()) == (judgement.facts.product, judgement.verdict.findings)


@pytest.mark.trips("network-codes-required")
def test_a_loop_without_codes_is_told_once(court: Court) -> None:
    """Without NC and NCI both are asked for; that no product is known is not told on top."""
    findings = court.findings(LOOP, drops=["LSR.NC", "LSR.NCI", "LSR.SECNCI"])

    assert [("network-codes-required", f"{LSR}/NC"), ("network-codes-required", f"{LSR}/NCI")] == [
        (found.rule, found.path) for found in findings
    ]


@pytest.mark.passes("network-codes-required")
def test_a_loop_with_codes_passes(court: Court) -> None:
    """NC and NCI are there."""
    assert () == court.findings(LOOP)


@pytest.mark.trips("nc-nci-required-xdsl")
def test_a_digital_loop_tells_its_spectral_mask(court: Court) -> None:
    """A non-loaded loop without NCI is refused by the clause on power spectral density (9.2.6.2)."""
    findings = court.findings(CONDITIONED_LOOP, drops=["LSR.NCI", "LSR.SECNCI"])

    assert [("nc-nci-required-xdsl", "9.2.6.2")] == [(found.rule, found.section) for found in findings]


@pytest.mark.passes("nc-nci-required-xdsl")
def test_a_digital_loop_with_its_mask_passes(court: Court) -> None:
    """NCI is there."""
    assert () == court.findings(CONDITIONED_LOOP)


@pytest.mark.trips("individual-case-quantity")
@pytest.mark.parametrize("drops", [[], ["LSR.PROJECT"]], ids=["with project", "without project"])
def test_more_than_the_highest_standard_quantity_is_deferred(court: Court, drops: list[str]) -> None:
    """Thirty loops are taken, and a person sets their date, project or not."""
    verdict = court.judged(court.message(LOOPS_30, drops=drops)).verdict

    assert Outcome.DEFERRED is verdict.outcome
    assert [("/LocalServiceRequest/LS/LQTY", "00030")] == [(f.path, f.value) for f in verdict.findings]


@pytest.mark.passes("individual-case-quantity")
def test_the_highest_standard_quantity_has_its_interval(court: Court) -> None:
    """Twenty-four loops are no individual case."""
    assert Outcome.ACCEPTED is court.judged(court.message(LOOPS_24)).verdict.outcome
