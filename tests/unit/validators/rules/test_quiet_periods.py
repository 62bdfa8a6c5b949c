"""What is issued or dated while a switch or frame is converted (12.3.24.7)."""

from datetime import datetime
from typing import Any

import pytest

from tests.rig.court import DISCONNECT, LOOP, MOUNTAIN, PORT, Court
from tests.rig.register_entries import entry, partner_with
from validators.registers.entry import Dossier, Entry
from validators.rules.case import Standing
from validators.verdict import Severity

OURS = {"LSR.DDD": "03-16-2026"}
THERE = {"LSR.LST": "BOISIDMADS0"}


def conversion(day: str, *, key: str = "BOISIDMA", **more: Any) -> Entry[Any]:
    """Give a switch conversion at the wire center of the samples."""
    return entry("conversions", key=key, **{"kind": "switch", "conversion_date": day, **more})


def told(court: Court, day: str, sets: dict[str, str], *, name: str = LOOP, **more: Any) -> list[tuple[str, str]]:
    """Give rule and severity of what is found about quiet periods; the conversion is on `day`."""
    message = court.message(name, sets)
    judged = court.judged(message, partner=partner_with(conversion(day, **more)))
    return [(f.rule, f.severity.value) for f in judged.verdict.findings if f.rule.startswith("quiet-")]


BOUND = pytest.mark.trips("quiet-period-reject")
FREE = pytest.mark.passes("quiet-period-reject")


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        pytest.param("2026-02-27", False, marks=FREE),
        pytest.param("2026-02-28", True, marks=BOUND),
        pytest.param("2026-03-07", True, marks=BOUND),
        pytest.param("2026-03-08", False, marks=FREE),
        pytest.param("2026-03-13", False, marks=FREE),
        pytest.param("2026-03-14", True, marks=BOUND),
        pytest.param("2026-03-21", True, marks=BOUND),
        pytest.param("2026-03-22", False, marks=FREE),
    ],
)
def test_the_windows_include_both_ends(court: Court, day: str, *, refused: bool) -> None:
    """From 5 Days before to 2 Days after: issued on Monday 2 March, due on Monday 16 March."""
    assert refused is (("quiet-period-reject", "reject") in told(court, day, OURS))


def test_the_reject_names_the_window_and_the_earliest_lawful_date(court: Court) -> None:
    """Dated into it: the first business day after; issued in it: also from when it may be issued."""

    def findings(day: str) -> Any:
        judged = court.judged(court.message(LOOP, OURS), partner=partner_with(conversion(day)))
        return next(f for f in judged.verdict.findings if f.rule == "quiet-period-reject")

    dated, issued = findings("2026-03-17"), findings("2026-03-01")

    assert "quiet period 03-12-2026 to 03-19-2026 of the switch at BOISIDMA" in dated.text
    assert "The earliest lawful due date is 03-20-2026." == dated.cure
    assert "Issue it on 03-04-2026 or later. The earliest lawful due date is 03-16-2026." == issued.cure


@pytest.mark.parametrize(
    ("sets", "more"),
    [
        ({"LSR.LST": "NAMPIDMADS0", "LSR.ACTL": "NAMPIDMAH7Z"}, {}),
        ({}, {"kind": "upgrade"}),
        ({}, {"kind": "upgrade", "quiet_period": {"first": "2026-03-20", "last": "2026-03-21"}}),
        ({"LSR.ACT": "R"}, {}),
    ],
    ids=["another wire center", "an upgrade", "an upgrade with a window of its own", "a record order"],
)
def test_what_no_quiet_period_binds(court: Court, sets: dict[str, str], more: dict[str, Any]) -> None:
    """Other places, upgrades without a window on that day, and orders that only change records."""
    assert ("quiet-period-reject", "reject") not in told(court, "2026-03-16", {**OURS, **sets}, **more)


