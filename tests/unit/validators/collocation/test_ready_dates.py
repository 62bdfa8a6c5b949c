"""The decision table of the ready dates, enumerated: kind, forecast, major infrastructure, acceptance, delivery."""

from datetime import UTC, date, datetime, timedelta
from itertools import product as combinations

import pytest

from validators.agreement.clocks import clocks_started
from validators.agreement.load import load_agreements
from validators.agreement.terms import Agreement
from validators.bundled import bundled_path

APPLIED = datetime(2027, 3, 4, 17, 15, tzinfo=UTC)
QUOTED = date(2027, 4, 8)
READY_ON = date(2027, 7, 20)
ACCEPTED = {"timely": datetime(2027, 4, 15, 20, tzinfo=UTC), "late": datetime(2027, 5, 8, 20, tzinfo=UTC)}
DELIVERED = datetime(2027, 7, 1, 15, tzinfo=UTC)
PHYSICAL, VIRTUAL = "caged", "virtual"
FORECAST, UNFORECAST = "forecast", "unforecast"


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    """Give the shipped agreement."""
    return load_agreements(bundled_path("config") / "agreements")["idaho-2021"]


def _ready(
    agreement: Agreement, kind: str, trigger: str, facts: set[str], acceptance: str
) -> list[tuple[str, date, str]]:
    accepted = ACCEPTED[acceptance]
    instants = {acceptance: accepted, "delivered": DELIVERED}
    if "extended" in facts:
        instants["ready-on"] = agreement.calendar.start_of(READY_ON)
    started = clocks_started(
        agreement,
        kind,
        trigger,
        received_at=APPLIED,
        application_at=APPLIED,
        event_at=DELIVERED if trigger == "late-start" else accepted,
        conditions=facts | {acceptance},
        instants=instants,
    )
    return [
        (clock.term.id, agreement.calendar.local_date(clock.due_at), clock.term.section)
        for clock in started
        if clock.term.sets_due_date
    ]


def _from(start: datetime, days: int) -> date:
    return start.date() + timedelta(days=days)


def _expected(kind: str, acceptance: str, *, forecast: bool, extended: bool) -> tuple[str, date]:
    """Give the row of 8.4.2.4, 8.4.3.4 and 8.4.4.4 by reading the clauses one by one."""
    accepted = ACCEPTED[acceptance]
    start = APPLIED if acceptance == "timely" else accepted
    place = acceptance[0]
    if kind == "icdf":
        if forecast:
            return f"rfs-icdf-f-{place}", _from(start, 45)
        plain = _from(start, 90)
        return f"rfs-icdf-u-{place}", max(plain, READY_ON) if extended else plain
    family = "virtual" if kind in ("virtual", "remote-virtual") else "physical"
    if forecast:
        return f"rfs-{family}-f-{place}", _from(start, 90)
    if extended:
        return f"rfs-{family}-u-major", max(READY_ON, _from(accepted, 120)) if acceptance == "late" else READY_ON
    return f"rfs-{family}-u-{place}", _from(start, 120)


@pytest.mark.parametrize(
    ("kind", "forecast", "extended", "acceptance"),
    list(
        combinations(
            ("caged", "cageless", "shared", "adjacent", "splitter", "virtual", "remote-virtual", "icdf"),
            (True, False),
            (True, False),
            ("timely", "late"),
        )
    ),
)
def test_every_combination_has_one_ready_date(
    agreement: Agreement, kind: str, acceptance: str, *, forecast: bool, extended: bool
) -> None:
    """Each combination of kind, forecast, stated extension and acceptance has one row, with its days and section."""
    facts = {name for name, holds in (("forecast", forecast), ("extended", extended), ("major", extended)) if holds}
    row, ready = _expected(kind, acceptance, forecast=forecast, extended=extended)

    found = _ready(agreement, kind, "acceptance-complete", facts, acceptance)

    assert [(row, ready)] == [(clock, day) for clock, day, _ in found]
    assert all(section.startswith("8.4.") for _, _, section in found)


