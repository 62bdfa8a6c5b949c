"""What one happening changes for a request whose life cycle stands in the agreement file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from gateway.lifecycle.machine import Move, Occurrence, Refusal
from gateway.lifecycle.standing import Standing
from gateway.lifecycle.vocabulary import NoticeKind
from gateway.notices.charges import Charge
from gateway.notices.content import told_happening
from gateway.notices.notice import NoticeContent
from gateway.record.places import LEFT, Place
from gateway.record.port import Changes
from gateway.record.registers import RegisterRow
from gateway.record.rows import ClockState, Json, Notice, OpenClock, Order
from gateway.services.desk import Desk
from gateway.services.effects.table import EFFECTS
from gateway.services.order_entry import OrderEntry
from gateway.services.process_facts import facts_at
from gateway.services.process_values import Values
from gateway.services.process_words import filled, shown, spoken_of
from validators.agreement.collocation_terms import CollocationTerms, Kind
from validators.agreement.process_terms import ProcessTerm, StepTerm
from validators.agreement.words import on
from validators.messages.collocation import CollocationRequest
from validators.verdict import Finding


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as it comes.

    Attributes:
        event: its name.
        values: what a decision carries, or a message.
        message: the message, where one brings it.
        ver: the version that the message is.
        at: the instant that counts, where it is not that of the record: when funds came.
    """

    event: str
    values: Values = field(default_factory=dict)
    message: CollocationRequest | None = None
    ver: str | None = None
    at: datetime | None = None


