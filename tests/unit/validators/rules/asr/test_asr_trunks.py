"""Orders for local interconnection trunks, section 7."""

from datetime import date

import pytest

from tests.rig.court import MORE_TRUNKS, NEW_YEAR, TRUNKS, TRUNKS_264, Court
from tests.unit.validators.rules.asr.dossiers import entered, knowing
from validators.registers.trunks import FORECASTS, PLANNING_MEETINGS, SERVICING_REQUESTS
from validators.rules.case import PartnerCodes
from validators.verdict import Outcome, Severity

_SINGLE = {"ADMIN.QTY": "25", "TRUNKING.TCIC": "00001-00025", "TRUNKING.CFA": ""}


def _found(
    court: Court,
    name: str,
    sets: dict[str, str] | None = None,
    drops: tuple[str, ...] = (),
    partner: PartnerCodes | None = None,
) -> dict[str, Severity]:
    judged = court.judged(court.request(name, sets, drops), received=NEW_YEAR, partner=partner)
    return {finding.rule: finding.severity for finding in judged.verdict.findings}


@pytest.mark.trips("lis-ds1-increments")
@pytest.mark.passes("lis-ds1-increments")
def test_local_trunks_come_by_the_ds1(court: Court) -> None:
    """25 trunks for local traffic are refused, 25 for operator services are not."""
    assert "lis-ds1-increments" in _found(court, TRUNKS, _SINGLE)
    assert "lis-ds1-increments" not in _found(court, TRUNKS, {**_SINGLE, "TRUNKING.TRFTYP": "OP"})
    assert {} == _found(court, TRUNKS)


@pytest.mark.trips("lis-ss7-on-order")
@pytest.mark.passes("lis-ss7-on-order")
def test_signaling_is_asked_for(court: Court) -> None:
    """Local trunks ask for SS7 by circuit codes or by out-of-band signaling; directory assistance need not."""
    drops = ("TRUNKING.TCIC", "TRUNKING.CSPC")

    assert "lis-ss7-on-order" in _found(court, TRUNKS, {"TQ.TK SIG": "TA"}, drops)
    assert "lis-ss7-on-order" not in _found(court, TRUNKS, drops=drops)
    assert "lis-ss7-on-order" not in _found(court, TRUNKS, {"TQ.TK SIG": "TA", "TRUNKING.TRFTYP": "DA"}, drops)


@pytest.mark.trips("lis-64ccc-on-order")
@pytest.mark.passes("lis-64ccc-on-order")
def test_clear_channel_needs_ss7(court: Court) -> None:
    """64CCC on trunks without SS7 is refused."""
    asked = {"ADMIN.REMARKS": "PLEASE 64CCC"}

    assert "lis-64ccc-on-order" in _found(court, TRUNKS, asked, ("TRUNKING.TCIC", "TRUNKING.CSPC"))
    assert {} == _found(court, TRUNKS, asked)


@pytest.mark.trips("lis-no-direct-remote")
@pytest.mark.passes("lis-no-direct-remote")
def test_no_group_runs_to_a_remote(court: Court) -> None:
    """A CLLI code with RS names a remote switch."""
    assert "lis-no-direct-remote" in _found(court, TRUNKS, {"TRUNKING.SECLOC": "BOISIDMARS1"})
    assert "lis-no-direct-remote" not in _found(court, TRUNKS, {"TRUNKING.SECLOC": "BOISIDMADS1"})


@pytest.mark.trips("lis-eict-needed-at-collocation")
@pytest.mark.passes("lis-eict-needed-at-collocation")
def test_a_collocation_needs_its_tie(court: Court) -> None:
    """Trunks to a physical collocation name the EICT, or the request that brings it."""
    there = {"ADMIN.PSLI": "C"}

    assert "lis-eict-needed-at-collocation" in _found(court, TRUNKS, there, ("TRUNKING.CFA",))
    by_request = _found(court, TRUNKS, {**there, "ADMIN.RPON": "EICT0001"}, ("TRUNKING.CFA",))
    assert "lis-eict-needed-at-collocation" not in by_request


