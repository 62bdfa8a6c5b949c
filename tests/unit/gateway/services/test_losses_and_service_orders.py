"""Whom a lost service is told to, and what; and the notice of a service order."""

import json
from datetime import timedelta

import pytest

from gateway.doors.webhook_models import DeliveryView
from gateway.lifecycle.decisions import DecisionInvalid
from gateway.services.daily_reports import DailyReports
from gateway.services.refusals import StateForbids
from gateway.services.taken import Taken
from gateway.services.webhook_delivery import queued
from tests.rig.court import DISCONNECT, LOOP, LOOP_WITH_PORT, MONDAY, PORT
from tests.rig.office import PARTNER, Office

_LOSER, _STRANGER = "payette", "teton"


@pytest.fixture(autouse=True)
async def carriers(office: Office) -> None:
    """Add a carrier that loses a service, and one that has nothing to do with it."""
    await office.partners.add(_LOSER, "Payette Bell", "template", ccna=["PYT"], cc=["8B8B"])
    await office.partners.add(_STRANGER, "Teton Tel", "template", ccna=["TTN"], cc=["7C7C"])


async def ported(office: Office, sample: str = LOOP_WITH_PORT, *, onsp: str = "8B8B", **complete: str) -> str:
    """Have a conversion completed that names the carrier it takes the service from."""
    taken = await office.submit(office.document(sample, {"ONSP": onsp}))
    assert isinstance(taken, Taken)
    await office.decide(taken.order_id, "confirm", due_date="2026-03-09")
    await office.decide(taken.order_id, "complete", completed_on="2026-03-09", order_number="N100", **complete)
    return taken.order_id


async def mail(office: Office, partner: str) -> list[dict[str, object]]:
    """Give the contents of a mailbox."""
    return [notice.data for notice in (await office.mailbox.page(partner, 0, 50)).notices]


@pytest.mark.upholds("loss-notification-after-disconnect")
async def test_the_losing_carrier_is_told_in_its_own_mailbox(office: Office) -> None:
    """On completion it learns account, name, address, lines and date, under 9.2.2.15.4; a stranger learns nothing."""
    await ported(office, losing_order_number="D77")

    (told,) = await mail(office, _LOSER)
    expected = {
        "kind": "loss",
        "section": "9.2.2.15.4",
        "loss_type": "port",
        "completion_date": "2026-03-09",
        "order_number": "D77",
        "account": "2085550120",
        "service_name": "LARKSPUR DENTAL STUDIO",
        "service_address": "905 MARBLEWOOD AVE, BOISE, ID 83799",
        "lost_lines": ["208-555-0120", "208-555-0121"],
    }
    assert expected == {name: value for name, value in told.items() if name not in {"id", "issued_at"}}
    assert [] == await mail(office, _STRANGER)


@pytest.mark.upholds("clec-to-clec-conversion")
async def test_nothing_of_the_winner_reaches_the_loser(office: Office) -> None:
    """Neither its name, codes, PON, order, number, service order nor circuit stands anywhere in what the loser gets."""
    order_id = await ported(office, circuit_ids=["99/NEWC/1"])  # type: ignore[arg-type] # a list goes through
    order = await office.order(order_id)
    notice = (await office.mailbox.page(_LOSER, 0, 9)).notices[0]
    report = await DailyReports(office.record, office.desk, office.clock).of_day(_LOSER, "loss", MONDAY.date())

    (line,) = [line for part in report.parts for line in part.lines]
    everything = (
        notice.document.decode() + json.dumps(notice.data) + repr((line.pon, line.ver, line.product, line.service))
    )
    for secret in (PARTNER, "ZQF", "9Z7A", order.pon, order.id, order.number, "N100", "99/NEWC/1", "0101/TIE"):
        assert secret not in everything


async def test_the_winner_sees_nothing_of_the_loss(office: Office) -> None:
    """The winner's mailbox, history and order notices tell of its own order only."""
    order_id = await ported(office)

    assert ["foc", "soc"] == await office.told(order_id)
    assert "service.lost" not in await office.happened(order_id)
    assert "loss" not in {notice["kind"] for notice in await mail(office, PARTNER)}
    assert 2 == (await office.happened(order_id)).count("notice.issued")


async def test_a_webhook_leads_to_no_order_of_the_winner(office: Office) -> None:
    """The delivery of a loss notice stands for itself: neither its row nor its view names the order that brought it."""
    order_id = await ported(office)
    notices = (await office.mailbox.page(_LOSER, 0, 9)).notices

    (delivery,) = queued(_LOSER, notices, MONDAY)

    assert (delivery.id, None) == (delivery.order_id, DeliveryView.of(delivery).order)
    assert order_id not in repr(delivery)


async def test_the_provider_knows_better_whose_it_was(office: Office) -> None:
    """Where the completion names another carrier than the request, that one is told."""
    await ported(office, onsp="8B8B", losing_carrier="7C7C")

    assert ([], ["loss"]) == (await mail(office, _LOSER), [notice["kind"] for notice in await mail(office, _STRANGER)])


@pytest.mark.parametrize("onsp", ["9Z01", "9Z7A"])
async def test_nobody_is_told_where_no_partner_lost_it(office: Office, onsp: str) -> None:
    """The ILEC itself and the winner itself lose nothing to anybody."""
    await ported(office, PORT, onsp=onsp)

    assert [] == await mail(office, _LOSER) + await mail(office, _STRANGER)


async def test_a_code_that_two_carriers_have_tells_neither(office: Office) -> None:
    """Rather no notice than one to the wrong carrier: the operator names it in the completion."""
    await office.partners.add("owyhee", "Owyhee Net", "template", ccna=["OWY"], cc=["8B8B"])

    await ported(office)

    assert [] == await mail(office, _LOSER) + await mail(office, "owyhee")


