"""Outages, maintenance and pre-order queries in the month's report: GA-1, GA-4, GA-7 and PO-1."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from gateway.record.preorder import QueryEntry
from gateway.record.registers import RegisterRow
from gateway.services.customer_records import WriteBeside
from tests.rig.office import PARTNER
from tests.unit.gateway.reports.pid.conftest import Books

_HOURS = 31 * 24 - 1
"""Of March 2026, in which the clocks went forward; every hour of it is promised as long as no hours are published."""


def _entry(name: str, register: str, data: Mapping[str, Any], key: str = "lsr-gateway") -> RegisterRow:
    return RegisterRow(
        id=f"reg_019ce000000_{name}",
        register=register,
        partner_id=None,
        key=key,
        data=dict(data),
        section="Exhibit B GA-1",
        valid_from=date(2026, 3, 1),
        valid_until=None,
        entered_by="key_operator",
        entered_at=datetime(2026, 4, 1, tzinfo=UTC),
    )


def _outage(name: str, began: str, restored: str, **more: Any) -> RegisterRow:
    told = {"began_at": f"2026-03-{began}:00Z", "restored_at": f"2026-03-{restored}:00Z", "what": name}
    return _entry(name, "interface-outages", told | more)


def _maintenance(name: str, begins: str, ends: str, announced: str) -> RegisterRow:
    told = {"begins_at": f"2026-03-{begins}:00Z", "ends_at": f"2026-03-{ends}:00Z", "what": name}
    return _entry(name, "interface-maintenance", told | {"announced_at": f"2026-03-{announced}:00Z"})


async def test_availability_loses_outages_and_late_announced_maintenance_once(books: Books) -> None:
    """Announced work is no promised time; late announced work is an outage; hours lost twice are lost once."""
    withdrawn = replace(_outage("mistake", "20T10:00", "20T20:00"), withdrawn_at=datetime(2026, 4, 2, tzinfo=UTC))
    entries = (
        _maintenance("announced", "08T08:00", "08T12:00", "06T08:00"),
        _maintenance("late", "15T08:00", "15T10:00", "14T08:00"),
        _outage("overlaps", "15T09:00", "15T11:00"),
        _outage("in-maintenance", "08T09:00", "08T10:00"),
        withdrawn,
    )
    await books.office.record.commit(WriteBeside(entries))
    ledger = await books.report()

    figure = ledger.figure("GA-1")
    assert (str((_HOURS - 4 - 3) * 3600), (_HOURS - 4) * 3600) == (figure["numerator"], figure["denominator"])
    assert {"announced_maintenance": 1} == figure["excluded"]
    assert str(Fraction(_HOURS, _HOURS)) == ledger.figure("GA-4")["result"]
    taken = {
        one["pon"]: one.get("value") or one["reason"] for one in ledger.records if one["figure"].startswith("GA-1|")
    }
    hours = {"late": "-7200", "overlaps": "-3600", "in-maintenance": "0", "announced": "announced_maintenance"}
    assert hours | {"Scheduled time of lsr-gateway": str((_HOURS - 4) * 3600)} == taken


async def test_an_outage_after_a_release_counts_when_it_is_resolved(books: Books) -> None:
    """Resolved within 48 hours it is met; what began too long after the release is left out with that reason."""
    release = _entry("release", "releases", {}, key="r2")
    entries = (
        release,
        _outage("quick", "03T10:00", "05T10:00", release="r2"),
        _outage("slow", "04T10:00", "06T10:01", release="r2"),
        _outage("later", "20T10:00", "20T11:00", release="r2"),
        _outage("twice", "03T11:00", "05T10:00", release="r2", duplicate_of="quick"),
    )
    await books.office.record.commit(WriteBeside(entries))
    figure = (await books.report()).figure("GA-7")

    assert ("1/2", {"duplicate_defect": 1, "not_after_release": 1}) == (figure["result"], figure["excluded"])


async def test_answers_to_queries_are_timed_by_type_and_clec(books: Books) -> None:
    """Mean seconds of the answered ones; errors and silence are left out; a type the exhibit lacks is no record."""

    def query(number: int, outcome: str, micros: int, measure: int | None = 4) -> QueryEntry:
        at = datetime(2026, 3, 10, 12, tzinfo=UTC)
        return QueryEntry(f"qry_019ce{number:06}_1", at, PARTNER, "address", measure, outcome, micros, "territory", 0)

    entries = (
        query(1, "found", 100_000),
        query(2, "not-found", 200_000),
        query(3, "error", 900_000),
        query(4, "silent", 900_000),
        query(5, "found", 5, measure=None),
    )
    await books.office.record.commit(WriteBeside(entries))
    ledger = await books.report(partner=PARTNER)

    figure = ledger.figure("PO-1(4)", PARTNER)
    assert ("3/20", 2) == (figure["result"], figure["denominator"])
    assert {"rejected_or_error": 1, "timed_out": 1} == figure["excluded"]
    assert ["qry_019ce000001_1"] == [one["order"] for one in ledger.records if one.get("value") == "1/10"]
    assert "PO-2A" in {one["measure"] for one in ledger.summary["without_records"]}
