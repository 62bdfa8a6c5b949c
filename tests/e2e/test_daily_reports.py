"""The daily reports over HTTP and from the command line, on the same record."""

import asyncio
import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from click.testing import CliRunner, Result

from gateway.cli.partner import partner
from gateway.cli.report import report
from tests.rig.court import DISCONNECT, MOUNTAIN
from tests.rig.gateway_server import PARTNER, GatewayServer
from tests.rig.street import OTHER_PARTNER, XML, Street

Document = Callable[..., bytes]


def invoke(*arguments: str) -> Result:
    """Run one of the commands."""
    return CliRunner().invoke(report, [*arguments])


def written(folder: Path) -> dict[str, str]:
    """Give the files in a folder by their names."""
    return {file.name: file.read_text() for file in folder.iterdir()}


async def disconnected(street: Street, document: Document, pon: str) -> str:
    """Have a disconnect completed, and give the day on which the gateway was told."""
    taken = await street.clec("POST", "/v1/lsr", data=document(DISCONNECT, PON=pon, DDD="03-31-2026"), headers=XML)
    order = taken.headers["Location"].rpartition("/")[2]
    url = f"/v1/backend/orders/{order}/decisions"
    await street.backend.json("POST", url, json={"decision": "confirm", "due_date": "2026-03-31"})
    body = {"decision": "complete", "completed_on": "2026-03-31", "order_number": "D100"}
    await street.backend.json("POST", url, json=body)
    orders = await street.clec.json("GET", f"/v1/orders?pon={pon}")
    told = datetime.fromisoformat(orders["orders"][0]["updated_at"])
    return told.astimezone(MOUNTAIN).date().isoformat()


def pons(shown: dict[str, list[dict[str, list[dict[str, str]]]]]) -> set[str]:
    """Give the PONs of a report."""
    return {line["pon"] for part in shown["parts"] for line in part["lines"]}


async def test_a_clec_reads_its_own_reports(street: Street, document: Document) -> None:
    """A completed disconnect stands in its loss and completion reports of the day, and in nobody else's."""
    day = await disconnected(street, document, "E2EREPORT001")

    for name in ("loss", "completion"):
        mine = await street.clec.json("GET", f"/v1/reports/{name}?date={day}")
        theirs = await street.other.json("GET", f"/v1/reports/{name}?date={day}")
        assert "E2EREPORT001" in pons(mine)
        assert "E2EREPORT001" not in json.dumps(theirs)


async def test_a_bad_day_is_told(street: Street) -> None:
    """What is no date is refused with the form that it takes; a day that has not begun does not exist."""
    bad = await street.clec("GET", "/v1/reports/loss?date=yesterday")
    future = await street.clec("GET", "/v1/reports/loss?date=2199-01-01")

    assert (400, 404) == (bad.status, future.status)
    assert b"2026-03-09" in bad.body


async def test_the_command_reports_what_the_api_reports(
    street: Street, document: Document, gateway: GatewayServer, tmp_path: Path
) -> None:
    """Printed or as files, for one partner or all: the lines are those of the API, and an empty day says so."""
    day = await disconnected(street, document, "E2EREPORT002")
    where = ["--data", str(gateway.data), "--date", day]

    text = await asyncio.to_thread(invoke, "completion", *where, "--partner", PARTNER)
    files = await asyncio.to_thread(
        invoke, "loss", *where, "--out", str(tmp_path), "--format", "json", "--format", "csv"
    )

    assert (0, 0) == (text.exit_code, files.exit_code), text.output + files.output
    assert "E2EREPORT002" in {row["pon"] for row in csv.DictReader(io.StringIO(text.output))}
    made = written(tmp_path)
    assert set(made) == {file.rpartition("/")[2] for file in files.output.split()}
    assert "E2EREPORT002" in pons(json.loads(made[f"loss-{PARTNER}-{day}.json"]))
    assert "E2EREPORT002" not in made[f"loss-{OTHER_PARTNER}-{day}.json"]


def test_options_that_do_not_go_together_are_told(tmp_path: Path) -> None:
    """A day and a month, or two formats on one output."""
    where = ["loss", "--data", str(tmp_path)]

    both = invoke(*where, "--date", "2026-03-09", "--month", "2026-03")
    two = invoke(*where, "--format", "csv", "--format", "xml")

    assert (2, 2) == (both.exit_code, two.exit_code)
    assert "not both" in both.output
    assert "--out" in two.output


def test_a_month_has_a_report_a_day(tmp_path: Path) -> None:
    """A month that is over has as many reports as days, each of its own day."""
    add = ["add", "sawtooth", "--name", "Sawtooth Lantern", "--data", str(tmp_path)]
    CliRunner().invoke(partner, add)

    made = invoke("completion", "--data", str(tmp_path), "--month", "2024-02", "--format", "json")

    reports = json.loads(made.output)["reports"]
    assert [f"2024-02-{day:02}" for day in range(1, 30)] == [one["day"] for one in reports]
    assert {"No orders were completed on 02-29-2024 (section 12.2.5.2.5)."} == {reports[-1]["summary"]}