async def test_a_loss_stands_in_the_losers_report_of_the_day(office: Office) -> None:
    """A port is listed apart, with what the notice said, and the winner's report has none (12.2.5.2.4)."""
    await ported(office)
    reports = DailyReports(office.record, office.desk, office.clock)

    lost = await reports.of_day(_LOSER, "loss", MONDAY.date())

    assert {"digital-unbundled-loop": 0, "number-portability": 1, "other": 0} == {
        part.name: len(part.lines) for part in lost.parts
    }
    assert 0 == (await reports.of_day(PARTNER, "loss", MONDAY.date())).count


@pytest.mark.upholds("loss-notice-winback")
async def test_a_win_back_is_told_to_the_carrier_that_loses(office: Office) -> None:
    """The ILEC reports it on the completed order, with proof of authorization; the report of the day lists it too."""
    order_id = await office.order_loop()
    await office.decide(order_id, "confirm", due_date="2026-03-09")
    await office.decide(order_id, "complete", completed_on="2026-03-09")
    lost = {"lost_on": "2026-04-20", "kind": "win-back", "order_number": "D9"}

    with pytest.raises(DecisionInvalid, match=r"9\.2\.2\.15\.1"):
        await office.decide(order_id, "service-lost", **lost)
    await office.decide(order_id, "service-lost", **lost, proof_of_authorization=True)

    notice = (await office.notices(order_id))[-1]
    report = await DailyReports(office.record, office.desk, office.clock).of_day(PARTNER, "loss", MONDAY.date())
    (line,) = report.parts[-1].lines
    assert ("loss", "9.2.2.15.1", "COMPLETED") == (notice.kind, notice.section, (await office.order(order_id)).state)
    assert ("win-back", "D9", "PEBBLE AND FERN BOOKSHOP") == (line.kind, line.order_number, line.service.name)


async def test_a_service_is_lost_once_and_only_when_it_is_there(office: Office) -> None:
    """Not before its completion, not twice, and not what was disconnected anyway."""
    lost = {"lost_on": "2026-04-20", "kind": "disconnect"}
    loop = await office.order_loop()
    with pytest.raises(StateForbids, match="once it was completed"):
        await office.decide(loop, "service-lost", **lost)
    taken = await office.submit(office.document(DISCONNECT))
    assert isinstance(taken, Taken)
    for order_id in (loop, taken.order_id):
        await office.decide(order_id, "confirm", due_date="2026-03-09")
        await office.decide(order_id, "complete", completed_on="2026-03-09")

    await office.decide(loop, "service-lost", **lost)

    for order_id in (loop, taken.order_id):
        with pytest.raises(StateForbids, match="lost already"):
            await office.decide(order_id, "service-lost", **lost)


async def test_a_service_order_is_told_with_its_contents(office: Office) -> None:
    """The notice has number, date and entries; the order stays where it is, and there may be several."""
    order_id = await office.order_loop()
    items = [{"action": "I", "code": "LOOP2W", "quantity": 2, "text": "2-wire loop"}]

    await office.decide(order_id, "service-order", order_number="N1", due_date="2026-03-09", items=items)
    await office.decide(order_id, "service-order", order_number="C2")

    first, second = await office.notices(order_id)
    assert ("pson", "12.2.1.1.2") == (first.kind, first.section)
    assert [{"action": "I", "code": "LOOP2W", "quantity": "2", "text": "2-wire loop"}] == first.data["items"]
    assert ("C2", "ACCEPTED") == (second.data["order_number"], (await office.order(order_id)).state)


async def test_a_service_order_belongs_to_an_order_that_is_worked_on(office: Office) -> None:
    """Not to a cancelled one, and not to a version that is not in force."""
    order_id = await office.order_loop()
    with pytest.raises(StateForbids, match="Version 01 is in force"):
        await office.decide(order_id, "service-order", order_number="N1", ver="02")
    await office.decide(order_id, "cancel", reason="As told", section="9.1.12")

    with pytest.raises(StateForbids, match="between acceptance and completion"):
        await office.decide(order_id, "service-order", order_number="N1")


async def test_a_foc_has_every_field_of_the_local_response(office: Office) -> None:
    """It tells when the request was sent and when it goes out, from when intervals count, and what was assigned."""
    order_id = await office.order_loop()
    office.clock.advance(timedelta(hours=5))
    lines = [{"line": "00001", "circuit_id": "07/LXFU/1", "switch": "BOISIDMADS0"}]

    await office.decide(
        order_id,
        "confirm",
        due_date="2026-03-09",
        effective_bill_date="2026-03-09",
        representative="J SORREL",
        representative_telephone="208-555-0170",
        provider_activity=["A", "1"],
        lines=lines,
    )

    (foc,) = await office.notices(order_id)
    expected = {
        "response_type": "F",
        "request_sent": "03-02-2026-0930AM",
        "confirmation_sent": "03-02-2026-0230PM",
        "application_date": "2026-03-02",
        "due_date": "2026-03-09",
        "effective_bill_date": "2026-03-09",
        "representative": "J SORREL",
        "representative_telephone": "208-555-0170",
        "provider_activity": "A1",
        "lines": lines,
    }
    assert expected == {name: foc.data[name] for name in expected}


async def test_a_new_loop_takes_nothing_from_anybody(office: Office) -> None:
    """New service names no carrier that could lose it, even if the back end does."""
    taken = await office.submit(office.document(LOOP))
    assert isinstance(taken, Taken)
    await office.decide(taken.order_id, "confirm", due_date="2026-03-09")
    await office.decide(taken.order_id, "complete", completed_on="2026-03-09", losing_carrier="8B8B")

    assert [] == await mail(office, _LOSER)
