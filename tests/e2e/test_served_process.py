"""`oss-gateway serve` as an operator meets it: starting, stopping, starting again, and what it says when it cannot."""

import asyncio
import json
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.rig.child import Child
from tests.rig.gateway_server import KEYS, GatewayServer
from tests.rig.street import XML, Street, open_street, started_gateway
from tests.rig.waiting import until

Document = Callable[..., bytes]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[GatewayServer]:
    """Give a gateway of the test's own, which it may stop."""
    server = started_gateway(tmp_path / "own", log_format="json", log_level="debug")
    yield server
    server.stop()


def run(folder: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Run `oss-gateway serve` to its end and give its exit status and what it said."""
    command = [sys.executable, "-m", "gateway", "serve", "--data", str(folder / "data"), "--port", "0", *arguments]
    folder.mkdir(parents=True, exist_ok=True)
    child = Child(command, folder / "said.log", environment=environment)
    status = child.wait(30)
    return status, child.log.read_text(encoding="utf-8")


async def test_it_says_when_it_is_ready_and_that_it_stopped(own: GatewayServer) -> None:
    """Standard output has one line with the address once orders can be taken, and one at the end; status 0."""
    assert own.child is not None
    async with open_street(own.url) as street:
        ready = json.loads((await street.nobody("GET", "/readyz")).body)

    assert {"ready": True, "record": "ok", "queue": "ok"} == ready
    assert 0 == own.child.stop()
    said = own.child.log.read_text(encoding="utf-8").splitlines()
    assert f"ready on {own.url}" in said
    assert "stopped" == said[-1]


async def test_sigterm_with_requests_under_way_loses_nothing(own: GatewayServer, document: Document) -> None:
    """Every order that was acknowledged while the gateway stopped is there when it runs again on the same folder."""
    acknowledged: list[str] = []

    async def keep_sending(street: Street) -> None:
        try:
            while True:
                answer = await street.clec("POST", "/v1/lsr", data=document(), headers=XML)
                assert 202 == answer.status, answer
                acknowledged.append(answer.headers["Location"])
        except (aiohttp.ClientError, OSError):
            return  # the gateway no longer listens, or closed the connection before it read the request

    async with open_street(own.url) as street:
        sending = [asyncio.create_task(keep_sending(street)) for _ in range(8)]
        await until("orders flow", lambda: _true(len(acknowledged) > 40))
        assert own.child is not None
        assert 0 == await asyncio.to_thread(own.child.stop)
        await asyncio.gather(*sending)
    await own.start()
    async with open_street(own.url) as street:
        statuses = {(await street.clec("GET", address)).status for address in acknowledged}

    assert len(set(acknowledged)) == len(acknowledged)
    assert {200} == statuses


async def _true(value: bool) -> bool:  # noqa: FBT001 - a condition to be waited for
    return value


async def test_a_second_gateway_on_the_same_folder_is_refused(own: GatewayServer) -> None:
    """The folder belongs to one process: the second ends with one line and status 1, the first goes on."""
    child = Child(
        [sys.executable, "-m", "gateway", "serve", "--data", str(own.data), "--port", "0"], own.data / "second.log"
    )

    assert 1 == await asyncio.to_thread(child.wait, 30)
    (line,) = child.log.read_text(encoding="utf-8").strip().splitlines()
    assert line.startswith("Error: another gateway runs on ")
    assert own.runs


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    """Somebody else listens there: one line that says so."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, said = run(tmp_path / "g", "--port", str(port))

    errors = [line for line in said.splitlines() if line.startswith("Error")]
    assert (1, 1) == (status, len(errors)), said
    assert str(port) in errors[0]
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("arguments", "environment", "status", "named"),
    [
        (["--port", "70000"], {}, 2, "port"),
        (["--environment", "No Good"], {}, 2, "environment"),
        (["--manual-clock", "tomorrow"], {}, 2, "manual_clock"),
        ([], {"OSS_GATEWAY_BODY_LIMIT": "1"}, 2, "body_limit"),
        (["--database", "mysql://x/y"], {}, 1, "mysql"),
        (["--database", "nonsense"], {}, 1, "nonsense"),
        (["--database", "postgresql://nobody@127.0.0.1:1/x"], {}, 1, "cannot be reached"),
        (["--nonsense"], {}, 2, "--nonsense"),
    ],
)
def test_a_setting_that_cannot_be_is_one_line(
    tmp_path: Path, arguments: list[str], environment: dict[str, str], status: int, named: str
) -> None:
    """The line names what is wrong; no trace is shown."""
    ended, said = run(tmp_path / "g", *arguments, **environment)

    assert status == ended, said
    assert named in said.splitlines()[-1]
    assert "Traceback" not in said