@pytest.mark.trips("asr-lis-required-content")
@pytest.mark.passes("asr-lis-required-content")
def test_what_is_not_stated_is_clarified(court: Court) -> None:
    """Facilities or transport that are not stated are no ground to reject: a person asks."""
    judged = court.judged(court.request(TRUNKS, drops=("TRUNKING.CFA",)), received=NEW_YEAR)

    assert Outcome.DEFERRED == judged.verdict.outcome
    assert {"asr-lis-required-content": Severity.DEFER} == _found(court, TRUNKS, drops=("TRUNKING.CFA",))
    assert "asr-lis-required-content" in _found(court, TRUNKS, drops=("TQ.TGTYP",))
    assert {} == _found(court, TRUNKS)


@pytest.mark.trips("asr-cfa-channels")
@pytest.mark.passes("asr-cfa-channels")
@pytest.mark.parametrize(
    "facility",
    ["4001/T1/1-25/BOISIDMAK99/BOISIDXYW01", "4001/T1/1-12/BOISIDMAK99/BOISIDXYW01", "1/T3/29/BOISIDMAK99/BOISIDXYW01"],
)
def test_channels_lie_in_the_facility(court: Court, facility: str) -> None:
    """A DS1 has 24 channels and a DS3 28, and each trunk has one."""
    assert "asr-cfa-channels" in _found(court, TRUNKS, {"TRUNKING.CFA": facility})
    assert {} == _found(court, TRUNKS_264)


@pytest.mark.trips("asr-nxx-routing-data")
@pytest.mark.passes("asr-nxx-routing-data")
def test_codes_are_routed_somewhere(court: Court) -> None:
    """Code routing over an existing group names the group."""
    change = {"ADMIN.ACT": "C", "ADMIN.TQ": "CN", "ADMIN.ECCKT": "A1/TG/B2"}

    assert "asr-nxx-routing-data" in _found(court, TRUNKS, change, ("ADMIN.ACTI",))
    named = _found(court, TRUNKS, {**change, "ADMIN.TSC": "AQ234567"}, ("ADMIN.ACTI",))
    assert "asr-nxx-routing-data" not in named
    assert {} == _found(court, TRUNKS)


@pytest.mark.trips("lis-planning-before-first-order")
@pytest.mark.passes("lis-planning-before-first-order")
def test_first_trunks_wait_for_a_meeting(court: Court) -> None:
    """Where meetings are kept, first trunks to another switch wait for a person; elsewhere nothing is asked."""
    other = knowing(entered(PLANNING_MEETINGS, "NAMPIDXYDS0", held_on=date(2026, 12, 1)))
    held = knowing(entered(PLANNING_MEETINGS, "BOISIDXYDS0", held_on=date(2026, 12, 1)))
    to_come = knowing(entered(PLANNING_MEETINGS, "BOISIDXYDS0", held_on=date(2027, 1, 5)))

    assert {"lis-planning-before-first-order": Severity.DEFER} == _found(court, TRUNKS, partner=other)
    assert "lis-planning-before-first-order" in _found(court, TRUNKS, partner=to_come)
    assert {} == _found(court, TRUNKS, partner=held)
    assert {} == _found(court, TRUNKS)
    assert "lis-planning-before-first-order" not in _found(court, MORE_TRUNKS, partner=other)


@pytest.mark.trips("lis-forecast-not-precondition")
@pytest.mark.passes("lis-forecast-not-precondition")
def test_a_forecast_is_no_condition(court: Court) -> None:
    """More than was forecast warns; as much as was forecast, or no forecast, says nothing."""
    low = knowing(entered(FORECASTS, "BOISIDMA99T", trunks=23))

    assert {"lis-forecast-not-precondition": Severity.WARN} == _found(court, TRUNKS, partner=low)
    assert {} == _found(court, TRUNKS, partner=knowing(entered(FORECASTS, "BOISIDMA99T", trunks=24)))


@pytest.mark.trips("tgsr-response-ten-business-days")
@pytest.mark.passes("tgsr-response-ten-business-days")
def test_a_servicing_request_is_answered_in_ten_business_days(court: Court) -> None:
    """Christmas, New Year's Day and weekends do not count: from 17 December on the 4th of January is the tenth."""
    for sent_on, late in ((date(2026, 12, 16), True), (date(2026, 12, 17), False), (date(2026, 12, 18), False)):
        asked = knowing(entered(SERVICING_REQUESTS, "TGSR27000119", sent_on=sent_on, asks_for="augment"))

        assert late is ("tgsr-response-ten-business-days" in _found(court, MORE_TRUNKS, partner=asked))
