"""A counter for requests about collocation, in memory: the real judge and commands, a record of lists, a clock by hand.

It is for the many small stories of the life cycles that agreement files describe; scenarios and contract tests show the
same services on databases.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from gateway.ids import Ids
from gateway.lifecycle.decisions import DecisionInvalid
from gateway.record.places import Place
from gateway.record.port import Command, NaturalKey
from gateway.record.rows import (
    ClockState,
    Family,
    Notice,
    OpenClock,
    Order,
    Partner,
)
from gateway.services.carry_out import Instruction
from gateway.services.clock_keeper import FireClock
from gateway.services.desk import Desk
from gateway.services.machines import MACHINES
from gateway.services.refusals import Refused
from gateway.services.take_message import Message
from gateway.services.take_request import TakeRequest
from gateway.services.take_step import TakeStep
from gateway.services.taken import Duplicate, OutOfSequence, Taken
from tests.rig.applications import COMPLETE, sample_value
from tests.rig.shelf import Shelf
from tests.rig.without import as_built
from validators.agreement.terms import Agreement
from validators.judge import Judge
from validators.messages.compose import compose
from validators.rules.case import PartnerCodes
from validators.rules.registry import RuleBook
from validators.schema import Schemas
from validators.verdict import Finding

AGREEMENT = "template"
YEAR = 2027


@dataclass(frozen=True, slots=True)
class Bench:
    """What every counter needs, made once."""

    schemas: Schemas
    rulebook: RuleBook
    agreement: Agreement


class Counter:
    """Takes messages and decisions under one agreement, and lets time pass."""

    def __init__(self, bench: Bench, agreement: Agreement | None = None) -> None:
        self.agreement = agreement or bench.agreement
        self._bench = bench
        self._schemas = bench.schemas
        self._judge = Judge(bench.schemas, {AGREEMENT: self.agreement}, bench.rulebook)
        self._numbers = 0
        self.shelf = Shelf()
        self.desk = Desk({AGREEMENT: self.agreement}, MACHINES, Ids(), self.shelf.dossier)
        self.now = datetime(YEAR - 1, 1, 1, tzinfo=UTC)

    def applies(
        self, kind: str, at: str, sets: Mapping[str, str] | None = None, drops: Iterable[str] = (), **who: str
    ) -> "Case":
        """Send the first message of a request: complete, with fields set and dropped. Give the request.

        Args:
            kind: what is asked for.
            at: local time of receipt, as `03-04 10:15`; noon if no hour is given.
            sets: fields of the complete message of the kind to set.
            drops: fields of it to take out.
            who: `partner`, the CLEC that sends it; `pon`.
        """
        self._numbers += 1
        pon = who.get("pon", f"COL{self._numbers:04}")
        case = Case(self, kind, who.get("partner", "sawtooth"), pon)
        case.send(at, "application", {**COMPLETE.get(kind, COMPLETE["caged"]), **(sets or {})}, drops)
        return case

    def asks_for(self, kind: str, at: str) -> tuple[Finding, ...]:
        """Send an application of a kind that may not be one, and give what is found in it if it is not taken."""
        self.passes(at)
        head = {"COLLO.PON": "NOKIND", "COLLO.VER": "00", "COLLO.MSG": "APPLICATION", "COLLO.KIND": kind.upper()}
        result = self.take("sawtooth", {**COMPLETE["caged"], **head}, ())
        return () if isinstance(result, Taken) else result.findings

    def sends_alone(self, says: str, at: str) -> tuple[Finding, ...]:
        """Send a later message under a PON that is not on record, and give what is found."""
        self.passes(at)
        head = {"COLLO.PON": "NOBODY", "COLLO.VER": "00", "COLLO.MSG": says.upper(), "COLLO.SIGNED": "J Doe"}
        result = self.take("sawtooth", head, ())
        return () if isinstance(result, Taken) else result.findings

    def with_terms(self, **terms: Any) -> "Counter":
        """Give a new counter under the same agreement with other terms on collocation."""
        agreement = self.agreement
        assert agreement.collocation is not None
        return Counter(self._bench, as_built(agreement, collocation=as_built(agreement.collocation, **terms)))

    def instant(self, local: str) -> datetime:
        """Read `03-04 10:15`, of the year 2027, or `2028-02-29 23:59`, in the zone of the agreement."""
        day, _, hour = local.partition(" ")
        year = "" if day.count("-") > 1 else f"{YEAR}-"
        return datetime.fromisoformat(f"{year}{day}T{hour or '12:00'}").replace(tzinfo=self.agreement.zone)

    def local_date(self, at: datetime | None) -> date | None:
        """Give the date of an instant in the zone of the agreement."""
        return None if at is None else at.astimezone(self.agreement.zone).date()

    def move_to(self, at: datetime) -> None:
        """Let time pass; what is due before `at` fires at its own time, what is due at it fires then."""
        assert at >= self.now, f"{at} lies before {self.now}: tell a story in its order"
        while due := [c for c in self.shelf.clocks.values() if c.next_at is not None and c.next_at <= at]:
            clock = min(due, key=lambda one: (one.next_at or one.due_at, one.id))
            self.now = max(self.now, clock.next_at or clock.due_at)
            self.commit(FireClock(self.desk, clock.id, clock.order_id, self.now))
        self.now = max(self.now, at.astimezone(UTC))

    def passes(self, until: str) -> None:
        """Let time pass until a local time."""
        self.move_to(self.instant(until))

    def run_out(self, clock: OpenClock) -> None:
        """Let time pass until just after the end of a clock."""
        self.move_to(clock.due_at + timedelta(microseconds=1))

    def commit(self, command: Command[Any]) -> Any:
        """Carry a command out."""
        result, changes = command.decide(self.shelf)
        self.shelf.write(changes)
        return result

    def take(self, partner: str, fields: Mapping[str, str], drops: Iterable[str]) -> Taken | Duplicate | OutOfSequence:
        """Take a message, as intake does."""
        lines = "\n".join(f"{name}={text}" for name, text in fields.items())
        body = compose(lines, None, drops, schemas=self._schemas)
        message = self._judge.read_valid(body, "collocation")
        assert message is not None, f"the schema refuses {lines}"
        codes = {"ccna": ["ZQF"], "cc": ["9Z7A"], "notice_address": "Legal, 1 Main St, Boise"}
        who = Partner(id=partner, name=partner, agreement_id=AGREEMENT, codes=codes, active=True, created_at=self.now)
        judgement = self._judge.judge(message, AGREEMENT, self.now, PartnerCodes.of(codes))
        digest = hashlib.sha256(body).hexdigest()
        sent = Message(who, Family.COLLOCATION, body, digest, judgement, self.now, None, None)
        result: Taken | Duplicate | OutOfSequence = self.commit(TakeRequest(self.desk, self._judge, sent))
        return result

    def decide(self, order: Order, event: str, values: Mapping[str, Any]) -> None:
        """Decide, as the back end does."""
        body = {"decision": event, **values}
        instruction = Instruction(order.id, None, body, f"dec-{len(self.shelf.decisions)}", "", self.now)
        others = tuple(other.id for other in self.shelf.orders.values() if other.partner_id == order.partner_id)
        self.commit(TakeStep(self.desk, instruction, order.partner_id, order.facts.get("premises"), others))


class Case:
    """One request at the counter."""

    def __init__(self, counter: Counter, kind: str, partner: str, pon: str) -> None:
        self._counter = counter
        self.kind = kind
        self.partner = partner
        self.pon = pon
        self.versions = 0
        self.refused: str = ""
        """Why the last message or decision was refused; empty where it was taken."""
        self.findings: tuple[Finding, ...] = ()
        """What was found in the last message."""
        self.outcome = ""
        """`accepted`, `deferred` or `rejected`: what became of it."""

    @property
    def order(self) -> Order:
        """The request as it stands."""
        found = self._counter.shelf.order_of(NaturalKey(self.partner, Family.COLLOCATION, self.pon))
        assert found is not None, f"there is no request {self.pon}"
        return found

    @property
    def state(self) -> str:
        """Its state."""
        return self.order.state

    @property
    def place(self) -> Place:
        """Its place at the Premises."""
        return self._counter.shelf.standing[self.order.id]

    def send(
        self, at: str | None, says: str, fields: Mapping[str, str] | None = None, drops: Iterable[str] = ()
    ) -> "Case":
        """Send a message about it; `refused` tells why if it is not taken."""
        if at is not None:
            self._counter.passes(at)
        head = {"COLLO.PON": self.pon, "COLLO.VER": f"{self.versions:02}", "COLLO.MSG": says.upper()}
        if says == "application":
            head |= {"COLLO.KIND": self.kind.upper()}
        result = self._counter.take(self.partner, head | dict(fields or {}), drops)
        self.refused, self.findings = "", ()
        if isinstance(result, Taken):
            self.versions += 1
            self.findings, self.outcome = result.acknowledgement.findings, result.acknowledgement.outcome
            self.refused = "; ".join(f.text for f in self.findings) if self.outcome == "rejected" else ""
        else:
            self.refused = "; ".join(finding.text for finding in result.findings)
        return self

    def again(self, at: str, sets: Mapping[str, str] | None = None) -> "Case":
        """Send the application again, complete."""
        return self.send(at, "application", {**COMPLETE.get(self.kind, COMPLETE["caged"]), **(sets or {})})

    def decide(self, at: str | None, event: str, /, **values: Any) -> "Case":
        """Decide it, with sample values for whatever the step needs and is not given."""
        if at is not None:
            self._counter.passes(at)
        terms = self._counter.agreement.collocation
        assert terms is not None
        process = terms.process_of(self.order.facts["kind"])
        asked = {name: ask for step in process.steps if step.on == event for name, ask in step.asks.items()}
        codes = terms.kinds[self.order.facts["kind"]].elements or ("SPACE-CONSTRUCTION",)
        given = {name: sample_value(ask, codes) for name, ask in asked.items() if ask.required} | values
        self.refused = ""
        try:
            self._counter.decide(self.order, event, given)
        except (Refused, DecisionInvalid) as refused:
            self.refused = str(refused)
        return self

    def act(self, line: str) -> "Case":
        """Do what a line says, as `03-12 feasible` or `03-31 23:30 acceptance paid=99999.00`; it must be taken.

        Who does it follows from the life cycle. `a=b` gives a value of a decision or a field (`SPACE.AMPS=40`).
        """
        self.attempt(line)
        assert not self.refused, f"{line}: {self.refused}"
        return self

    def attempt(self, line: str) -> "Case":
        """Do what a line says, taken or refused."""
        at, _, rest = line.partition(" ")
        hour, _, after = rest.partition(" ")
        at, rest = (f"{at} {hour}", after) if ":" in hour else (at, rest)
        self._counter.passes(at)
        return self._do(rest)

    def do(self, line: str) -> "Case":
        """Do what a line without a time says, now; it must be taken."""
        self._do(line)
        assert not self.refused, f"{line}: {self.refused}"
        return self

    def _do(self, line: str) -> "Case":
        event, *words = line.split()
        given = dict(word.split("=", 1) for word in words)
        terms = self._counter.agreement.collocation
        assert terms is not None
        if event == ".":
            return self
        by = {step.by for step in terms.process_of(self.order.facts["kind"]).steps if step.on == event}
        if "clec" in by:
            fields = {"COLLO.SIGNED": "J Doe"} if event in ("acceptance", "sign") else {}
            paid = given.pop("paid", None)
            return self.send(None, event, fields | ({"PAY.AMOUNT": paid} if paid else {}) | given)
        return self.decide(None, event, **given)

    def clock(self, clock: str) -> OpenClock:
        """Give its clock of an id: the one that runs, else the one that stopped last."""
        found = [c for c in self._counter.shelf.clocks.values() if c.order_id == self.order.id and c.clock == clock]
        assert found, f"{clock} never ran; there are {', '.join(sorted(self.clocks()))}"
        return max(found, key=lambda one: (one.state is ClockState.OPEN, one.due_at))

    def clocks(self, *, running: bool = False) -> list[str]:
        """Give the ids of its clocks."""
        return [
            c.clock
            for c in self._counter.shelf.clocks.values()
            if c.order_id == self.order.id and (c.state is ClockState.OPEN or not running)
        ]

    def due(self, clock: str) -> str:
        """Give the local time by which something is due: a day where the day counts to its end."""
        local = self.clock(clock).due_at.astimezone(self._counter.agreement.zone)
        return f"{local:%Y-%m-%d}" if local.microsecond == _LAST_MICROSECOND else f"{local:%Y-%m-%d %H:%M}"

    @property
    def notices(self) -> list[tuple[str, str]]:
        """Kind and section of each of its notices."""
        return [(notice.kind, notice.section) for notice in self._notices()]

    @property
    def charges(self) -> list[tuple[str, str, str]]:
        """Id, quantity and total of each charge that its last notice states."""
        return [(c["id"], c["quantity"], c["total"]) for c in self._notices()[-1].data.get("charges", ())]

    @property
    def told(self) -> str:
        """What the last notice says."""
        return _words(self._notices()[-1])

    def telling(self, kind: str) -> str:
        """Give what the last notice of a kind says."""
        return _words([notice for notice in self._notices() if notice.kind == kind][-1])

    def _notices(self) -> list[Notice]:
        return [notice for notice in self._counter.shelf.notices if notice.order_id == self.order.id]


_LAST_MICROSECOND = 999_999


def _words(notice: Notice) -> str:
    return " ".join(str(value) for name, value in notice.data.items() if name not in ("notice", "order"))
