"""Orders for unbundled dark fiber, section 9.7."""

from datetime import date

import pytest

from tests.rig.court import NEW_YEAR, REARRANGED, TRANSPORT, TRANSPORT_ENDS, Court
from tests.unit.validators.rules.asr.dossiers import entered, knowing
from validators.agreement.product_terms import WireCenters
from validators.registers.buildings import WIRE_CENTERS
from validators.rules.case import PartnerCodes

_FIBER = {"TRANSPORT.NC": "UDF-"}
_AVAILABILITY, _TRANSITION = "avail-dark-fiber", "nonimpaired-transition-dark-fiber"


def _found(
    court: Court, name: str, partner: PartnerCodes | None = None, agreement: str = "idaho-2021"
) -> dict[str, str]:
    request = court.request(name, _FIBER if name != TRANSPORT_ENDS else {})
    judged = court.judged(request, received=NEW_YEAR, partner=partner, agreement=agreement)
    return {finding.rule: finding.section for finding in judged.verdict.findings}


@pytest.mark.trips("avail-dark-fiber")
@pytest.mark.passes("avail-dark-fiber")
def test_dark_fiber_is_not_newly_ordered(court: Court) -> None:
    """A new order is rejected citing 9.7.0; what is in place is changed and disconnected as before."""
    assert {_AVAILABILITY: "9.7.0"} == _found(court, TRANSPORT)
    assert {} == _found(court, REARRANGED)
    assert {} == _found(court, TRANSPORT_ENDS)
    assert _AVAILABILITY not in _found(court, TRANSPORT, agreement="template")


@pytest.mark.parametrize(
    ("closed", "listed", "refused"),
    [
        ("listed", {"BOISIDMA": None, "TWFLIDMA": None}, True),
        ("listed", {"BOISIDMA": None}, False),
        ("unlisted", {"BOISIDMA": None, "TWFLIDMA": None}, False),
        ("unlisted", {"BOISIDMA": None}, True),
    ],
)
def test_a_list_of_wire_centers_may_say_where(
    court: Court, closed: str, listed: dict[str, None], *, refused: bool
) -> None:
    """The clause ends the offer in line with the ILEC's list, whichever way that is to be read."""
    template = court.judge.agreements["template"]
    terms = {"listed": listed, "closed": closed, "ends": "both", "until": date(2021, 2, 8), "section": "9.7.0"}
    fiber = template.products["dark-fiber"].model_copy(update={"wire_centers": WireCenters.model_validate(terms)})
    judged = court.under(template.model_copy(update={"products": {**template.products, "dark-fiber": fiber}}))

    assert refused is (_AVAILABILITY in _found(judged, TRANSPORT, agreement="template"))
    assert _AVAILABILITY not in _found(judged, REARRANGED, agreement="template")


@pytest.mark.trips("nonimpaired-transition-dark-fiber")
@pytest.mark.passes("nonimpaired-transition-dark-fiber")
@pytest.mark.parametrize(("approved", "over"), [(date(2026, 7, 7), True), (date(2026, 7, 8), False)])
def test_fiber_between_listed_wire_centers_is_moved_in_180_days(court: Court, approved: date, *, over: bool) -> None:
    """They count from the day on which the second end was approved; one listed end moves nothing."""
    listed = {"listed_as": "non-impaired-dark-fiber"}
    boise, long_ago = (
        entered(WIRE_CENTERS, "BOISIDMA", **listed, approved_on=day) for day in (approved, date(2026, 1, 5))
    )
    twin_falls = entered(WIRE_CENTERS, "TWFLIDMA", **listed, approved_on=date(2026, 1, 5))

    assert over is (_TRANSITION in _found(court, REARRANGED, knowing(boise, twin_falls)))
    assert _TRANSITION in _found(court, REARRANGED, knowing(long_ago, twin_falls))
    assert _TRANSITION not in _found(court, REARRANGED, knowing(twin_falls))
