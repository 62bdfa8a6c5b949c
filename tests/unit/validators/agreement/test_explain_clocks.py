"""What `oss-gateway clocks explain` prints."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gateway.cli import main

FRIDAY_EVENING = "2026-11-20T19:30:00-07:00"


def lsr(fields: str = "", quantity: str = "00003", nc: str = "<NC>LXR-</NC><NCI>02QB9.00A</NCI>") -> str:
    """Give a short LSR for 2-wire non-loaded loops."""
    return (
        '<LocalServiceRequest xmlns="urn:oss-gateway:r1:lsr">'
        f"<LSR><PON>EX1</PON><VER>01</VER><REQTYP>AB</REQTYP><ACT>N</ACT>{fields}{nc}</LSR>"
        f"<LS><LQTY>{quantity}</LQTY></LS></LocalServiceRequest>"
    )


@pytest.fixture
def order(tmp_path: Path) -> Path:
    """A file with three 2-wire non-loaded loops."""
    path = tmp_path / "order.xml"
    path.write_text(lsr(), encoding="utf-8")
    return path


def explain(path: Path, *options: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["clocks", "explain", str(path), *options])


def test_three_loops_of_a_friday_evening(order: Path) -> None:
    """The application date is Monday; the contract's 72 hours end Monday evening, those of PO-5B after Thanksgiving."""
    result = explain(order, "--received", FRIDAY_EVENING, "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document == {
        "agreement": "template",
        "product": "loop-2w-nonloaded",
        "received_at": "2026-11-20T19:30:00-07:00",
        "application": {
            "at": "2026-11-23T00:00:00-07:00",
            "date": "2026-11-23",
            "section": "9.2.4.4, Exhibit B (Application Date)",
            "arithmetic": (
                "received Fri 2026-11-20 19:30 MST, after the cut-off at 19:00 and from Friday 19:00 on, which counts "
                "as the weekend: it counts from the start of the next business day, Mon 2026-11-23 00:00 MST; "
                "skips Sat 2026-11-21, Sun 2026-11-22"
            ),
        },
        "clocks": [
            {
                "id": "foc-72-hours-facility-check",
                "section": "9.2.4.3.1.2",
                "name": "FOC within 72 hours of receipt",
                "starts_at": "2026-11-20T19:30:00-07:00",
                "due_at": "2026-11-23T19:30:00-07:00",
                "calendar": "elapsed",
                "owed_by": "ILEC",
                "owed_to": "CLEC",
                "arithmetic": (
                    "72 hours after receipt, Fri 2026-11-20 19:30 MST, nights, weekends and holidays included; "
                    "due Mon 2026-11-23 19:30 MST"
                ),
                "measure": False,
            },
            {
                "id": "loop-foc-time-section-20",
                "section": "9.2.4.4.1, Exhibit B PO-5B",
                "name": "FOC on time by PO-5B",
                "starts_at": "2026-11-23T00:00:00-07:00",
                "due_at": "2026-11-27T00:00:00-07:00",
                "calendar": "business-hours",
                "owed_by": "ILEC",
                "owed_to": "CLEC",
                "arithmetic": (
                    "72 hours after the application time, Mon 2026-11-23 00:00 MST, every hour of a business day; "
                    "skips Thanksgiving Day 2026-11-26; due Fri 2026-11-27 00:00 MST"
                ),
                "measure": True,
            },
        ],
    }


def test_the_text_says_the_same_to_people(order: Path) -> None:
    """Without --json the same dates and sections stand in sentences."""
    result = explain(order, "--received", "2026-11-21T02:30:00Z", "--agreement", "idaho-2021")
    assert result.exit_code == 0
    assert "Agreement         idaho-2021, Interconnection agreement CenturyLink QC and Simwood" in result.stdout
    assert "Application date  2026-11-23  [9.2.4.4, Exhibit B (Application Date)]" in result.stdout
    assert "foc-72-hours-facility-check  [9.2.4.3.1.2]" in result.stdout
    assert "    FOC on time by PO-5B: owed by ILEC to CLEC, for the performance measure only" in result.stdout
    assert "    due Fri 2026-11-27 00:00 MST" in result.stdout


@pytest.mark.parametrize(
    ("document", "clocks"),
    [
        (lsr(quantity="00025"), ["foc-72-hours-facility-check", "icb-interval-20-business-days"]),
        (
            lsr("<SCA>Y</SCA>"),
            ["foc-72-hours-facility-check", "loop-foc-time-section-20", "conditioning-interval-fifteen-business-days"],
        ),
        (lsr("<SCA>Y</SCA><DDD>12-16-2026</DDD>"), ["foc-72-hours-facility-check", "loop-foc-time-section-20"]),
        (lsr("<PROJECT>P-1</PROJECT>"), ["foc-72-hours-facility-check", "icb-project-negotiation-seven-business-days"]),
        (lsr(nc=""), []),
    ],
)
def test_the_clocks_follow_from_the_order(tmp_path: Path, document: str, clocks: list[str]) -> None:
    """Quantity, conditioning, desired date and project decide which clocks start; the first due comes first."""
    path = tmp_path / "order.xml"
    path.write_text(document, encoding="utf-8")
    result = explain(path, "--received", FRIDAY_EVENING, "--json")
    assert result.exit_code == 0
    assert clocks == [clock["id"] for clock in json.loads(result.stdout)["clocks"]]


def test_an_order_that_names_no_product_is_said_to_start_nothing(tmp_path: Path) -> None:
    """Without a product there is an application date and no clock, in plain words."""
    path = tmp_path / "order.xml"
    path.write_text(lsr(nc=""), encoding="utf-8")
    result = explain(path, "--received", FRIDAY_EVENING)
    assert "Product           none that this agreement knows" in result.stdout
    assert "No clock of this agreement starts when this order is accepted." in result.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--received", "2026-11-20T19:30:00"], "has no offset"),
        (["--received", "yesterday"], "is not a time"),
        (["--received", "2200-11-21T19:30:00-07:00"], "outside the years 1996 to 2100"),
        ([], "Missing option '--received'"),
        (["--received", FRIDAY_EVENING, "--agreement", "montana"], "there are: idaho-2021, template"),
    ],
)
def test_wrong_usage_ends_with_two(order: Path, options: list[str], said: str) -> None:
    """A time without offset, or an agreement that does not exist, is a mistake in the call."""
    result = explain(order, *options)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("<LocalServiceRequest>", "before all elements are closed"),
        ("<!DOCTYPE x><x/>", "DOCTYPE"),
        ("<Notice xmlns='urn:oss-gateway:r1:notice'/>", "this is no request"),
    ],
)
def test_a_file_that_is_no_lsr_ends_with_one(tmp_path: Path, document: str, said: str) -> None:
    """What cannot be read as an LSR does not hold."""
    path = tmp_path / "order.xml"
    path.write_text(document, encoding="utf-8")
    result = explain(path, "--received", FRIDAY_EVENING)
    assert result.exit_code == 1
    assert said in result.stderr


def test_broken_agreement_files_are_listed(order: Path, tmp_path: Path) -> None:
    """A folder with a broken agreement is refused with every problem, by file and line."""
    folder = tmp_path / "agreements"
    folder.mkdir()
    (folder / "mine.yaml").write_text("id: mine\n", encoding="utf-8")
    result = explain(order, "--received", FRIDAY_EVENING, "--agreements", str(folder))
    assert result.exit_code == 1
    assert "mine.yaml:1: release: Field required - add this term" in result.stderr