@pytest.mark.parametrize(("kind", "acceptance"), list(combinations(("virtual", "icdf", "caged"), ("timely", "late"))))
def test_major_infrastructure_without_a_stated_date_extends_nothing(
    agreement: Agreement, kind: str, acceptance: str
) -> None:
    """The need and the duration must be in the quotation: else the standard interval holds."""
    row, ready = _expected(kind, acceptance, forecast=False, extended=False)

    assert [(row, ready)] == [
        found[:2] for found in _ready(agreement, kind, "acceptance-complete", {"major"}, acceptance)
    ]


@pytest.mark.parametrize(
    ("forecast", "acceptance", "row", "days"),
    [
        (True, "timely", "rfs-virtual-f-t-lateeq", 45),
        (True, "late", "rfs-virtual-f-l-lateeq", 45),
        (False, "timely", "rfs-virtual-u-t-lateeq", 75),
        (False, "late", "rfs-virtual-u-l-lateeq", 75),
    ],
)
def test_late_equipment_counts_from_its_delivery(
    agreement: Agreement, acceptance: str, row: str, days: int, *, forecast: bool
) -> None:
    """After day 53 the ready date is 45 Days from the last equipment if forecast, else 75."""
    facts = {"late-delivery", *(("forecast",) if forecast else ())}

    found = _ready(agreement, VIRTUAL, "late-start", facts, acceptance)

    assert [(row, _from(DELIVERED, days))] == [ready[:2] for ready in found]


@pytest.mark.parametrize(
    ("acceptance", "in_time", "row", "ready"),
    [
        ("timely", True, "rfs-fc-timely", _from(APPLIED, 90)),
        ("late", True, "rfs-fc-late", _from(ACCEPTED["late"], 90)),
        ("timely", False, "rfs-fc-late-ef", _from(DELIVERED, 45)),
        ("late", False, "rfs-fc-late-ef", max(_from(DELIVERED, 45), _from(ACCEPTED["late"], 90))),
    ],
)
def test_a_facility_connected_site_waits_for_its_entrance(
    agreement: Agreement, acceptance: str, row: str, ready: date, *, in_time: bool
) -> None:
    """90 Days from application or acceptance; with a late entrance facility 45 Days from it, never before the 90."""
    trigger, facts = ("acceptance-complete", set[str]()) if in_time else ("late-start", {"late-delivery"})

    found = _ready(agreement, "facility-connected", trigger, facts, acceptance)

    assert [(row, ready)] == [clock[:2] for clock in found]


@pytest.mark.parametrize(
    ("kind", "facts", "row", "ready"),
    [
        ("clec-to-clec", {"new-rack"}, "build-c2c-new-rack", _from(ACCEPTED["timely"], 60)),
        ("direct-connection", set(), "build-direct-30d", _from(ACCEPTED["timely"], 30)),
        ("direct-connection", {"sixty-days"}, "build-direct-60d", _from(ACCEPTED["timely"], 60)),
        ("splitter-augment", set(), "splitter-augment-30d", _from(APPLIED, 30)),
        ("splitter-reclassify", set(), "splitter-reclass-15d", _from(APPLIED, 15)),
        ("remote-physical", {"forecast"}, "rfs-physical-f-t", _from(APPLIED, 90)),
    ],
)
def test_links_splitters_and_remote_sites(
    agreement: Agreement, kind: str, facts: set[str], row: str, ready: date
) -> None:
    """Connections count from the acceptance, splitter work and remote sites from the application."""
    assert [(row, ready)] == [found[:2] for found in _ready(agreement, kind, "acceptance-complete", facts, "timely")]


@pytest.mark.parametrize(
    ("kind", "override"), list(combinations(("caged", "virtual", "icdf"), ("negotiated", "agreed-date")))
)
def test_a_negotiated_or_agreed_interval_takes_the_place_of_the_table(
    agreement: Agreement, kind: str, override: str
) -> None:
    """From the sixth application of a week on, and once a date is agreed or waived, no row of the table runs."""
    assert [] == _ready(agreement, kind, "acceptance-complete", {override, "forecast"}, "timely")