class ProcessEntry(OrderEntry):
    """Gathers the changes of one request in one command.

    Args:
        desk, order, clocks, at, new: see `OrderEntry`.
        places: the places in the queues of its Premises and those of its CLEC, as the commit sees them.
    """

    def __init__(
        self,
        desk: Desk,
        order: Order,
        clocks: Sequence[OpenClock],
        at: datetime,
        *,
        new: bool = False,
        places: Sequence[Place] = (),
    ) -> None:
        super().__init__(desk, order, clocks, at, new=new)
        self.places = {place.id: place for place in places}
        self.changed_places: dict[str, Place] = {}
        self.entered: list[RegisterRow] = []
        """Entries of registers that the step makes or withdraws."""
        self.findings: tuple[Finding, ...] = ()
        """What the notice of the step lists: what an application lacks."""
        self.words: dict[str, str] = {}
        """Values for the texts of notices, beside those of the decision and the dates on record."""
        self.lines: tuple[str, ...] = ()
        """The lines of a quotation."""
        self.charges: tuple[Charge, ...] = ()
        """What the notice of the step states beside it."""
        self.follow_up: list[str] = []
        """Events that the gateway brings about right after this one."""
        self.told: list[Notice] = []
        """The notices that this command brings."""
        self._others: list[ProcessEntry] = []
        self.dependents: tuple[str, ...] = ()
        """Requests that fall with this one."""

    @property
    def effective_at(self) -> datetime:
        """The instant that counts: that of the record, or an earlier one such as when funds came."""
        return self._counts_at

    @property
    def at(self) -> datetime:
        """When it happens."""
        return self._at

    @property
    def desk(self) -> Desk:
        """Agreements, life cycles, identifiers."""
        return self._desk

    @property
    def terms(self) -> CollocationTerms:
        """The terms of the agreement."""
        terms = self._agreement.collocation
        if terms is None:
            raise ValueError(f"agreement {self._agreement.id} has no terms on collocation")
        return terms

    @property
    def kind(self) -> Kind:
        """The kind of the request."""
        return self.terms.kinds[self.order.facts["kind"]]

    @property
    def process(self) -> ProcessTerm:
        """Its life cycle."""
        return self.terms.processes[self.kind.process]

    @property
    def facts(self) -> Json:
        """What stands on record of it."""
        return self.order.facts

    @property
    def held(self) -> frozenset[str]:
        """The facts that steps have set, and those of the kind."""
        return frozenset(self.facts.get("conditions", ())) | frozenset(self.kind.facts)

    def instant(self, name: str) -> datetime | None:
        """Give an instant on record by name."""
        text = self.facts.get("instants", {}).get(name)
        return datetime.fromisoformat(text) if text else None

    def deadline(self, clock: str) -> datetime | None:
        """Give when a clock of the request ends or ended; None where it never ran."""
        text = self.facts.get("deadlines", {}).get(clock)
        return datetime.fromisoformat(text) if text else None

    def local_day(self, instant: datetime) -> str:
        """Give the day of an instant at the Premises, in words."""
        return on(self.zone_date(instant))

    def zone_date(self, instant: datetime) -> date:
        """Give the date of an instant at the Premises."""
        zone = self._agreement.wire_center_zone(self.facts.get("wire_center"))
        return instant.astimezone(zone).date()

    def put(self, **facts: Any) -> None:
        """Put facts on record."""
        self.set(facts=facts)

    def record_instant(self, name: str, at: datetime) -> None:
        """Put an instant on record under a name."""
        self.put(instants={**self.facts.get("instants", {}), name: at.astimezone(UTC).isoformat()})

    def place(self, changed: Place) -> None:
        """Put a place in a queue on record."""
        self.places[changed.id] = self.changed_places[changed.id] = changed

    def move_place(self, **changes: Any) -> None:
        """Change the request's own place, where it has one."""
        own = self.places.get(self.order.id)
        if own is not None:
            self.place(replace(own, **changes))

    def hold(self, facts: Iterable[str]) -> tuple[str, ...]:
        """Have facts hold from now on; gives those that did not before."""
        before = set(self.facts.get("conditions", ()))
        new = tuple(fact for fact in facts if fact not in before)
        self.put(conditions=sorted(before | set(new)))
        return new

    def drop(self, *facts: str) -> None:
        """Have facts hold no more."""
        self.put(conditions=sorted(set(self.facts.get("conditions", ())) - set(facts)))

    def happen(self, happening: Happening, *, data: Mapping[str, Any] | None = None) -> Move | Refusal:
        """Let something happen: effects, facts, state, clocks, history and notice follow by the step of the file."""
        self._counts_at = happening.at or self._at
        known = facts_at(self, happening)
        standing = replace(self.standing, facts=known)
        move = self._machine.take(standing, Occurrence(happening.event, happening.ver))
        if isinstance(move, Refusal):
            return move
        term = move.step.term
        if term is None:
            raise ValueError(f"{happening.event} is no step of an agreement file")
        before, due_before = self.order.state, self.order.due_date
        if "amount" in happening.values:
            self.put(paid=str(self.paid + Decimal(str(happening.values["amount"]))))
        new = self._take_facts(term, happening)
        for effect in term.effects:
            new += EFFECTS[effect](self, happening)
        self.standing = replace(move.standing, facts=frozenset())
        self.set(state=self.standing.state, ver=self.standing.ver, facts={"standing": self.standing.to_json()})
        self.note(
            f"order.{happening.event}",
            move.step.section,
            {"ver": self.standing.ver, "from": before, "to": self.order.state, **self._brought(new, due_before)}
            | dict(data or {}),
        )
        self._turn_clocks((*move.step.triggers, *new, *self._joint()))
        if self.process.states[self.order.state].final:
            self._end_clocks(happening.event)
        self._tell(term, move, happening)
        for event in tuple(self.follow_up):
            self.follow_up.remove(event)
            self.happen(Happening(event, happening.values, happening.message, happening.ver))
        return move

    def _brought(self, new: Sequence[str], due_before: date | None) -> dict[str, Any]:
        """Give what the history tells of a step beside its states: facts that newly hold, dates that it moved."""
        told: dict[str, Any] = {"facts": list(new)} if new else {}
        if self.order.due_date is not None and self.order.due_date != due_before:
            told["due_date"] = self.order.due_date.isoformat()
        if self.effective_at != self._at:
            told["counts_at"] = self.effective_at.isoformat()
        return told

    def changes(self) -> Changes:
        """Give everything that is to be written."""
        gathered = super().changes()
        gathered.beside.extend((*self.changed_places.values(), *self.entered))
        for other in self._others:
            of_other = other.changes()
            for name in ("orders", "events", "notices", "new_clocks", "clocks", "beside"):
                getattr(gathered, name).extend(getattr(of_other, name))
        return gathered

    def beside(self, other: "ProcessEntry") -> None:
        """Write what happens to another request in the same commit."""
        self._others.append(other)

    def close(self, by: str) -> None:
        """End a request that was refused, and its clocks."""
        final = next(name for name, state in self.process.states.items() if state.final)
        self.standing = replace(self.standing, state=final)
        self.set(state=final, facts={"standing": self.standing.to_json()})
        self._end_clocks(by)
        self.move_place(status=LEFT)

    def remember_ends(self) -> None:
        """Put the ends of the clocks on record that its receipt has started."""
        for clock in self._started:
            self._remember_end(clock)

    def send(self, content: NoticeContent, *, ver: str | None = None) -> Notice:
        """Put a notice into the CLEC's mailbox, and remember that this command did."""
        self.told.append(super().send(content, ver=ver))
        return self.told[-1]

    @property
    def paid(self) -> Decimal:
        """What was paid so far."""
        return Decimal(self.facts.get("paid", "0.00"))

    def _conditions(self, standing: Standing, *, in_time: bool) -> frozenset[str]:
        """Give what clocks ask for: what steps have set, and what holds of every request of the kind."""
        return super()._conditions(standing, in_time=in_time) | frozenset(self.kind.facts)

    def _instants(self) -> Mapping[str, datetime]:
        """Give the instants that clocks count from: those on record, and the ends of clocks by their ids."""
        known = {**self.facts.get("deadlines", {}), **self.facts.get("instants", {})}
        return {name: datetime.fromisoformat(at) for name, at in known.items()}

    def _take_facts(self, term: StepTerm, happening: Happening) -> tuple[str, ...]:
        """Set and clear facts as the step says; give those that newly hold, which clocks start and stop on too."""
        at, before = self.effective_at, set(self.facts.get("conditions", ()))
        after = (before - set(term.clears)) | set(term.sets)
        for name, asked in term.asks.items():
            value = happening.values.get(name)
            if value:
                after |= set(asked.facts)
                self._remember_value(name, value)
            elif asked.kind == "instant":
                self.record_instant(name.replace("_", "-"), at)
        ran = {clock: choice for clock, choice in term.by_clock.items() if self.deadline(clock)}
        for clock, choice in (ran or dict(list(term.by_clock.items())[:1])).items():
            due = self.deadline(clock)
            after.add(choice.late if due is not None and at > due else choice.in_time)
        self.put(conditions=sorted(after))
        self.record_instant(happening.event, at)
        new = tuple(sorted(after - before))
        for name in (*term.triggers, *new):
            self.record_instant(name, at)
        return new

    def _remember_value(self, name: str, value: Any) -> None:
        spoken = name.replace("_", "-")
        if isinstance(value, datetime):
            self.record_instant(spoken, value)
        elif isinstance(value, date):
            self.record_instant(spoken, self._agreement.calendar.start_of(value))
        elif isinstance(value, int) and not isinstance(value, bool):
            self.put(numbers={**self.facts.get("numbers", {}), name: value})

    def _joint(self) -> tuple[str, ...]:
        done = set(self.facts.get("joint", ()))
        now = [name for name, facts in self.process.joint.items() if name not in done and set(facts) <= self.held]
        if now:
            self.put(joint=sorted({*done, *now}))
            for name in now:
                self.record_instant(name, self.effective_at)
        return tuple(now)

    def _turn_clocks(self, triggers: Sequence[str]) -> None:
        """Let clocks see each trigger in turn, and remember the ends of those that start."""
        for trigger in triggers:
            count = len(self._started)
            self._let_clocks_see(trigger)
            for clock in self._started[count:]:
                self._remember_end(clock)

    def _resume_clocks(self, trigger: str) -> None:
        before = {clock.id: clock.due_at for clock in self.running}
        super()._resume_clocks(trigger)
        for clock in self.running:
            if clock.due_at != before.get(clock.id):
                self._remember_end(clock)

    def _remember_end(self, clock: OpenClock) -> None:
        self.put(deadlines={**self.facts.get("deadlines", {}), clock.clock: clock.due_at.isoformat()})
        if self._agreement.clocks[clock.clock].sets_due_date:
            day = self.zone_date(clock.due_at)
            self.set(due_date=day, original_due_date=self.order.original_due_date or day)

    def _end_clocks(self, by: str) -> None:
        """Stop everything that does not outlive the request."""
        for clock in self.running:
            if not self._agreement.clocks[clock.clock].outlives:
                self._end(clock, by)

    def _end(self, clock: OpenClock, by: str) -> None:
        stopped = replace(clock, state=ClockState.STOPPED, stopped_at=self._at, stopped_by=by, next_at=None)
        self._put(clock, stopped)

    def _tell(self, term: StepTerm, move: Move, happening: Happening) -> None:
        """Send the notice of a step that has one."""
        if term.notice is None:
            return
        words = {**spoken_of(self), **self.words, **shown(happening.values)}
        text = filled(term.notice.text, words)
        content = told_happening(
            NoticeKind(term.notice.kind),
            move.step.section,
            title=term.notice.title,
            text=text,
            lines=self.lines,
            words=words,
            findings=self.findings,
            mirrored_to=self.facts.get("notice_address"),
        )
        self.send(replace(content, charges=self.charges))
        self.findings, self.lines, self.charges = (), (), ()

    def local(self, instant: datetime) -> datetime:
        """Give an instant as it is at the Premises."""
        return instant.astimezone(self._agreement.wire_center_zone(self.facts.get("wire_center")))
