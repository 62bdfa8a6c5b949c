"""One life: a CLEC and an ILEC who do at random what people do, and a few things that they may not."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from gateway.lifecycle.decisions import DecisionInvalid, Milestone
from gateway.lifecycle.jeopardy_reasons import JEOPARDY_REASONS
from gateway.lifecycle.vocabulary import State
from gateway.services.refusals import Refused
from gateway.services.taken import Taken
from tests.lives.kinds import LifeKind
from tests.rig.court import MOUNTAIN, sample
from tests.rig.office import Office
from validators.messages.compose import compose

_CANCELLATION_LEAVES_OUT = ("EU", "LS", "LSNP", "NP", "LSR.AFO")
_WAITS = (
    # Once in four an answer within minutes, else within hours, days or weeks.
    (timedelta(minutes=1), timedelta(minutes=40)),
    (timedelta(hours=1), timedelta(hours=30)),
    (timedelta(days=1), timedelta(days=9)),
    (timedelta(days=5), timedelta(days=50)),
)
_USUAL_WAITS = (3, 5, 4, 1)

Act = Callable[["Life"], Awaitable[None]]


@dataclass(slots=True)
class Life:
    """One order from its first version to its end, or to where nobody moves it any more.

    `told` has, for each version that was acknowledged, the order's id and the outcome; `sent` its bytes.
    """

    office: Office
    rng: Random
    partner: str
    pon: str
    kind: LifeKind
    order_id: str | None = None
    told: dict[str, tuple[str, str]] = field(default_factory=dict)
    sent: dict[str, bytes] = field(default_factory=dict)
    content: dict[str, Mapping[str, str]] = field(default_factory=dict)
    refusals: int = 0

    async def act(self) -> timedelta | None:
        """Do the next thing, and give how long after it the next one comes; None if nobody moves the order any more."""
        if self.order_id is None:
            await self._send_first()
        else:
            acts = _ACTS[State((await self.office.order(self.order_id)).state)]
            act = self.rng.choices([act for act, _ in acts], [weight for _, weight in acts])[0]
            if act is None:
                return None
            await act(self)
        if self.order_id is None:
            return None
        shortest, longest = self.rng.choices(_WAITS, _USUAL_WAITS)[0]
        return shortest + (longest - shortest) * self.rng.random()

    @property
    def _now(self) -> datetime:
        return self.office.clock.now().astimezone(MOUNTAIN)

    def _day(self, least: int, most: int) -> str:
        return f"{self._now + timedelta(days=self.rng.randint(least, most)):%Y-%m-%d}"

    def _desired(self) -> str:
        # Once in twenty-five it lies in the past, and once in ten it may fall on a weekend or a holiday.
        days = self.rng.randint(-9, 0) if self.rng.random() < 0.04 else self.rng.randint(3, 60)
        day = (self._now + timedelta(days=days)).date()
        calendar = self.office.desk.agreements["template"].calendar
        chosen = calendar.business_day_on_or_after(day) if self.rng.random() < 0.9 else day
        return f"{chosen:%m-%d-%Y}"

    def _sets(self, ver: str, more: Mapping[str, str]) -> dict[str, str]:
        head = self.kind.head
        fields = {**self.kind.sets, f"{head}.PON": self.pon, f"{head}.VER": ver, f"{head}.DDD": self._desired()}
        if self.kind.supplements:
            fields["LSR.D/TSENT"] = f"{self._now:%m-%d-%Y-%I%M%p}"
        return {**fields, **more}

    @property
    def _next_ver(self) -> str:
        return f"{int(max(self.told, default='00')) + 1:02}"

    async def _send(self, ver: str, sets: Mapping[str, str], drops: tuple[str, ...] = ()) -> None:
        body = compose(sample(self.kind.sample), sets, drops, schemas=self.office.schemas)
        try:
            taken = await self.office.submit(body, partner=self.partner)
        except Refused:
            self.refusals += 1
            return
        if not isinstance(taken, Taken):
            self.refusals += 1
            return
        self.order_id = taken.order_id
        self.told[ver] = (taken.order_id, taken.acknowledgement.outcome)
        self.sent[ver], self.content[ver] = body, sets

    async def _send_first(self) -> None:
        await self._send("01", self._sets("01", {}))

    async def _in_force(self) -> Mapping[str, str]:
        return self.content[(await self.office.order(self.order_id or "")).ver]

    async def change_date(self) -> None:
        """Send the version in force again with another desired due date (SUP 2)."""
        ver = self._next_ver
        date = {"LSR.SUP": "2", "LSR.VER": ver, "LSR.DDD": self._desired()}
        await self._send(ver, {**await self._in_force(), **date})

    async def change(self) -> None:
        """Send the request with something else changed (SUP 3)."""
        ver = self._next_ver
        await self._send(ver, self._sets(ver, {"LSR.SUP": "3", "LSR.REMARKS": f"CHANGED IN VERSION {ver}"}))

    async def correct(self) -> None:
        """Send a corrected version of a rejected one (no SUP)."""
        ver = self._next_ver
        await self._send(ver, self._sets(ver, {}))

    async def withdraw(self) -> None:
        """Cancel the request (SUP 1)."""
        ver = self._next_ver
        sets = {name: text for name, text in self._sets(ver, {"LSR.SUP": "1"}).items() if name.startswith("LSR.")}
        await self._send(ver, sets, _CANCELLATION_LEAVES_OUT)

    async def repeat(self) -> None:
        """Send the bytes of an earlier version again, or other bytes under its number, or a version that skips one."""
        ver, body = self.rng.choice(sorted(self.sent.items()))
        again = self.rng.random()
        if again < 0.4:
            taken = await self.office.submit(body, partner=self.partner)
            assert isinstance(taken, Taken)
            assert (taken.order_id, taken.again) == (self.order_id, True)
            return
        skipping = f"{int(self._next_ver) + 1:02}"
        wrong = ver if again < 0.7 else skipping
        other = compose(
            sample(self.kind.sample), self._sets(wrong, {f"{self.kind.head}.CC": "9Z7A"}), schemas=self.office.schemas
        )
        taken = await self.office.submit(other, partner=self.partner)
        assert not isinstance(taken, Taken) or taken.again
        self.refusals += 1

    async def decide(self, decision: str, **body: Any) -> None:
        """Decide as the back end; that the state or the agreement forbids it is an answer, too."""
        order = await self.office.order(self.order_id or "")
        try:
            await self.office.decide(order.id, decision, ver=body.pop("ver", order.ver), **body)
        except (Refused, DecisionInvalid):
            self.refusals += 1

    async def confirm(self) -> None:
        """Confirm for a day in some weeks at most, or for one that is past."""
        await self.decide(
            "confirm",
            due_date=self._day(-2, 30),
            order_number=f"N{self.pon[-8:]}",
            coordinated=self.rng.random() < 0.3,
            reports_readiness=self.rng.random() < 0.5,
            reports_milestones=self.rng.random() < 0.5,
            appointment_time=self.rng.choice([None, "0900AM", "0200PM-0400PM"]),
        )

    async def reject(self) -> None:
        """Reject by hand."""
        await self.decide("reject", findings=[{"section": "12.2.1.1.6", "text": "No such circuit", "code": "B104"}])

    async def put_in_jeopardy(self) -> None:
        """Tell of a jeopardy by any reason code."""
        await self.decide(
            "jeopardy",
            rcode=self.rng.choice(sorted(JEOPARDY_REASONS)),
            text="As told by telephone",
            estimated_due_date=self._day(1, 30),
        )

    async def find_no_facilities(self) -> None:
        """Find none, with one of the three outcomes."""
        await self.decide("facilities-unavailable", outcome=self.rng.choice(["pending", "job", "no-build"]))

    async def report_facilities(self) -> None:
        """Report what the records say of the facilities."""
        yes_no_unknown = (True, False, None)
        await self.decide(
            "facility-answer",
            **{name: self.rng.choice(yes_no_unknown) for name in ("available", "load_coils", "bridged_tap", "copper")},
        )

    async def negotiate(self) -> None:
        """Ask for an agreement on the frame due time."""
        await self.decide("negotiate", text="The frame due time is to be agreed")

    async def report_readiness(self) -> None:
        """Say at the appointment who is ready."""
        await self.decide("readiness", ready=self.rng.choice(["ilec", "clec"]))

    async def reach(self) -> None:
        """Report a milestone."""
        await self.decide("milestone", reached=self.rng.choice(list(Milestone)).value)

    async def enter_service_order(self) -> None:
        """Report that a service order was entered."""
        items = [{"action": "I", "code": "LOOP", "quantity": self.rng.randint(1, 9)}]
        await self.decide("service-order", order_number=f"N{self.pon[-8:]}", items=items)

    async def lose(self) -> None:
        """Report that the service went elsewhere."""
        kind = self.rng.choice(["win-back", "disconnect"])
        await self.decide("service-lost", lost_on=self._day(0, 0), kind=kind, proof_of_authorization=True)

    async def complete(self) -> None:
        """Complete the service order."""
        day = f"{self._now:%Y-%m-%d}"
        await self.decide("complete", completed_on=day, order_number="N1", tested=self.rng.random() < 0.3)

    async def bill(self) -> None:
        """Report that it has posted to billing."""
        await self.decide("bill", billed_on=f"{self._now:%Y-%m-%d}")

    async def cancel(self) -> None:
        """Cancel as the ILEC."""
        await self.decide("cancel", reason="By the right that the section gives", section="9.1.12")

    async def decide_wrongly(self) -> None:
        """Decide something that may not be: at the wrong time, or of another version."""
        wrong: Mapping[str, Mapping[str, Any]] = {
            "confirm": {"due_date": self._day(1, 20), "ver": "77"},
            "bill": {"billed_on": self._day(0, 0)},
            "complete": {"completed_on": self._day(0, 0), "ver": "66"},
            "reject": {"findings": []},
            "jeopardy": {"rcode": "9Z"},
        }
        decision = self.rng.choice(sorted(wrong))
        await self.decide(decision, **wrong[decision])


_CLEC: tuple[tuple[Act | None, int], ...] = (
    (Life.change_date, 5),
    (Life.change, 5),
    (Life.withdraw, 3),
    (Life.repeat, 4),
    (Life.decide_wrongly, 3),
)
_AFTERWARDS: tuple[tuple[Act | None, int], ...] = (
    (Life.change, 2),
    (Life.withdraw, 2),
    (Life.repeat, 2),
    (Life.decide_wrongly, 2),
    (Life.reach, 4),
    (Life.lose, 2),
)
_ACTS: Mapping[State, tuple[tuple[Act | None, int], ...]] = {
    State.RECEIVED: ((None, 1),),
    State.REJECTED: (*_CLEC, (Life.correct, 40), (Life.cancel, 1), (None, 12)),
    State.ACCEPTED: (
        *_CLEC,
        (Life.confirm, 50),
        (Life.reject, 7),
        (Life.find_no_facilities, 8),
        (Life.report_facilities, 12),
        (Life.enter_service_order, 8),
        (Life.negotiate, 6),
        (Life.cancel, 2),
        (None, 5),
    ),
    State.NEGOTIATING: (*_CLEC, (Life.confirm, 40), (Life.reject, 5), (Life.find_no_facilities, 5), (None, 6)),
    State.PENDING_FACILITIES: (
        *_CLEC,
        (Life.confirm, 15),
        (Life.find_no_facilities, 10),
        (Life.report_facilities, 8),
        (None, 25),
    ),
    State.CONFIRMED: (
        *_CLEC,
        (Life.complete, 45),
        (Life.put_in_jeopardy, 10),
        (Life.report_readiness, 12),
        (Life.reach, 8),
        (Life.find_no_facilities, 3),
        (Life.cancel, 2),
        (None, 8),
    ),
    State.JEOPARDY: (
        *_CLEC,
        (Life.confirm, 35),
        (Life.complete, 20),
        (Life.put_in_jeopardy, 6),
        (Life.cancel, 2),
        (None, 10),
    ),
    State.COMPLETED: (*_AFTERWARDS, (Life.bill, 40), (None, 4)),
    State.BILLED: (*_AFTERWARDS, (None, 30)),
    State.CANCELLED: (*_AFTERWARDS, (None, 30)),
}
"""What may come next in each state, with its weight; None is silence for ever."""
