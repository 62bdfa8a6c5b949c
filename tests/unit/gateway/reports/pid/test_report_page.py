import re
from collections import Counter
from datetime import UTC, datetime

from lxml import html

from gateway.reports.desk import Reports
from gateway.reports.measures.month import Month
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.pid.as_html import PidPage
from gateway.reports.pid.as_json import summary
from gateway.reports.pid.shown_records import ShownRecords
from gateway.reports.pid.trend import Trend
from tests.unit.gateway.reports.pid.conftest import Books


async def _page(books: Books) -> tuple[str, html.HtmlElement]:
    reports = Reports(books.office.record, books.office.desk.agreements, load_measure_terms())
    shown = ShownRecords()
    made = await reports.pid(Month(2026, 4), shown)
    text = PidPage(made, shown, await reports.trend(made, 3), reports.terms, "https://gateway.example/").html()
    return text, html.document_fromstring(text)


async def _two_months(books: Books) -> str:
    foc = {"due_date": "2026-03-16"}
    await books.loop(
        "PAGE0001",
        ("2026-03-04T10:00", "confirm", foc),
        ("2026-03-16T15:00", "complete", {"completed_on": "2026-03-16", "zone": 1}),
    )
    await books.at("2026-03-30T09:00")
    return await books.loop(
        "PAGE0002",
        ("2026-04-06T10:00", "confirm", {"due_date": "2026-04-10"}),
        ("2026-04-13T15:00", "complete", {"completed_on": "2026-04-13", "zone": 1}),
        DDD="04-10-2026",
    )


async def test_every_figure_leads_to_its_records_and_each_record_to_its_order(books: Books) -> None:
    """Each link inside the page has its target, no name is used twice, and an order is shown with id and address."""
    order_id = await _two_months(books)

    _, page = await _page(books)

    ids: Counter[str] = Counter(page.xpath("//@id"))
    inside = {target[1:] for target in page.xpath("//a/@href") if target.startswith("#")}
    assert set() == inside - ids.keys()
    assert 1 == max(ids.values())
    assert {f"https://gateway.example/v1/orders/{order_id}"} == set(
        page.xpath("//td/../th/a[contains(@href, '/v1/')]/@href")
    )
    assert order_id in page.text_content()


async def test_the_page_says_in_words_what_it_draws_and_needs_nothing_from_outside(books: Books) -> None:
    """Charts have a name and a sentence, tables a caption and headers and a label of their own, verdicts a word."""
    await _two_months(books)

    text, page = await _page(books)

    charts = page.xpath("//figure/svg")
    assert len(charts) >= 2
    assert [True] * len(charts) == [bool(chart.get("aria-label")) and chart.get("role") == "img" for chart in charts]
    assert all(table.xpath("./caption") and table.xpath(".//th[@scope='col']") for table in page.xpath("//table"))
    assert [1] == list(set(Counter(page.xpath("//*[@role='region']/@aria-label")).values()))
    assert "✗ missed" in text
    assert [] == re.findall(r"<script|src=|@import|url\(http", text)


async def test_a_month_that_may_still_change_is_called_provisional(books: Books) -> None:
    """Until 62 days after its end the page and the figures say so, and until when; after that neither does."""
    notes = []
    for now in (datetime(2026, 5, 2, tzinfo=UTC), datetime(2026, 7, 3, tzinfo=UTC)):
        reports = Reports(books.office.record, books.office.desk.agreements, load_measure_terms(), now=now)
        made = await reports.pid(Month(2026, 4), ShownRecords())
        page = PidPage(made, ShownRecords(), Trend(), reports.terms).html()
        notes.append((summary(made)["provisional"], summary(made)["closes_on"], "Provisional." in page))

    assert [(True, "2026-07-02", True), (False, "2026-07-02", False)] == notes


async def test_a_month_is_drawn_again_to_the_same_bytes(books: Books) -> None:
    """Nothing of when or by whom it was made is in the page."""
    await _two_months(books)

    assert (await _page(books))[0] == (await _page(books))[0]
