import json
from dataclasses import replace

from gateway.reports.desk import Reports
from gateway.reports.measures.month import Month
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.pid.as_html import PidPage
from gateway.reports.pid.comparison import comparison_json
from gateway.reports.pid.record_file import RecordFile
from gateway.reports.pid.shown_records import ShownRecords
from gateway.reports.pid.trend import Trend
from gateway.reports.terms_source import with_parameters
from tests.unit.gateway.reports.pid.conftest import Books


async def test_another_reading_shows_what_it_changes_down_to_the_order(books: Books) -> None:
    """With business days that begin at 08:00 a late request's clock starts later, and its FOC is in time."""
    await books.loop("COMP0001", ("2026-03-02T19:30", "confirm", {"due_date": "2026-03-16"}))
    await books.at("2026-03-03T19:30")
    order_id = await books.loop(
        "COMP0002", ("2026-03-09T04:00", "confirm", {"due_date": "2026-03-18"}), DDD="03-18-2026"
    )
    terms = load_measure_terms()
    other = replace(terms, readings=with_parameters(terms.readings, {"business_day_start": "08:00"}))
    reports = Reports(books.office.record, books.office.desk.agreements, terms)

    with RecordFile() as old, RecordFile() as new, RecordFile() as again:
        before = await reports.pid(Month(2026, 3), old)
        after = await reports.under(other).pid(Month(2026, 3), new)
        told = json.loads("".join(comparison_json(before, after, old, new)))
        await reports.pid(Month(2026, 3), again)
        same = json.loads("".join(comparison_json(before, before, old, again)))

    assert {"business_day_start": {"before": "00:00:00", "after": "08:00:00"}} == told["readings"]
    assert ["PO-5B(b)|UBL_2WNL|ID"] * 2 == [figure["figure"] for figure in told["figures"]]
    assert ("50.00 %", "100.00 %") == (told["figures"][0]["before"]["shown"], told["figures"][0]["after"]["shown"])
    assert [(order_id, "missed", "met")] == [(one["order"], one["before"], one["after"]) for one in told["records"]]
    assert ({}, {"business_day_start": "00:00:00"}) == (before.changed_readings, after.changed_readings)
    assert "shipped: 00:00:00" in PidPage(after, ShownRecords(), Trend(), other).html()
    assert ([], [], {}) == (same["figures"], same["records"], same["readings"])
