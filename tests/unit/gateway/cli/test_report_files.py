"""Daily reports as text and as files."""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree

from gateway.cli.report_files import printed, write
from gateway.services.daily_reports import DailyReport, Reported, ReportPart
from validators.messages.service_place import ServicePlace

_AT = datetime(2026, 3, 9, 20, 30, tzinfo=UTC)


def report(*lines: Reported) -> DailyReport:
    """Give a loss report with these lines."""
    parts = (ReportPart("digital-unbundled-loop", ()), ReportPart("other", lines))
    return DailyReport("loss", "sawtooth", date(2026, 3, 9), "12.2.5.2.4", _AT, over=True, parts=parts)


def line(name: str = "HENRY OAKES") -> Reported:
    """Give a line."""
    service = ServicePlace(name, "12 N MAIN ST, BOISE, ID 83702", "208-555-0160", ("208-555-0160", "208-555-0161"))
    return Reported("N100", "SLT26A000001", "01", "disconnect", "lnp", "lnp", service, date(2026, 3, 9), _AT)


def rows(text: str) -> list[dict[str, str]]:
    """Read CSV back."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_row_a_line_and_says_what_is_empty() -> None:
    """An empty part has one row of the record type `none`, with words."""
    empty, full = rows(printed([report(line())], "csv"))

    assert ("digital-unbundled-loop", "none", "") == (empty["part"], empty["record"], empty["order_number"])
    assert empty["text"].startswith("Nothing to report of digital-unbundled-loop: 1 lines")
    assert ("other", "line", "N100") == (full["part"], full["record"], full["order_number"])
    assert ("208-555-0160 208-555-0161", "2026-03-09") == (full["lines"], full["changed_on"])


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x"])
def test_a_name_is_no_formula(name: str) -> None:
    """What an end user calls himself is text in every spreadsheet."""
    assert f"'{name}" == rows(printed([report(line(name))], "csv"))[1]["name"]


def test_json_and_xml_say_the_same() -> None:
    """Both hold every part with its count, and the sentence that sums it up."""
    shown = json.loads(printed([report(line())], "json"))["reports"][0]
    root = etree.fromstring(printed([report(line())], "xml").encode())

    assert (1, [0, 1]) == (shown["count"], [part["count"] for part in shown["parts"]])
    assert shown["summary"] == root.findtext(".//{*}reports/{*}item/{*}summary")


def test_files_are_complete_and_nothing_else_is_left(tmp_path: Path) -> None:
    """Each part is a CSV file of its own, XML and JSON hold all; writing again replaces, and no half file stays."""
    for _ in range(2):
        made = list(write([report(line())], ("csv", "xml", "json"), tmp_path))

    names = {"loss-sawtooth-2026-03-09-digital-unbundled-loop.csv", "loss-sawtooth-2026-03-09-other.csv"} | {
        f"loss-sawtooth-2026-03-09.{form}" for form in ("xml", "json")
    }
    assert names == {file.name for file in made} == {file.name for file in tmp_path.iterdir()}
    assert "HENRY OAKES" in (tmp_path / "loss-sawtooth-2026-03-09-other.csv").read_text()


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """Where its place is taken by a folder, nothing is left beside it."""
    (tmp_path / "loss-sawtooth-2026-03-09.json").mkdir()

    with pytest.raises(OSError, match="directory"):
        list(write([report()], ("json",), tmp_path))
    assert ["loss-sawtooth-2026-03-09.json"] == [file.name for file in tmp_path.iterdir()]
