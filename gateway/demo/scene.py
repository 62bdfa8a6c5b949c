"""One story being played: the clock is moved, orders are sent, and everything that happens is told and kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gateway.demo.expectations import Expectation, Outcome
from gateway.demo.players import Players, Reply, StoryBroken, until
from gateway.demo.teller import Teller
from gateway.demo.timeline import CLEC, GATEWAY, Chronicle, Json, Line, counted, day, finding_lines, moment
from validators.agreement.terms import Agreement
from validators.messages.compose import compose
from validators.schema import Schemas

_ACCEPTED = 202


@dataclass(frozen=True, slots=True)
class Play:
    """What all stories share.

    Attributes:
        agreement: by which they are played.
        chronicle: tells what the record says.
        order: the order that they start from, as field=value text.
        schemas: by which it becomes XML.
    """

    agreement: Agreement
    chronicle: Chronicle
    order: str
    schemas: Schemas


class Scene:
    """What a story needs to be played.

    Args:
        players: CLEC, operator, back end.
        teller: tells what happens.
        play: what all stories share.
        outcome: keeps what happens.
        now: where the clock stands.

    Attributes:
        clec: the CLEC.
        back_end: the back end at work.
        now: the agreement's local time.
        order_id: the order that the story is about, once it is known.
    """

    def __init__(self, players: Players, teller: Teller, play: Play, outcome: Outcome, now: datetime) -> None:
        self.clec = players.clec
        self.back_end = players.back_end
        self.now = now
        self.order_id: str | None = None
        self._operator = players.operator
        self._teller = teller
        self._play = play
        self._zone = play.agreement.zone
        self._outcome = outcome
        self._ways: dict[str, str] = {}

    async def time_is(self, local: str) -> None:
        """Let time pass to a local instant of the agreement (`2026-11-20T19:30`).

        On the way the back end does what it has planned, and each clock fires, at its own time.
        """
        target = datetime.fromisoformat(local).replace(tzinfo=self._zone)
        while self.back_end.plans and (at := self.back_end.plans[0]) <= target:
            await self._operator.move_clock(at)
            self.now = at.astimezone(self._zone)
            for answer in await self.back_end.answers(at):
                await self._recorded(answer)
            await self.tell_news()
        await self._operator.move_clock(target)
        self.now = target
        self.back_end.tell(target)
        await self.tell_news()

    async def _recorded(self, answer: Json) -> None:
        """Return when a decision, which may come over a stream, stands in the order's history."""

        async def stands() -> bool:
            events = await self.clec.part(answer["order"], "events")
            return any(event["data"].get("decision") == answer["decision"] for event in events)

        self._ways[answer["decision"]["decision"]] = answer["by"]
        await until(f"the gateway carries out {answer['decision']}", stands)

    def document(self, pon: str, due: str, sets: Mapping[str, str] | None = None) -> bytes:
        """Give the order as XML with this PON and DDD (ISO date), sent now, and whatever else is set."""
        wanted = datetime.fromisoformat(due)
        own = {
            "LSR.PON": pon,
            "LSR.D/TSENT": f"{self.now:%m-%d-%Y-%I%M%p}",
            "LSR.DDD": f"{wanted:%m-%d-%Y}",
        }
        return compose(self._play.order, sets={**own, **(sets or {})}, schemas=self._play.schemas)

    def tells(self, who: str, what: str, section: str = "", details: Iterable[str] = ()) -> None:
        """Tell something that no history has: what somebody sends, sees or does."""
        self._keep(Line(self.now, who, what, section, tuple(details)))

    async def sends(
        self, pon: str, ver: str, due: str, sets: Mapping[str, str] | None = None, saying: str = ""
    ) -> Reply:
        """Send a version of the order, tell what is answered, and wait until the back end has it if it is good.

        Args:
            pon: PON.
            ver: VER.
            due: desired due date, ISO.
            sets: fields that differ from the order that the stories start from.
            saying: what is told of them.
        """
        document = self.document(pon, due, {"LSR.VER": ver, **(sets or {})})
        self.tells(CLEC, f"sends LSR {pon} VER {ver}, {saying or 'one 2-wire non-loaded loop'}, wanted by {day(due)}")
        reply = await self.clec.send(document)
        await self.hears(reply, ver)
        return reply

    async def hears(self, reply: Reply, ver: str) -> None:
        """Tell the answer to a version and what the record says of it."""
        answer = reply.json
        if reply.status == _ACCEPTED:
            self.order_id = answer["order_id"]
            applied = day(answer["application_date"])
            self.tells(GATEWAY, f"accepts it, application date {applied}", answer["application_section"])
            await self.back_end.has_taken(answer["order_id"], ver)
        else:
            self.order_id = answer.get("order", "").rpartition("/")[2] or self.order_id
            findings = answer.get("errors", [])
            what = f"answers {reply.status} ({answer['title']}), with {counted(len(findings), 'finding')}"
            self.tells(GATEWAY, what, details=[line for found in findings for line in finding_lines(found)])
        await self.tell_news()

    async def order(self) -> dict[str, Any]:
        """Give the order as the API shows it."""
        return await self.clec.read(f"/v1/orders/{self._known_order()}")

    async def notices(self) -> list[dict[str, Any]]:
        """Give its notices."""
        return await self.clec.part(self._known_order(), "notices")

    async def events(self, type_: str) -> list[str]:
        """Give the local times at which its history has events of a type."""
        events = await self.clec.part(self._known_order(), "events")
        return [moment(self._play.chronicle.local(event["at"])) for event in events if event["type"] == type_]

    async def clock(self, clock: str) -> dict[str, Any]:
        """Give its last clock of that id.

        Raises:
            StoryBroken: it has none.
        """
        clocks = [one for one in await self.clec.part(self._known_order(), "clocks") if one["clock"] == clock]
        if not clocks:
            raise StoryBroken(f"the order has no clock {clock!r}")
        return clocks[-1]

    def local(self, instant: str) -> str:
        """Give an instant of the API as a local time, to the minute."""
        return moment(self._play.chronicle.local(instant))

    def expects(self, what: str, expected: object, got: object) -> None:
        """Keep an expectation and what came."""
        self._outcome.expectations.append(Expectation(what, expected, got))

    async def expects_end(self, state: str, notices: list[str]) -> None:
        """Expect the order in a state, and its notices as `kind section` in their order."""
        self.expects("state of the order", state, (await self.order())["state"])
        sent = [f"{notice['kind']} {notice['section']}" for notice in await self.notices()]
        self.expects("notices in the CLEC's mailbox, each with its clause", notices, sent)

    async def tell_news(self) -> None:
        """Tell what the record says of the order and was not told yet."""
        if self.order_id is None:
            return
        parts = [await self.clec.part(self.order_id, name) for name in ("events", "clocks", "notices")]
        for line in self._play.chronicle.news(parts[0], parts[1], parts[2], self._ways):
            self._keep(line)

    def _keep(self, line: Line) -> None:
        self._outcome.lines.append(line)
        self._teller.line(line)

    def _known_order(self) -> str:
        if self.order_id is None:
            raise StoryBroken("no order was taken, so there is nothing to look at")
        return self.order_id
