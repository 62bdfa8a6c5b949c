"""Embargoes of switch and frame conversions (12.3.24)."""

from datetime import date, datetime, timedelta

import pytest

from tests.rig.court import MORE_TRUNKS, MOUNTAIN, Court
from tests.unit.validators.rules.asr.dossiers import entered, knowing
from validators.registers.conversions import CONVERSIONS
from validators.registers.trunks import SERVICING_REQUESTS
from validators.rules.case import PartnerCodes
from validators.verdict import Severity

_CUT_OVER = date(2027, 3, 31)
_CONVERSION_ASR = {"ADMIN.REMARKS": "CONVERSION ASR FOR THE TANDEM"}


def _known(kind: str = "switch", *, changes: bool | None = None) -> PartnerCodes:
    conversion = entered(CONVERSIONS, "BOISIDMA", kind=kind, conversion_date=_CUT_OVER)
    if changes is None:
        return knowing(conversion)
    told = {"sent_on": date(2026, 12, 1), "asks_for": "conversion", "switch": "BOISIDMA99T", "changes": changes}
    return knowing(conversion, entered(SERVICING_REQUESTS, "TGSRCONV", **told))


def _found(
    court: Court, received: date, due: date, partner: PartnerCodes, sets: dict[str, str] | None = None
) -> dict[str, Severity]:
    at = datetime(received.year, received.month, received.day, 10, tzinfo=MOUNTAIN)
    request = court.request(MORE_TRUNKS, {"ADMIN.DDD": f"{due:%m-%d-%Y}", "ADMIN.EXP": "Y", **(sets or {})})
    found = court.judged(request, received=at, partner=partner).verdict.findings
    return {one.rule: one.severity for one in found if one.rule != "lis-expedite-charge"}


@pytest.mark.trips("embargo-trunk-side-asr-reject")
@pytest.mark.passes("embargo-trunk-side-asr-reject")
def test_in_an_embargo_no_order_is_taken(court: Court) -> None:
    """From 30 Days before the cut-over on 31 March, which is 1 March, to 5 Days after it, both days in it."""
    refused = [
        day
        for day in (date(2027, 2, 26), date(2027, 3, 1), _CUT_OVER, date(2027, 4, 5), date(2027, 4, 6))
        if "embargo-trunk-side-asr-reject" in _found(court, day, date(2027, 6, 1), _known())
    ]

    assert [date(2027, 3, 1), _CUT_OVER, date(2027, 4, 5)] == refused


@pytest.mark.trips("embargo-trunk-side-asr-reject")
@pytest.mark.passes("embargo-trunk-side-asr-reject")
def test_who_asked_for_changes_has_the_longer_embargo(court: Court) -> None:
    """60 Days bind the CLEC whose own trunks change with the conversion, and nobody else."""
    day = _CUT_OVER - timedelta(days=58)

    assert "embargo-trunk-side-asr-reject" in _found(court, day, date(2027, 6, 1), _known(changes=True))
    assert "embargo-trunk-side-asr-reject" not in _found(court, day, date(2027, 6, 1), _known(changes=False))


@pytest.mark.trips("embargo-switch-window")
@pytest.mark.passes("embargo-switch-window")
@pytest.mark.trips("embargo-frame-window")
@pytest.mark.passes("embargo-frame-window")
def test_no_day_within_an_embargo_is_asked_for(court: Court) -> None:
    """An order that comes before the embargo is dated before or after it."""
    early = date(2027, 1, 4)

    for kind in ("switch", "frame"):
        assert {f"embargo-{kind}-window"} == set(_found(court, early, date(2027, 3, 1), _known(kind)))
        assert {f"embargo-{kind}-window"} == set(_found(court, early, date(2027, 4, 5), _known(kind)))
        assert {} == _found(court, early, date(2027, 2, 26), _known(kind))
        assert {} == _found(court, early, date(2027, 4, 6), _known(kind))


@pytest.mark.passes("embargo-switch-window")
def test_an_upgrade_brings_only_the_days_it_names(court: Court) -> None:
    """What is no conversion has an embargo only if an operator enters one."""
    upgrade = entered(CONVERSIONS, "BOISIDMA", kind="upgrade", conversion_date=_CUT_OVER)

    assert {} == _found(court, date(2027, 3, 15), date(2027, 3, 31), knowing(upgrade))


@pytest.mark.trips("conversion-asr-like-for-like-30-days")
@pytest.mark.passes("conversion-asr-like-for-like-30-days")
def test_a_conversion_asr_is_taken_in_an_embargo(court: Court) -> None:
    """It comes 30 Days ahead; a late one is taken, and a person looks at it."""
    in_time = _found(court, date(2027, 3, 1), _CUT_OVER, _known(), _CONVERSION_ASR)
    late = _found(court, date(2027, 3, 2), _CUT_OVER, _known(), _CONVERSION_ASR)

    assert {} == in_time
    assert {"conversion-asr-like-for-like-30-days": Severity.DEFER} == late


@pytest.mark.trips("conversion-asr-change-60-days")
@pytest.mark.passes("conversion-asr-change-60-days")
def test_what_changes_with_a_conversion_comes_earlier(court: Court) -> None:
    """An answer to a conversion TGSR that adds or changes something comes 60 Days ahead."""
    answer = {"ADMIN.BIC ID": "TGSRCONV"}

    assert {} == _found(court, date(2027, 1, 29), _CUT_OVER, _known(changes=True), answer)
    late = _found(court, date(2027, 2, 1), _CUT_OVER, _known(changes=True), answer)
    assert {"conversion-asr-change-60-days": Severity.DEFER} == late
