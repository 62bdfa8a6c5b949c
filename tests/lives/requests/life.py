"""One request: a CLEC and an ILEC who do at random what its life cycle of the agreement file allows, and what not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from gateway.lifecycle.decisions import DecisionInvalid
from gateway.record.rows import Family, Order
from gateway.services.refusals import Refused
from gateway.services.taken import Taken
from tests.rig.office import Office
from validators.agreement.collocation_terms import CollocationTerms
from validators.agreement.process_terms import Asked, ProcessTerm, StepTerm
from validators.messages.compose import compose

PREMISES = ("BOISIDMA", "BOISIDWE", "NAMPIDMA", "TWFLIDMA")
_WAITS = (
    (timedelta(minutes=1), timedelta(minutes=40)),
    (timedelta(hours=1), timedelta(hours=30)),
    (timedelta(days=1), timedelta(days=9)),
    (timedelta(days=6), timedelta(days=12)),
    (timedelta(days=25), timedelta(days=60)),
)
_USUAL_WAITS = (2, 4, 6, 3, 1)
_COMPLETE: Mapping[str, str] = {
    "COLLO.BILLCON": "Accounts payable",
    "COLLO.CONTACT": "J Doe 208 555 0101",
    "SPACE[1].AMPS": "40",
    "SPACE[1].FEED": "PRIMARY",
    "SPACE[1].FEEDID": "A1",
    "SPACE.HEAT": "2000",
    "SPACE.SHARE": "50",
    "EQUIP.SPECS": "sheet 7",
    "EQUIP.SCHEMATIC": "Y",
    "EQUIP.CODES": "T1E1",
    "EQUIP.OPTIONS": "NONE",
    "EQUIP.SYNC": "NONE",
    "EQUIP.BAYSPEC": "seven feet",
    "EQUIP[1].MAKE": "Acme",
    "EQUIP[1].MODEL": "D900",
    "EQUIP[1].FUNC": "DSLAM",
    "EQUIP[1].DIMS": "24x12x7 in",
    "EQUIP[1].QTY": "2",
    "TERMS.EFTYPE": "FIBER",
    "TERMS.FIBERS": "24",
    "TERMS.DEMARC": "OWN",
    "TERMS[1].TERM": "DS1",
    "TERMS[1].QTY": "28",
    "ASK.DESC": "what is asked for",
    "ASK.IFACE": "DS1",
    "ASK.ACCESS": "unbundled",
    "ASK.USE": "telecommunications",
    "ASK.LOCATION": "Boise",
    "ASK.PERIOD": "2027Q3",
    "ASK.TESTS": "all",
    "ASK.MAPS": "Y",
    "LOOP.REASON": "UNCLEAR",
    "LOOP.SASN": "OPALINE",
    "LOOP.CITY": "BOISE",
    "DOCS.FORM": "Y",
    "DOCS.AUTH": "Y",
    "DOCS.NOTIFIED": "Y",
    "DOCS.LOA": "Y",
    "COLLO.ASSIGNEE": "Bitterroot",
    "COLLO.ASSIGNID": "BTR",
    "PAY.AMOUNT": "1851.86",
}
"""What makes a request of any kind complete, as far as its kind has the field."""
_LEFT_OUT = ("COLLO.BILLCON", "SPACE.HEAT", "TERMS[1]", "ASK.DESC")
"""What some first messages lack."""
_NEVER_TIRED = 40
"""After so many acts in vain nobody moves a request any more."""


@dataclass(slots=True)
class RequestLife:
    """One request from its first message to its end, or to where nobody moves it any more.

    `told` has, for each version that was acknowledged, the order's id and the outcome; `sent` its bytes.
    """

    office: Office
    rng: Random
    partner: str
    pon: str
    kind: str
    premises: str
    order_id: str | None = None
    told: dict[str, tuple[str, str]] = field(default_factory=dict)
    sent: dict[str, bytes] = field(default_factory=dict)
    rests_on: "RequestLife | None" = None
    refusals: int = 0
    acts: int = 0

    async def act(self) -> timedelta | None:
        """Do the next thing, and give how long after it the next one comes; None if nobody moves the request."""
        self.acts += 1
        if self.order_id is None:
            await self._apply("APPLICATION", whole=self.rng.random() < 0.8)
        else:
            order = await self.office.order(self.order_id)
            if self.process.states[order.state].final and self.rng.random() < 0.7:
                return None
            await self._go_on(order)
        if self.order_id is None or self.acts > _NEVER_TIRED or self.rng.random() < 0.03:
            return None
        shortest, longest = self.rng.choices(_WAITS, _USUAL_WAITS)[0]
        return shortest + (longest - shortest) * self.rng.random()

    @property
    def terms(self) -> CollocationTerms:
        """The terms of the agreement."""
        terms = self.office.desk.agreements["template"].collocation
        assert terms is not None
        return terms

    @property
    def process(self) -> ProcessTerm:
        """The life cycle of the request."""
        return self.terms.process_of(self.kind)

    async def _go_on(self, order: Order) -> None:
        """Do something that the state of the request allows, once in ten something that it may not."""
        anything = self.rng.random() < 0.1
        steps = [
            step
            for step in self.process.steps
            if step.by in ("clec", "ilec") and (anything or order.state in self.process.sources(step))
        ]
        if not steps:
            return
        step = self.rng.choices(steps, [self._weight(step, order.state) for step in steps])[0]
        if step.by == "clec":
            await self._send_message(step, order)
            return
        await self._decide(step, order)

    def _weight(self, step: StepTerm, state: str) -> int:
        """Give how often a step is tried: what leads on more often than what ends a request or leaves it."""
        leads_on = step.to not in (None, state) and step.to in self.process.live
        return (8 if step.by == "ilec" else 4) if leads_on else 1

    async def _send_message(self, step: StepTerm, order: Order) -> None:
        if step.on == "application":
            await self._apply("APPLICATION", whole=self.rng.random() < 0.7)
            return
        sets = {"COLLO.PON": self.pon, "COLLO.VER": self._next_ver, "COLLO.MSG": step.on.upper()}
        if step.on == "acceptance":
            owed = order.facts.get("required_payment", "0.00")
            sets |= {"COLLO.SIGNED": "J Doe", "PAY.AMOUNT": self.rng.choice([owed, owed, "1.00"])}
        await self._send(compose("", sets, schemas=self.office.schemas))

    async def _apply(self, message: str, *, whole: bool) -> None:
        head = {
            "COLLO.PON": self.pon,
            "COLLO.VER": self._next_ver,
            "COLLO.MSG": message,
            "COLLO.KIND": self.kind.upper(),
            "COLLO.CCNA": "ZQF",
            "COLLO.CC": "9Z7A",
            "COLLO.PREM": self.premises,
            "COLLO.SITE": f"{self.premises}X01",
            "COLLO.ALTKIND": "CAGED" if self.kind in ("option", "forecast") else "CAGELESS",
            "SPACE.EQCAT": self.rng.choice(["TRANSMISSION", "SWITCHING", "POWER"]),
            "SPACE.SQFT": str(self.rng.choice([80, 100, 110, 150])),
            "SPACE.BAYS": "2",
            "SPACE.CHANGE": "REDUCTION",
            "ASK.QTY": str(self.rng.choice([1, 40, 400])),
        }
        if self.rests_on is not None:
            head["COLLO.REF"] = self.rests_on.pon
        drops = () if whole else (self.rng.choice(_LEFT_OUT),)
        await self._send(compose("", {**_COMPLETE, **head}, drops, schemas=self.office.schemas))

    async def _send(self, body: bytes) -> None:
        ver = self._next_ver
        try:
            taken = await self.office.intake.submit(
                self.partner, Family.COLLOCATION, body, idempotency_key=None, if_match=None
            )
        except Refused:
            self.refusals += 1
            return
        if not isinstance(taken, Taken) or taken.again:
            self.refusals += 1
            return
        self.order_id = taken.order_id
        self.told[ver] = (taken.order_id, taken.acknowledgement.outcome)
        self.sent[ver] = body

    @property
    def _next_ver(self) -> str:
        return f"{len(self.told):02}"

    async def _decide(self, step: StepTerm, order: Order) -> None:
        values = {
            name: self._value(name, ask, order)
            for name, ask in step.asks.items()
            if ask.required or self.rng.random() < 0.4
        }
        try:
            await self.office.decide(order.id, step.on, **values)
        except (Refused, DecisionInvalid):
            self.refusals += 1

    def _value(self, name: str, ask: Asked, order: Order) -> Any:
        now = self.office.clock.now()
        if name == "amount":
            owed = [order.facts.get("required_payment"), order.facts.get("nonrecurring"), "5.00"]
            return self.rng.choice([amount for amount in owed if amount is not None])
        if ask.kind == "text":
            return f"space {now:%m-%d}" if name == "space" else self.rng.choice(["As discussed", "By letter"])
        if ask.kind == "instant":
            return self._instant(name, now).isoformat()
        if ask.kind == "elements":
            return self._elements()
        return {
            "date": f"{now + timedelta(days=self.rng.randint(0, 170)):%Y-%m-%d}",
            "money": "120.00",
            "number": self.rng.randint(1, 50),
            "flag": self.rng.random() < 0.5,
            "items": [{"item": "c", "text": "the feeds are not named"}],
        }[ask.kind]

    def _instant(self, name: str, now: datetime) -> datetime:
        """Give an instant: funds and studies lie before now, visits and power work after it."""
        away = timedelta(hours=self.rng.randint(1, 60))
        return (now - away if name in ("received_at", "completed_at") else now + away * 4).astimezone(UTC)

    def _elements(self) -> Sequence[Mapping[str, Any]]:
        codes = self.terms.kinds[self.kind].elements or ("SPACE-CONSTRUCTION",)
        return [{"code": self.rng.choice(codes), "quantity": self.rng.randint(1, 3)}]