def test_a_bad_agreement_file_names_file_and_place(tmp_path: Path) -> None:
    """A term that is wrong is told with its file and its path in the file; the gateway does not start."""
    agreements = tmp_path / "agreements"
    agreements.mkdir()
    (agreements / "bad.yaml").write_text("id: bad\nclocks: 3\n", encoding="utf-8")

    status, said = run(tmp_path / "g", "--agreements", str(agreements))

    assert 1 == status, said
    assert "bad.yaml" in said
    assert "clocks" in said
    assert "Traceback" not in said


async def test_the_metrics_move(own: GatewayServer, document: Document) -> None:
    """Orders, refusals, decisions, waiting work, open clocks and unread notices show in /metrics."""
    async with open_street(own.url) as street:
        before = await _metrics(street)
        url = (await street.clec("POST", "/v1/lsr", data=document(), headers=XML)).headers["Location"]
        await street.clec("POST", "/v1/lsr", data=document(DDD="02-20-2026"), headers=XML)
        await street.clec("POST", "/v1/lsr", data=b"<a>", headers=XML)
        middle = await _metrics(street)
        await street.backend.json(
            "POST",
            f"/v1/backend{url.removeprefix('/v1')}/decisions",
            json={"decision": "confirm", "due_date": "2026-03-09"},
        )
        after = await _metrics(street)

    assert 0.0 == before["oss_gateway_clocks_open"]
    for outcome in ("accepted", "rejected", "unreadable"):
        assert 1.0 == middle[f'oss_gateway_submissions_total{{family="lsr",outcome="{outcome}"}}']
    assert 3.0 == middle['oss_gateway_intake_seconds_count{family="lsr"}']
    assert middle["oss_gateway_clocks_open"] > 0
    waiting = [middle[f'oss_gateway_queue_depth{{state="{state}"}}'] for state in ("pending", "sent")]
    assert 1.0 == sum(waiting)
    assert 1.0 == middle["oss_gateway_notices_undelivered"]
    assert 2.0 == after["oss_gateway_notices_undelivered"]
    assert 0.0 == sum(after[f'oss_gateway_queue_depth{{state="{state}"}}'] for state in ("pending", "sent"))
    assert 1.0 == after['oss_gateway_decisions_total{decision="confirm",result="done"}']


async def _metrics(street: Street) -> dict[str, float]:
    lines = (await street.nobody("GET", "/metrics")).body.decode().splitlines()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}


async def test_the_log_has_the_order_and_never_a_key(own: GatewayServer, document: Document) -> None:
    """Each line is JSON; those about an order carry its id; no key stands anywhere, not even of a refused caller."""
    async with open_street(own.url) as street:
        url = (await street.clec("POST", "/v1/lsr", data=document(), headers=XML)).headers["Location"]
        order_id = url.rpartition("/")[2]
        decision = {"decision": "confirm", "due_date": "2026-03-09"}
        for _ in range(2):
            await street.backend("POST", f"/v1/backend/orders/{order_id}/decisions", json=decision)
        await street.nobody("GET", "/v1/orders", headers={"Authorization": "Bearer wrong-key-0123"})
    assert own.child is not None
    own.child.stop()

    said = own.child.log.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    about = [line["event"] for line in lines if line.get("order") == order_id]
    assert {"message taken", "decision carried out", "decision refused"} <= set(about)
    assert not [key for key in (*KEYS.values(), "wrong-key-0123") if key in said]