def test_an_abbreviated_window_of_an_upgrade_binds(court: Court) -> None:
    """What the operator has entered for an upgrade holds as it stands (12.3.24.8)."""
    window = {"first": "2026-03-15", "last": "2026-03-16"}

    assert ("quiet-period-reject", "reject") in told(court, "2026-03-16", OURS, kind="upgrade", quiet_period=window)


@pytest.mark.trips("quiet-period-exempt")
@pytest.mark.passes("quiet-period-exempt")
def test_an_emergency_order_needs_its_reason_and_goes_to_a_person(court: Court) -> None:
    """With the reason it is put before a person; the word alone is no reason."""
    reasoned = told(court, "2026-03-16", {**OURS, "LSR.REMARKS": "EMERGENCY ORDER HOSPITAL WITHOUT SERVICE"})
    bare = told(court, "2026-03-16", {**OURS, "LSR.REMARKS": "EMERGENCY ORDER"})

    assert [("quiet-period-exempt", Severity.DEFER)] == reasoned
    assert [("quiet-period-reject", Severity.REJECT)] == bare


@pytest.mark.trips("quiet-disconnect-deferred")
@pytest.mark.passes("quiet-disconnect-deferred")
def test_a_disconnect_is_taken_and_worked_afterwards(court: Court) -> None:
    """Issued in the quiet period it is worked after it, whatever its date; dated into it, nothing is to be told."""
    issued = court.judged(court.message(DISCONNECT, THERE), partner=partner_with(conversion("2026-03-01")))
    (warning,) = [f for f in issued.verdict.findings if f.rule.startswith("quiet-")]

    assert ("quiet-disconnect-deferred", Severity.WARN) == (warning.rule, warning.severity)
    assert "from 03-04-2026 on" in warning.text
    assert [] == told(court, "2026-05-01", THERE, name=DISCONNECT)


def test_a_port_alone_is_exempt_and_found_by_its_exchange(court: Court) -> None:
    """It ends in a disconnect; a loop that ports a number of the exchange is bound without its wire center."""
    assert [] == told(court, "2026-03-03", {}, name=PORT, key="NAMPIDMA", exchanges=["986555"])


LATE = pytest.mark.trips("quiet-lnp-change-late")
IN_TIME = pytest.mark.passes("quiet-lnp-change-late")


@pytest.mark.trips("quiet-lnp-change-noon")
@pytest.mark.passes("quiet-lnp-change-noon")
@pytest.mark.parametrize(
    ("received", "remarks", "rules"),
    [
        pytest.param((2026, 3, 4, 12, 0), "", ["quiet-lnp-change-noon"], marks=IN_TIME),
        pytest.param((2026, 3, 4, 12, 1), "", ["quiet-lnp-change-noon", "quiet-lnp-change-late"], marks=LATE),
        pytest.param((2026, 3, 6, 12, 0), "CALL REF 77", ["quiet-lnp-change-noon"], marks=IN_TIME),
        pytest.param(
            (2026, 3, 6, 12, 1), "CALL REF 77", ["quiet-lnp-change-noon", "quiet-lnp-change-late"], marks=LATE
        ),
    ],
)
def test_a_port_in_a_quiet_period_is_re_dated_until_noon(
    court: Court, received: tuple[int, int, int, int, int], remarks: str, rules: list[str]
) -> None:
    """By supplement until noon of the day before 5 March, then by call until noon of the day after; as an emergency."""
    sets = {"LSR.SUP": "2", "LSR.VER": "02", "LSR.DDD": "03-12-2026"} | ({"LSR.REMARKS": remarks} if remarks else {})
    message = court.message(PORT, sets)
    closed = Dossier.of(conversion("2026-03-04", key="NAMPIDMA", exchanges=["986555"]))
    at = datetime(*received, tzinfo=MOUNTAIN)

    def found(dossier: Dossier) -> list[str]:
        standing = Standing(state="CONFIRMED", due_date=datetime(2026, 3, 5, tzinfo=MOUNTAIN).date(), dossier=dossier)
        return [f.rule for f in court.on_record(message, standing, at) if f.rule.startswith("quiet-")]

    assert rules == found(closed)
    assert [] == found(Dossier())
