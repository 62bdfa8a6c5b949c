import re

from lxml import html

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.pap.as_html import PapPage
from gateway.reports.pap.as_json import pap_csv
from gateway.reports.pap.diary import Diary
from tests.unit.gateway.reports.pap.conftest import Make, State


def test_the_page_shows_how_each_amount_came_about(share: Make, statement: State, basis: MeasureBasis) -> None:
    """Each submeasure leads to its chain of months, and each chain to the orders in the month's indicators."""
    loop = share("PO-5B(b)", "UBL_2WNL", 76, 100)
    report = statement([[loop], [loop]])

    text = PapPage(report, Diary(), basis.terms, "pid-2026-02.html").html()

    page = html.document_fromstring(text)
    inside = {target[1:] for target in page.xpath("//a/@href") if target.startswith("#")}
    assert set() == inside - set(page.xpath("//@id"))
    assert ["pid-2026-02.html#po-5b-b--ubl-2wnl-id"] == [to for to in page.xpath("//a/@href") if to.startswith("pid")]
    assert all(part in text for part in ("$4,200.00", "$4,550.00", "Level 3", "Month 2", "✗ fails", "2026-04-30"))
    assert [] == re.findall(r"<script|src=|@import|url\(http", text)


def test_each_chain_of_months_has_a_label_of_its_own(share: Make, statement: State, basis: MeasureBasis) -> None:
    """Two submeasures have two chains, which who hears the page tells apart by measure and product."""
    report = statement([[share("PO-5B(b)", "UBL_2WNL", 76, 100), share("OP-3D", "EEL_DS1", 10, 10)]])

    page = html.document_fromstring(PapPage(report, Diary(), basis.terms).html())

    labels = page.xpath("//*[@role='region']/@aria-label")
    assert 2 == len([label for label in labels if label.endswith(": From the first month with volume to this one")])
    assert len(labels) == len(set(labels))


def test_the_csv_has_a_line_for_each_submeasure(share: Make, statement: State) -> None:
    """The amounts stand there exactly, with what they are made of."""
    report = statement([[share("PO-5B(b)", "UBL_2WNL", 76, 100), share("OP-3D", "EEL_DS1", 10, 10)]])

    lines = "".join(pap_csv(report)).splitlines()

    assert 3 == len(lines)
    assert lines[1].startswith("2026-01,sawtooth,ID,OP-3D,EEL_DS1,benchmark,10,0,1,9/10,benchmark,meets")
    assert "4200.00,4200.00,2026-02-27,2026-03-31" in lines[2]
