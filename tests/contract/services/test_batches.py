"""Batch files on both databases: recorded first, each request once, however often the runner is cut off."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from gateway.clock import ManualClock
from gateway.doors.drop_folder import DropFolder
from gateway.queue.lease import Lease
from gateway.record.batches import BatchState
from gateway.record.port import OrderQuery
from gateway.services.batch_runner import BatchRunner
from gateway.services.batches import Batches
from tests.rig.batch_files import delimited_batch, fields_of, xml_batch
from tests.rig.batch_way import batch_runner
from tests.rig.court import (
    LOOP,
    MORE_TRUNKS,
    NEW_YEAR,
    REARRANGED,
    TRANSPORT,
    TRANSPORT_ENDS,
    TRUNKS,
    TRUNKS_264,
    TRUNKS_CANCELLED,
    TRUNKS_NEW_DATE,
)
from tests.rig.office import Office, open_office
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.messages.compose import compose
from validators.releases import SECOND
from validators.rules import rule_book
from validators.schema import Schemas

SAMPLES = (
    TRUNKS,
    MORE_TRUNKS,
    TRANSPORT,
    REARRANGED,
    TRANSPORT_ENDS,
    TRUNKS_NEW_DATE,
    TRUNKS_CANCELLED,
    TRUNKS_264,
)
_PARTNER = "sawtooth-batch"


@pytest.fixture(scope="module")
def judge() -> Judge:
    """The judge of the shipped agreements, made once."""
    agreements = load_agreements(bundled_path("config") / "agreements")
    return Judge(Schemas(), agreements, rule_book(), {(SECOND, "lsr"): Schemas(SECOND)})


@pytest.fixture
async def office(database_url: str, judge: Judge) -> AsyncIterator[Office]:
    """The services on an empty record, with a partner whose codes are those of the sample ASRs."""
    async with open_office(database_url, judge, Schemas(), start=NEW_YEAR) as opened:
        await opened.partners.add(_PARTNER, "Sawtooth Example Networks", "template", ccna=["ZQX"], cc=["X9Z1"])
        yield opened


def _runner(office: Office, holder: str = "one") -> BatchRunner:
    return batch_runner(office.record, office.intake, office.clock, office.schemas, holder)


def _batches(office: Office) -> Batches:
    return Batches(office.record, office.clock, lambda: None)


async def _all_orders(office: Office) -> dict[str, str]:
    orders = await office.record.orders(OrderQuery(_PARTNER, limit=500))
    return {order.pon: order.state for order in orders}


@pytest.mark.parametrize("delimited", [False, True], ids=["xml", "delimited"])
async def test_the_samples_come_in_one_file(office: Office, delimited: bool) -> None:  # noqa: FBT001 - a test parameter
    """Orders, a supplement of the date and a cancellation stand in one file, in their order."""
    batches = _batches(office)
    body = delimited_batch([fields_of(name) for name in SAMPLES]) if delimited else xml_batch(SAMPLES, office.schemas)
    batch = await batches.receive(_PARTNER, body)
    await _runner(office).work_off()
    progress = await batches.progress(_PARTNER, batch.id)

    assert (BatchState.DONE, 8, 8) == (progress.batch.state, progress.batch.total, progress.processed)
    states = await _all_orders(office)
    assert "CANCELLED" == states["LISBOI0001"]
    assert {"LISBOI0002", "UDITBT0001", "UDITBT0002", "UDITBT0003", "LISBOI0264", "LISBOI0001"} == set(states)


async def test_a_partners_batches_are_listed_newest_first_by_page(office: Office) -> None:
    """Pages neither miss nor repeat one, also of those received at the same instant; another's are not there."""
    await office.partners.add("owyhee-batch", "Owyhee Telecom", "template", ccna=["ZQX"], cc=["X9Z1"])
    batches, rows = _batches(office), office.record.batches
    at_once = sorted([(await batches.receive(_PARTNER, b"<Batch a='%d'/>" % n)).id for n in range(3)], reverse=True)
    office.clock.advance(timedelta(minutes=1))
    later = (await batches.receive(_PARTNER, b"<Batch/>", "last.xml")).id
    await batches.receive("owyhee-batch", b"<Batch/>")

    first = await rows.of_partner(_PARTNER, None, 2)
    second = await rows.of_partner(_PARTNER, first[-1].id, 2)
    assert [later, *at_once] == [batch.id for batch in (*first, *second)]
    assert ("last.xml", b"") == (first[0].name, first[0].body)
    assert not await rows.of_partner(_PARTNER, second[-1].id, 2)


async def test_orders_in_a_file_are_in_the_release_of_their_sender(office: Office) -> None:
    """Put on r2, its orders in r2 are judged, in r1 refused; the rows of a spreadsheet are written in r2."""
    await office.partners.add("lemhi-batch", "Lemhi Telephone", "template", ccna=["ZQF"], cc=["9Z7A"])
    await office.enter("releases", "2025-12-01", partner=None, key="r2")
    await office.enter("release-pins", "2025-12-01", partner="lemhi-batch", key="r2")
    batches = _batches(office)

    def lsr(pon: str) -> dict[str, str]:
        return fields_of(LOOP, {"LSR.PON": pon, "LSR.DDD": "2026-03-20", "LSR.DATED": "2026-01-02"})

    first = [compose("", lsr(f"XML{number}"), schemas=office.schemas).partition(b"?>")[2] for number in range(2)]
    second = first[1].replace(b":r1:", b":r2:").replace(b'release="r1"', b'release="r2"')
    prefixed = b'<b:Batch xmlns:b="urn:oss-gateway:r1:batch">' + b"".join((first[0], second)) + b"</b:Batch>"
    american = {**lsr("CSV2"), "LSR.DDD": "03-20-2026"}
    sent = [await batches.receive("lemhi-batch", body) for body in (prefixed, delimited_batch([lsr("CSV1"), american]))]
    await _runner(office).work_off()
    (old, new), (row, wrong) = [await office.record.batches.results(batch.id) for batch in sent]

    assert ("unreadable", "12.2.8") == (old.outcome, old.told["findings"][0]["section"])
    assert [("rejected", "XML1"), ("rejected", "CSV1")] == [(one.outcome, one.told["pon"]) for one in (new, row)]
    assert ("unreadable", "LSR.DDD") == (wrong.outcome, wrong.told["findings"][0]["column"].partition(" ")[0])


