"""The stories. Each is one function: what happens, then what the API must say of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from gateway.demo.players import StoryBroken
from gateway.demo.scene import Scene
from gateway.demo.timeline import BACK_END, CLEC, GATEWAY


@dataclass(frozen=True, slots=True)
class Story:
    """One story.

    Attributes:
        title: what it is about, in a line.
        about: what to look for.
        begins: local time of the agreement at which it begins; after the end of the story before.
        play: plays it.
    """

    title: str
    about: str
    begins: str
    play: Callable[[Scene], Awaitable[None]]


_FOC_CLOCK: Final = "foc-72-hours-facility-check"
_PO5_CLOCK: Final = "loop-foc-time-section-20"
_CONDITIONING_CLOCK: Final = "conditioning-interval-fifteen-business-days"
_DUE_DATE_CLOCK: Final = "jeopardy-on-date-change"


async def _confirmed_in_time(scene: Scene) -> None:
    acknowledged = (await scene.sends("DEMO0001", "01", "2026-12-01")).json
    await scene.time_is("2026-12-02T12:00")
    for notice in await scene.notices():
        await scene.clec.acknowledge(notice["id"])
    scene.tells(CLEC, "reads its mailbox and acknowledges every notice")

    scene.expects("application date", "2026-11-23", acknowledged["application_date"])
    foc = await scene.clock(_FOC_CLOCK)
    scene.expects("the FOC was due, by 72 hours from receipt", "Mon 2026-11-23 19:30", scene.local(foc["due_at"]))
    po5 = await scene.clock(_PO5_CLOCK)
    scene.expects("the FOC was due, by PO-5B in business time", "Fri 2026-11-27 00:00", scene.local(po5["due_at"]))
    scene.expects("what stopped that clock of 72 hours", "confirmed", foc["stopped_by"])
    scene.expects("breaches of it", None, foc["breached_at"])
    scene.expects("due date in the FOC", "2026-12-01", (await scene.order())["due_date"])
    await scene.expects_end("BILLED", ["foc 9.2.4.4.1", "soc 12.2.1.1.5", "bcn 12.2.1.1.5"])
    unread = [notice["id"] for notice in await scene.notices() if notice["acknowledged_at"] is None]
    scene.expects("notices that are not acknowledged", [], unread)


async def _three_mistakes(scene: Scene) -> None:
    mistakes = {"LSR.CCNA": "QQQ", "LSR.DDD": "12-07-2026", "LS.LQTY": "00003"}
    refused = await scene.sends("DEMO0002", "01", "2026-12-07", mistakes, "with three mistakes")
    state_then = (await scene.order())["state"]
    sent = (await scene.notices())[0]["content"]["findings"]
    await scene.time_is("2026-12-03T10:35")
    await scene.sends("DEMO0002", "02", "2026-12-10", saying="all three cured")
    await scene.time_is("2026-12-03T17:00")

    errors = refused.json["errors"]
    found = [f"{error['rule']} {error['section']}" for error in errors]
    expected = ["company-codes-of-partner 3.2.1", "expedite-request-on-order 9.1.15.1", "line-quantity 12.2.1.1.2"]
    scene.expects("answer to the version with three mistakes", 422, refused.status)
    scene.expects("all three are found at once, each with its clause", expected, found)
    scene.expects("values that are named", ["QQQ", "12-07-2026", "00003"], [error["value"] for error in errors])
    complete = all(error["path"] and error["text"] and error["cure"] for error in errors)
    scene.expects("each has path, sentence and cure", expected=True, got=complete)
    scene.expects("findings in the reject notice", found, [f"{one['rule']} {one['section']}" for one in sent])
    scene.expects("state after the reject", "REJECTED", state_then)
    own = [ver for order, ver in scene.back_end.taken if order == scene.order_id]
    scene.expects("versions that the back end ever saw", ["02"], own)
    await scene.expects_end("CONFIRMED", ["reject 3.2.1", "foc 9.2.4.4.1"])


async def _conditioning(scene: Scene) -> None:
    await scene.sends("DEMO0003", "01", "2026-12-14")
    await scene.time_is("2026-12-08T16:30")
    rejected = await scene.order()
    approval = {"LSR.SUP": "3", "LSR.SCA": "Y", "LSR.REMARKS": "CONDITIONING CHARGES APPROVED"}
    await scene.sends("DEMO0003", "02", "2026-12-30", approval, "conditioning approved (SCA=Y)")
    await scene.time_is("2026-12-10T12:00")

    scene.expects("state after the back end's reject", "REJECTED", rejected["state"])
    ground = (await scene.notices())[0]["content"]["findings"][0]
    scene.expects("clause of the reject's ground", "9.2.4.3.1.1", ground["section"])
    order = await scene.order()
    scene.expects("version in force", "02", order["ver"])
    scene.expects("due date in the FOC, 15 business days after 2026-12-08", "2026-12-30", order["due_date"])
    clock = await scene.clock(_CONDITIONING_CLOCK)
    scene.expects("the conditioned loop is due", "Wed 2026-12-30 23:59", scene.local(clock["due_at"]))
    scene.expects("clause of that clock", "9.2.4.3.1.1, 9.2.4.9.2", clock["section"])
    await scene.expects_end("CONFIRMED", ["reject 9.2.4.3.1.1", "foc 9.2.4.4.1"])


async def _silence(scene: Scene) -> None:
    await scene.sends("DEMO0004", "01", "2026-12-18")
    await scene.time_is("2026-12-14T15:00")
    waiting = await scene.order()
    await scene.time_is("2026-12-14T22:00")

    warned = ["Sun 2026-12-13 13:00", "Mon 2026-12-14 09:00"]
    scene.expects("warnings, 24 and 4 hours before the end", warned, await scene.events("clock.warning"))
    scene.expects("breach, once", ["Mon 2026-12-14 13:00"], await scene.events("clock.breached"))
    status = (await scene.notices())[0]
    scene.expects("the status notice names the clock", _FOC_CLOCK, status["content"].get("clock"))
    scene.expects("it was issued", "Mon 2026-12-14 13:00", scene.local(status["issued_at"]))
    scene.expects("state while the FOC is overdue (nothing is made up)", "ACCEPTED", waiting["state"])
    clock = await scene.clock(_FOC_CLOCK)
    scene.expects("the late FOC stops the clock", "confirmed", clock["stopped_by"])
    scene.expects("and the breach stays on record", expected=True, got=clock["breached_at"] is not None)
    await scene.expects_end("CONFIRMED", ["status 9.2.4.3.1.2", "foc 9.2.4.4.1"])


async def _missed_due_date(scene: Scene) -> None:
    await scene.sends("DEMO0005", "01", "2026-12-22")
    await scene.time_is("2026-12-23T09:00")
    next_day = await scene.order()
    await scene.time_is("2026-12-23T18:00")

    scene.expects("state on the morning after the due date", "JEOPARDY", next_day["state"])
    missed = await scene.events("order.due-date-missed")
    scene.expects("the jeopardy came by itself, as the day ended", ["Wed 2026-12-23 00:00"], missed)
    jeopardy = (await scene.notices())[1]["content"]
    scene.expects("reason and date that it gives", ("1M", "2026-12-22"), (jeopardy["rcode"], jeopardy["due_date"]))
    clock = await scene.clock(_DUE_DATE_CLOCK)
    scene.expects("the missed date stays on record", expected=True, got=clock["breached_at"] is not None)
    completed = (await scene.notices())[-1]["content"]["completion_date"]
    scene.expects("completion, a day late", "2026-12-23", completed)
    await scene.expects_end("COMPLETED", ["foc 9.2.4.4.1", "jeopardy 9.2.4.4.1", "soc 12.2.1.1.5"])


async def _lost_acknowledgement(scene: Scene) -> None:
    pon = "DEMO0006"
    document = scene.document(pon, "2027-01-11")
    scene.tells(CLEC, f"sends LSR {pon} VER 01, and loses the line before the answer comes")
    await scene.clec.send_and_hang_up(document, lambda: scene.back_end.has_taken_pon(pon))
    order_id = await _order_of(scene, pon)
    scene.tells(GATEWAY, "accepts it, and its answer is not heard")
    await scene.tell_news()
    scene.tells(BACK_END, "has the order, and the CLEC does not know")

    await scene.time_is("2027-01-04T11:20")
    scene.tells(CLEC, "sends the very same bytes again")
    again = await scene.clec.send(document)
    received = scene.local(again.json["received_at"])
    scene.tells(GATEWAY, f"answers {again.status} as it did before: {again.json['number']}, received {received}")
    third = await scene.clec.send(document)
    scene.tells(CLEC, "sends them once more")
    scene.tells(GATEWAY, "gives the same answer" if third == again else "gives another answer")

    scene.tells(CLEC, "sends another due date under the same PON and VER, by mistake")
    other = await scene.clec.send(scene.document(pon, "2027-01-12"))
    await scene.hears(other, "01")
    await scene.time_is("2027-01-05T15:00")

    scene.expects("answer to the same bytes", (202, order_id), (again.status, again.json["order_id"]))
    scene.expects("it names the first receipt", "Mon 2027-01-04 11:00", scene.local(again.json["received_at"]))
    scene.expects("the same answer every time", expected=True, got=again == third)
    error = other.json["errors"][0]
    refusal = (other.status, error["rule"], error["section"])
    scene.expects("answer to other bytes", (409, "pon-version-duplicate", "12.2.1.1.2"), refusal)
    scene.expects("orders under the PON", [order_id], [order["id"] for order in await scene.clec.orders(pon)])
    deliveries = [ver for order, ver in scene.back_end.taken if order == order_id]
    scene.expects("versions that the back end got", ["01"], deliveries)
    scene.expects("due date, of the first bytes", "2027-01-11", (await scene.order())["due_date"])
    await scene.expects_end("CONFIRMED", ["foc 9.2.4.4.1"])


async def _order_of(scene: Scene, pon: str) -> str:
    """Give the id of an order that the CLEC was not told of."""
    orders = await scene.clec.orders(pon)
    if len(orders) != 1:
        raise StoryBroken(f"there are {len(orders)} orders under {pon}")
    scene.order_id = orders[0]["id"]
    return str(orders[0]["id"])


STORIES: Final = (
    Story(
        "A loop is confirmed inside 72 hours, completed and billed",
        "The order comes on a Friday evening after the cut-off, so it counts as Monday's; Thanksgiving is in the week.",
        "2026-11-20T19:30",
        _confirmed_in_time,
    ),
    Story(
        "An order with three mistakes hears of all three at once",
        "Another carrier's code, too early a date, a wrong line count. One corrected version is enough.",
        "2026-12-03T10:00",
        _three_mistakes,
    ),
    Story(
        "A loop needs conditioning: rejected, then cured",
        "The gateway finds nothing wrong; the ILEC's back end finds load coils on the pair and says so.",
        "2026-12-07T08:45",
        _conditioning,
    ),
    Story(
        "The back end stays silent past 72 hours",
        "The gateway never makes up a FOC. It warns the ILEC, records the breach, and tells the CLEC with the clause.",
        "2026-12-11T13:00",
        _silence,
    ),
    Story(
        "A due date is missed",
        "Nobody reports anything. When the day has ended, the jeopardy notice goes out by itself.",
        "2026-12-15T09:15",
        _missed_due_date,
    ),
    Story(
        "An order is sent again after a lost acknowledgement",
        "Sending again is safe: the same bytes are the same order. Other bytes under the same PON and VER are not.",
        "2027-01-04T11:00",
        _lost_acknowledgement,
    ),
)
