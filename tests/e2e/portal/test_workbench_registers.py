"""What the ILEC's representatives look up beside the orders: closed days, credit holds, the queues of a Premises."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.rig.applications import COMPLETE
from tests.rig.street import OTHER_PARTNER, XML, Street
from tests.rig.visitor import House, Seen
from validators.messages.compose import compose
from validators.schema import Schemas

_PREMISES = "PCTLIDMA"


async def entered(street: Street, register: str, **entry: Any) -> str:
    """Enter as operations, and give the address of the entry."""
    answer = await street.operations.json("POST", f"/v1/operations/registers/{register}", json=entry)
    return f"/v1/operations/registers/{register}/{answer['id']}"


async def withdrawn(street: Street, address: str) -> None:
    """Withdraw it, so that no other test meets it."""
    await street.operations.json("POST", f"{address}/withdrawal", json={"because": "the test is over"})


def rows(page: Seen) -> list[list[str]]:
    """Give the cells of the last table of a page."""
    table = page.tree.xpath("//main//table")[-1]
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th | ./td")]
        for row in table.xpath(".//tbody/tr")
    ]


async def test_a_conversion_closes_days_in_the_calendar(street: Street, house: House) -> None:
    """Embargo and quiet period follow from its date, each with its section and whom it concerns, day by day."""
    conversion = {"kind": "switch", "conversion_date": "2026-09-16", "switch": "ZZTOIDMADS0"}
    address = await entered(street, "conversions", key="ZZTOIDMA", valid_from="2026-03-02", data=conversion)
    rep = await house.visitor("representative")

    page = await rep.open("/portal/workbench/calendar?month=2026-09")
    before = await rep.open("/portal/workbench/calendar?month=2025-01")
    listed = await rep.open("/portal/workbench/calendar?month=2026-09&format=csv")
    await withdrawn(street, address)

    found = {cells[1]: cells for cells in rows(page) if cells[2] == "ZZTOIDMA"}
    assert {"Embargo", "Embargo with changes", "Quiet period"} == set(found)
    assert all(cells[6] == "all CLECs" and cells[7].startswith("12.3.24") for cells in found.values())
    first, last = (date.fromisoformat(found["Quiet period"][cell]) for cell in (3, 4))
    days = page.tree.xpath("//table[@class='month']//td[.//a[contains(@aria-label, 'quiet period ZZTOIDMA')]]")
    assert (last - first) / timedelta(days=1) + 1 == len(days)
    assert "Labor Day" in page.tree.xpath("//time[@datetime='2026-09-07']/@title")[0]
    assert "Nothing is closed in these months" in before.words
    assert 3 == listed.text.count(",ZZTOIDMA,")


async def test_a_credit_hold_is_counted_down_from_its_notice(street: Street, house: House) -> None:
    """Ten business days must pass after the notice before orders stop (5.4.2)."""
    rep = await house.visitor("representative")
    (marked,) = (await rep.open("/portal/workbench/calendar")).tree.xpath("//time[span='today']/@datetime")
    today = date.fromisoformat(marked)
    told: dict[str, Any] = {"ground": "unpaid", "invoiced_on": str(today - timedelta(days=90))}
    notice = {"notice_delivered_on": str(today - timedelta(days=7)), "notice_by": "certified mail", "amount": 120.5}
    address = await entered(
        street, "credit-holds", partner=OTHER_PARTNER, valid_from=str(today - timedelta(days=7)), data=told | notice
    )

    page = await rep.open("/portal/workbench/credit-holds")
    await withdrawn(street, address)

    (hold,) = [cells for cells in rows(page) if "120.50" in cells[1]]
    assert "of 10 business days gone" in hold[4]
    assert "business days left" in hold[5]
    assert "5.4.2" == hold[8]


async def test_denied_requests_stand_ranked_in_the_queue_of_their_premises(
    street: Street, house: House, schemas: Schemas, pons: Iterator[str]
) -> None:
    """The first that was denied is the first; who was told of space has a clock of ten Days for the answer."""
    rep, orders = await house.visitor("representative"), list[str]()
    for pon in (next(pons), next(pons)):
        head = {"COLLO.PON": pon, "COLLO.VER": "00", "COLLO.MSG": "APPLICATION", "COLLO.KIND": "CAGED"}
        fields = {**COMPLETE["caged"], **head, "COLLO.PREM": _PREMISES}
        body = compose("\n".join(f"{name}={text}" for name, text in fields.items()), schemas=schemas)
        answer = await street.clec("POST", "/v1/collocation", data=body, headers=XML)
        assert 202 == answer.status, answer
        orders.append(answer.headers["Location"].rpartition("/")[2])
        form = await rep.open(f"/portal/workbench/orders/{orders[-1]}?decide=denied-space")
        await rep.send(form, "/decisions/denied-space", button="act=send", text="The floor is full")
    orders.sort()  # by the clock that is moved by hand they came at the same instant, so their ids rank them
    form = await rep.open(f"/portal/workbench/orders/{orders[0]}?decide=space-freed")
    freed = await rep.send(form, "/decisions/space-freed", button="act=send", space="Cage 4", enough_for="1")

    listed = await rep.open("/portal/workbench/premises")
    page = await rep.open(f"/portal/workbench/premises/{_PREMISES}")
    nowhere = await rep.open("/portal/workbench/premises/NOWHERE1")

    assert 200 == freed.status, freed.words
    assert [_PREMISES, "2"] == next([cells[0], cells[2]] for cells in rows(listed) if cells[0] == _PREMISES)
    assert [("1", "Cage 4"), ("2", "no")] == [(cells[0], cells[7]) for cells in rows(page)]
    assert orders == [link.rpartition("/")[2] for link in page.tree.xpath("//main//table//th/a/@href")]
    assert "left" in rows(page)[0][9]
    assert 404 == nowhere.status