async def test_a_bad_request_spoils_none_of_the_others(office: Office) -> None:
    """The response file tells of each request; a bad one is told with row, column and cure."""
    batches = _batches(office)
    requests = [fields_of(TRUNKS), fields_of(TRANSPORT, {"ADMIN.DDD": "02-30-2027"}), fields_of(MORE_TRUNKS)]
    batch = await batches.receive(_PARTNER, delimited_batch(requests), "orders.csv")
    await _runner(office).work_off()
    response = (await batches.response(batch)).decode().splitlines()

    assert {"accepted": 2, "unreadable": 1} == (await batches.progress(_PARTNER, batch.id)).outcomes
    bad = next(line for line in response if line.startswith("2,3,"))
    assert "ADMIN.DDD (G)" in bad
    assert "02-30-2027" in bad


async def test_a_broken_file_processes_nothing(office: Office) -> None:
    """A half-written file is on record as refused, with the place where it broke off."""
    batches = _batches(office)
    batch = await batches.receive(_PARTNER, delimited_batch([fields_of(TRUNKS), fields_of(TRANSPORT)])[:-12])
    await _runner(office).work_off()
    progress = await batches.progress(_PARTNER, batch.id)

    assert BatchState.REFUSED == progress.batch.state
    assert [3] == [fault["row"] for fault in progress.batch.told["faults"]]
    assert {} == await _all_orders(office)


async def test_the_same_file_again_is_the_same_batch(office: Office) -> None:
    """Sent twice, before and after it was processed, it is processed once."""
    batches, body = _batches(office), xml_batch([TRUNKS, TRANSPORT], office.schemas)
    first, second = await asyncio.gather(batches.receive(_PARTNER, body), batches.receive(_PARTNER, body))
    await _runner(office).work_off()
    third = await batches.receive(_PARTNER, body)
    await _runner(office).work_off()

    assert first.id == second.id == third.id
    assert BatchState.DONE == third.state
    assert 2 == len(await _all_orders(office))


@pytest.mark.parametrize("cut_after", [1, 2, 3, 4, 5, 6])
async def test_a_runner_that_is_cut_off_is_followed_by_another(office: Office, cut_after: int) -> None:
    """Wherever it stops, between any two writes: each request ends with one submission and one result."""
    batches = _batches(office)
    requests = [fields_of(TRUNKS, {"ADMIN.PON": f"CUT{number:05d}"}) for number in range(20)]
    batch = await batches.receive(_PARTNER, delimited_batch(requests))
    committed = 0
    commit = office.record.commit

    async def failing(command: object) -> object:
        nonlocal committed
        committed += 1
        if committed > cut_after * 4:
            raise asyncio.CancelledError
        return await commit(command)  # type: ignore[arg-type] # any command of the test

    office.record.commit = failing  # type: ignore[method-assign,assignment] # the cut
    with pytest.raises(asyncio.CancelledError):
        await _runner(office).work_off()
    office.record.commit = commit  # type: ignore[method-assign] # as it was
    await _runner(office).work_off()

    results = await office.record.batches.results(batch.id)
    assert list(range(1, 21)) == [result.number for result in results]
    assert {"accepted"} == {result.outcome for result in results}
    orders = await office.record.orders(OrderQuery(_PARTNER, limit=500))
    assert 20 == len(orders)
    for order in orders:
        assert 1 == len(await office.record.submissions(order.id))


async def test_a_second_process_waits_for_its_turn(office: Office) -> None:
    """While one process works a batch off, another leaves it alone."""
    mine = Lease(office.record, office.clock, "batches", "mine", timedelta(seconds=10))
    assert await mine.held()
    batch = await _batches(office).receive(_PARTNER, xml_batch([TRUNKS], office.schemas))

    await _runner(office, "another").work_off()

    assert 0 == (await _batches(office).progress(_PARTNER, batch.id)).processed


async def test_a_file_that_was_put_down_is_answered(office: Office, tmp_path: Path) -> None:
    """It is taken once it no longer grows, moves away when it is recorded, and its response file appears."""
    batches = _batches(office)
    drop = DropFolder(tmp_path, batches, ManualClock(NEW_YEAR), 10_000_000)
    inbox = tmp_path / _PARTNER / "in"
    inbox.mkdir(parents=True)
    body = xml_batch([TRUNKS, TRANSPORT], office.schemas)
    (inbox / "orders.xml").write_bytes(body[:500])
    (inbox / "later.xml.part").write_bytes(body)
    await drop.look()
    (inbox / "orders.xml").write_bytes(body)
    await drop.look()
    assert ["later.xml.part", "orders.xml"] == sorted(file.name for file in inbox.iterdir())

    await drop.look()
    assert ["later.xml.part"] == [file.name for file in inbox.iterdir()]
    await _runner(office).work_off()
    await drop.look()

    response = (tmp_path / _PARTNER / "out" / "orders.xml.response.csv").read_text().splitlines()
    assert ["1", "2"] == [line.partition(",")[0] for line in response[1:]]
    assert [] == list((tmp_path / _PARTNER / "taken").iterdir())
