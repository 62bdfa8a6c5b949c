"""Batch files in the portal: sent up, each request's result read, and nobody else's."""

import itertools
from collections.abc import Callable

import pytest

from tests.rig.batch_files import delimited_batch, fields_of
from tests.rig.court import TRUNKS
from tests.rig.visitor import House, Seen, Visitor
from tests.rig.waiting import until

_NUMBERS = itertools.count()


async def _finished(visitor: Visitor, page: Seen) -> Seen:
    seen = page

    async def done() -> bool:
        nonlocal seen
        seen = await visitor.open(page.address)
        return bool(seen.tree.xpath("//main//span[@class='state']")[0].text != "Received")

    await until("the batch is finished", done, 20)
    return seen


async def test_each_request_of_a_file_is_told_with_row_and_column(house: House, pon: Callable[[], str]) -> None:
    """Two good ones and a bad one: outcomes, the column of the mistake, a link to the order, and the response file."""
    good, bad, wrong = pon(), pon(), {"ADMIN.DDD": "02-20-2026"}
    requests = [fields_of(TRUNKS, {"ADMIN.PON": good}), fields_of(TRUNKS, {"ADMIN.PON": bad, **wrong})]
    clec = await house.visitor("clec")
    sent = await clec.send(
        await clec.open("/portal/batches"), "/portal/batches", file=("two.csv", delimited_batch(requests))
    )
    page = await _finished(clec, sent)
    (link,) = page.tree.xpath(f"//th/a[text()='{good}']/@href")
    response = await clec.open(page.tree.xpath("//a[text()='Response file']/@href")[0])

    assert (200, True) == (sent.status, "two.csv is on record" in sent.words)
    assert "2 of 2 requests processed." in page.words
    assert "Column ADMIN.DDD (G):" in page.words
    assert 200 == (await clec.open(link)).status
    assert [True, True] == [number in response.text for number in (good, bad)]
    assert "two.csv" in (await clec.open("/portal/batches")).words


async def test_a_file_that_cannot_be_taken_apart_says_where(house: House, pon: Callable[[], str]) -> None:
    """Nothing of it is processed, and the page tells row, column and cure; no file at all is told beside the field."""
    clec = await house.visitor("clec")
    asked = await clec.open("/portal/batches")
    body = delimited_batch([fields_of(TRUNKS, {"ADMIN.PON": pon()})]).replace(b"ADMIN.DDD", b"ADMIN.NOPE")
    page = await _finished(clec, await clec.send(asked, "/portal/batches", file=("bad.csv", body)))
    none = await clec.send(asked, "/portal/batches", file=("", b""))

    assert "nothing in it was processed" in page.words
    assert "ADMIN.NOPE" in page.words
    assert (422, True) == (none.status, "Choose a file" in none.words)


async def test_another_clecs_batch_does_not_exist(house: House, pon: Callable[[], str]) -> None:
    """Page and response file are not found, and the list does not name it; the ILEC's people have no such page."""
    clec, other = await house.visitor("clec"), await house.other()
    body = delimited_batch([fields_of(TRUNKS, {"ADMIN.PON": pon()})])
    own = await clec.send(await clec.open("/portal/batches"), "/portal/batches", file=("mine.csv", body))
    seen = [await other.open(address) for address in (own.address, f"{own.address}/response")]

    assert [404, 404] == [page.status for page in seen]
    assert "mine.csv" not in (await other.open("/portal/batches")).words
    assert 403 == (await (await house.visitor("representative")).open("/portal/batches")).status


@pytest.fixture
def pon() -> Callable[[], str]:
    """Give a function that gives PONs which no other test uses."""
    return lambda: f"PB{next(_NUMBERS):010}"
