"""What one happening changes for one order: its state, its clocks, its history, its notices and its work, gathered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from gateway.lifecycle.machine import Move, Occurrence, Refusal
from gateway.lifecycle.standing import Standing
from gateway.lifecycle.vocabulary import Cause, State, Trigger
from gateway.lifecycle.vocabulary import Event as LifeEvent
from gateway.notices.access import C_NR, AccessOrder, cleared, form_of, in_access_form
from gateway.notices.content import ClockThatRanOut, clock_ran_out
from gateway.notices.document import OrderHeader, as_json, render
from gateway.notices.notice import NoticeContent, NoticeField
from gateway.record.port import Changes
from gateway.record.preorder import Recheck
from gateway.record.registers import RegisterRow
from gateway.record.rows import ClockState, Event, Family, Notice, OpenClock, Order, WorkItem
from gateway.services.clock_looks import WHILE_PAUSED, next_look, next_look_of, told_of
from gateway.services.desk import Desk
from gateway.services.order_facts import appointment_of, fields_as_json, fields_from_json, header_of
from validators.agreement.application import application_of
from validators.agreement.clock_terms import ClockTerm, Condition
from validators.agreement.clocks import Deadline, clocks_started, later_by, time_left
from validators.messages.access_echo import AccessEcho
from validators.registers.entry import Dossier
from validators.registers.trunks import SERVICING_ANSWERS, SERVICING_REQUESTS

_CLEC = "CLEC"
_NOTHING_TO_REPEAT = AccessEcho(None, None, None, None, ())


class OrderEntry:
    """Gathers the changes of one order in one command.

    Args:
        desk: agreements, life cycles, identifiers.
        order: the order as it stands, or as intake made it.
        clocks: its open clocks.
        at: when it happens (aware, UTC).
        new: whether the order is written for the first time.
    """

    def __init__(
        self, desk: Desk, order: Order, clocks: Sequence[OpenClock], at: datetime, *, new: bool = False
    ) -> None:
        self._desk = desk
        self._agreement = desk.agreement_of(order)
        self._machine = desk.machine_of(order)
        self._before = order
        self._new = new
        self._at = at
        self._counts_at = at
        """The instant that clocks count from; an earlier one where something counts from before it is recorded."""
        self._open = {clock.id: clock for clock in clocks}
        self._touched: dict[str, OpenClock] = {}
        self._started: list[OpenClock] = []
        self._changes = Changes()
        self.order = order
        self.standing = Standing.from_json(order.facts["standing"])
        """Where the order stands in its life cycle."""

    @property
    def dossier(self) -> Dossier:
        """What operators have entered that concerns the order's partner."""
        return self._desk.dossier_of(self.order.partner_id)

    @property
    def running(self) -> tuple[OpenClock, ...]:
        """The clocks that run now, those just started included, by due time."""
        started = (clock for clock in self._started if clock.state is ClockState.OPEN)
        return tuple(sorted((*self._open.values(), *started), key=lambda clock: clock.due_at))

    @property
    def at(self) -> datetime:
        """When it happens."""
        return self._at

    def set(self, **fields: Any) -> None:
        """Set plain fields of the order (`due_date`, `ver`, …); `facts` are merged."""
        facts = {**self.order.facts, **fields.pop("facts", {})}
        self.order = replace(self.order, **fields, facts=facts)

    def replace_version(self, fields: Mapping[str, Any]) -> None:
        """Set the fields of a later version, and keep those of the one it replaces in case it comes back into force."""
        kept = {name: getattr(self.order, name) for name in fields if name != "facts"}
        facts = {name: self.order.facts.get(name) for name in fields["facts"]}
        earlier = {
            **self.order.facts.get("replaced", {}),
            self.order.ver: {"fields": fields_as_json(kept), "facts": facts},
        }
        self.set(**{**fields, "facts": {**fields["facts"], "replaced": earlier}})

    def _put_back(self, ver: str) -> None:
        """Set the fields of an earlier version that is in force again, since the one that replaced it was rejected."""
        earlier = self.order.facts.get("replaced", {}).get(ver)
        if earlier is not None:
            self.set(**fields_from_json(earlier["fields"]), facts=earlier["facts"])

    def receive(self, data: Mapping[str, Any]) -> None:
        """Note that the order came in, and start what runs from then on."""
        self.note("order.received", "12.2.1.1.5", data)
        self._start_clocks(Trigger.RECEIVED, self.standing, in_time=True)

    def foresee(self, occurrence: Occurrence) -> Move | Refusal:
        """Give what `take` would do, without doing it."""
        return self._machine.take(self.standing, occurrence)

    def take(self, occurrence: Occurrence, data: Mapping[str, Any], *, section: str | None = None) -> Move | Refusal:
        """Let something happen: the state follows, clocks stop and start, and the history gets its event.

        A refusal of the life cycle is given back and changes nothing.
        """
        move = self.foresee(occurrence)
        if isinstance(move, Refusal):
            return move
        before = self.order.state
        standing = move.standing
        if standing.ver != self.order.ver and occurrence.event is LifeEvent.REJECT:
            self._put_back(standing.ver)
        self.standing = standing
        self.set(state=str(standing.state), ver=standing.ver, facts={"standing": standing.to_json()})
        if standing.state is State.CANCELLED:
            held = (self._at, self.order.partner_id, f"{self.order.family}/{self.order.pon}")
            self._changes.guarded.append(("hold-free", held))
        for trigger in move.step.triggers:
            self._let_clocks_see(trigger)
        name = move.step.trigger or occurrence.event
        cause = {"cause": occurrence.cause.value} if occurrence.cause else {}
        self.note(
            f"order.{name}",
            section or move.step.section,
            {"ver": move.answers, "from": before, "to": self.order.state, **cause, **data},
        )
        return move

    def note(self, type_: str, section: str, data: Mapping[str, Any], *, partner_id: str | None = None) -> Event:
        """Put a fact into the history of the order's partner, or into that of another whom it concerns."""
        event = Event(
            id=self._desk.ids.new("evt", self._at),
            order_id=self.order.id,
            partner_id=partner_id or self.order.partner_id,
            type=type_,
            at=self._at,
            section=section,
            data=dict(data),
        )
        self._changes.events.append(event)
        return event

    def send(self, content: NoticeContent, *, ver: str | None = None) -> Notice:
        """Put a notice about version `ver` (None: the one in force) into the CLEC's mailbox, and note its issue."""
        content = self._in_its_form(content)
        if content.form != C_NR:  # the forms of ASRs count their clarifications apart
            self.set(facts={"responses": self.order.facts.get("responses", 0) + 1})
        header = header_of(self.order, ver or self.order.ver)
        if content.form == C_NR:
            header = replace(header, response=None)
        return self._issue(content, header, self.order.partner_id)

    def _in_its_form(self, content: NoticeContent) -> NoticeContent:
        """Give the content as the forms of the order's family have it."""
        order, facts = self.order, self.order.facts
        if order.family is not Family.ASR or form_of(content) is None:
            return content
        number = facts.get("clarifications", 0) + 1
        owed = [clock.due_at for clock in self.running if clock.owed_by == _CLEC]
        shaped = in_access_form(
            content,
            AccessOrder(
                echo=AccessEcho.from_json(facts["access"]) if facts.get("access") else _NOTHING_TO_REPEAT,
                confirmed=order.original_due_date is not None,
                number=number,
                answer_due=self._agreement.calendar.local_date(owed[0]) if owed else None,
            ),
        )
        if shaped.form == C_NR:
            asked = dict(shaped.fields).get(NoticeField.SUPR, False)
            self.set(facts={"clarifications": number, "supplement_asked": bool(asked or facts.get("supplement_asked"))})
        return shaped

    def answer_request(self, number: str) -> None:
        """Enter that this ASR answers a TGSR of the ILEC, if that is one of the partner's (7.2.2.8.11)."""
        if not any(self.dossier.entries(SERVICING_REQUESTS, number)):
            return
        day = self._agreement.calendar.local_date(self._at)
        self._changes.beside.append(
            RegisterRow(
                id=self._desk.ids.new("reg", self._at),
                register=SERVICING_ANSWERS.id,
                partner_id=self.order.partner_id,
                key=number,
                data={"answer": "asr", "answered_at": self._at.isoformat(), "pon": self.order.pon},
                section=SERVICING_ANSWERS.section,
                valid_from=day,
                valid_until=None,
                entered_by=f"order {self.order.id}",
                entered_at=self._at,
            )
        )

    def clear(self) -> None:
        """Tell the sender of an ASR that its supplement met what was asked for, if one was."""
        if self.order.facts.get("supplement_asked"):
            self.set(facts={"supplement_asked": False})
            self.send(cleared("12.2.1.2.1"))

    def send_to_another(self, partner_id: str, content: NoticeContent) -> Notice:
        """Put a notice that came of this order into another CLEC's mailbox; nothing of the order stands in it."""
        return self._issue(content, None, partner_id)

    def _issue(self, content: NoticeContent, header: OrderHeader | None, partner_id: str) -> Notice:
        notice_id = self._desk.ids.new("ntc", self._at)
        zone = self._agreement.zone
        notice = Notice(
            id=notice_id,
            order_id=self.order.id,
            partner_id=partner_id,
            kind=content.kind.value,
            ver=header.ver if header else "",
            section=content.section,
            issued_at=self._at,
            document=render(notice_id, header, content, self._at, zone),
            data=as_json(notice_id, header, content, self._at, zone),
        )
        self._changes.notices.append(notice)
        told = {"notice": notice_id, "kind": notice.kind, "ver": notice.ver}
        self.note("notice.issued", content.section, told, partner_id=partner_id)
        return notice

    def fire(self, clock: OpenClock, *, breached: bool, next_at: datetime | None) -> None:
        """Note that a clock has warned or run out, and when it is to be looked at again."""
        fired = replace(clock, next_at=next_at, breached_at=self._at if breached else clock.breached_at)
        self._touched[clock.id] = self._open[clock.id] = fired

    def lapse(self, clock: OpenClock) -> None:
        """Note that the time of a right or a rest is over: it ends with that, and nobody is in breach."""
        del self._open[clock.id]
        self._touched[clock.id] = replace(
            clock, state=ClockState.STOPPED, stopped_at=self._at, stopped_by="time", next_at=None
        )
        self.note("clock.lapsed", clock.section, told_of(clock))

    def tell_of_breach(self, clock: OpenClock, term: ClockTerm) -> None:
        """Send the status notice that a clock was breached."""
        due_at = clock.due_at.astimezone(self._agreement.zone)
        self.send(
            clock_ran_out(
                ClockThatRanOut(
                    clock.clock, term.name, clock.section, due_at, term.owed_by, term.owed_to, term.on_breach.text
                )
            )
        )

    def reach(self, trigger: str, section: str, data: Mapping[str, Any]) -> None:
        """Note what was done that changes no state: the clocks that it ends stop, those that it starts run."""
        self._let_clocks_see(trigger)
        self.note(f"order.{trigger}", section, {"ver": self.order.ver, **data})

    def apply_anew(self) -> None:
        """Let the application count from now: construction is paid (19.4), or commingling ready (9.1.1.8.1)."""
        application = application_of(
            self._at, self._agreement.product(self.order.product), self._agreement, flow_through=False
        )
        self.set(application_at=application.at)

    def hand_over(self, item: WorkItem) -> None:
        """Put a work item for the back end into the outbox."""
        self._changes.new_work.append(item)

    def guard(self, statement: str, values: tuple[object, ...]) -> None:
        """Have a guarded statement written with the order."""
        self._changes.guarded.append((statement, values))

    def leave_unchecked(self, ver: str, checks: Sequence[str]) -> None:
        """Note what could not be looked up of a version, and have it looked up as soon as may be."""
        self.note("order.unchecked", "12.2.1.1.4", {"ver": ver, "checks": list(checks)})
        self._changes.beside.append(Recheck(self.order.id, ver, 0, self._at))

    def changes(self) -> Changes:
        """Give everything that is to be written."""
        gathered = self._changes
        gathered.new_clocks.extend(self._started)
        gathered.clocks.extend(self._touched.values())
        if self._new:
            gathered.new_orders.append(self.order)
        elif self.order != self._before:
            self.order = replace(self.order, revision=self._before.revision + 1, updated_at=self._at)
            gathered.orders.append(self.order)
        return gathered

    def _let_clocks_see(self, trigger: str) -> None:
        """Let a trigger end, pause, resume and start clocks, in this order."""
        self._resume_clocks(trigger)
        in_time = self._stop_clocks(trigger)
        self._pause_clocks(trigger)
        self._start_clocks(trigger, self.standing, in_time=in_time)
        if self.order.facts.get("held"):
            self._pause_clocks(Trigger.HELD)  # what starts on an order that is held stands still, too

    def _pause_clocks(self, trigger: str) -> None:
        for clock in self.running:
            term = self._agreement.clocks.get(clock.clock)
            if term is None or trigger not in term.pauses_on or self._at > clock.due_at or clock.id in self._paused:
                continue
            where = self.order.facts.get("wire_center")
            left = time_left(term, self._agreement, self._at, clock.due_at, wire_center=where)
            self.set(facts={"paused": {**self._paused, clock.id: left.total_seconds()}})
            self._put(clock, replace(clock, next_at=WHILE_PAUSED))
            self.note("clock.paused", clock.section, told_of(clock))

    def _resume_clocks(self, trigger: str) -> None:
        for clock in tuple(self._open.values()):
            term = self._agreement.clocks.get(clock.clock)
            if term is None or clock.id not in self._paused or trigger not in (*term.resumes_on, *term.stops_on):
                continue
            if trigger not in term.stops_on and self._stands_still_after(trigger):
                continue
            left = timedelta(seconds=self._paused[clock.id])
            where = self.order.facts.get("wire_center")
            due_at = later_by(term, self._agreement, self._at, left, wire_center=where)
            self.set(facts={"paused": {name: s for name, s in self._paused.items() if name != clock.id}})
            on = replace(clock, due_at=due_at, next_at=next_look_of(term, due_at, self._at))
            self._touched[clock.id] = self._open[clock.id] = on
            self.note("clock.resumed", clock.section, told_of(on))

    def _stands_still_after(self, trigger: str) -> bool:
        """Whether a clock that `trigger` would resume has another reason to stand still."""
        if trigger == Trigger.RELEASED:
            return self.standing.state == State.NEGOTIATING
        return bool(self.order.facts.get("held"))

    @property
    def _paused(self) -> Mapping[str, float]:
        """Seconds left of the clocks that stand still, by their ids."""
        paused: Mapping[str, float] = self.order.facts.get("paused", {})
        return paused

    def _stop_clocks(self, trigger: str) -> bool:
        """Stop what `trigger` ends, and say whether all of it was in time."""
        in_time = True
        for clock in self.running:
            term = self._agreement.clocks.get(clock.clock)
            if term is None or not term.stops(trigger):
                continue
            in_time = in_time and self._at <= clock.due_at
            broken = trigger in term.broken_by and self._at <= clock.due_at
            stopped = replace(
                clock,
                state=ClockState.STOPPED,
                stopped_at=self._at,
                stopped_by=str(trigger),
                next_at=None,
                breached_at=self._at if broken else clock.breached_at,
            )
            self._put(clock, stopped)
            if broken:
                self.note("clock.breached", clock.section, told_of(clock))
                self.tell_of_breach(clock, term)

        return in_time

    def _put(self, clock: OpenClock, changed: OpenClock) -> None:
        """Put a clock that has changed in the place of the one that ran, which may have started just now."""
        if clock in self._started:
            self._started[self._started.index(clock)] = changed
            return
        self._touched[clock.id] = changed
        if changed.state is ClockState.OPEN:
            self._open[clock.id] = changed
        else:
            self._open.pop(clock.id, None)

    def _conditions(self, standing: Standing, *, in_time: bool) -> frozenset[str]:
        facts = self.order.facts
        now = {
            Condition.CUSTOMER_NOT_READY: standing.cause is Cause.CLEC,
            Condition.READINESS_REPORTED: facts.get("reports_readiness", False),
            Condition.MILESTONES_REPORTED: facts.get("reports_milestones", False),
            Condition.TESTED: facts.get("tested", False),
            Condition.IN_TIME: in_time,
        }
        return frozenset(facts.get("conditions", ())) | {condition for condition, holds in now.items() if holds}

    def _start_clocks(self, trigger: str, standing: Standing, *, in_time: bool) -> None:
        order = self.order
        if not self._agreement.clocks_for(order.product, trigger):
            return
        for deadline in clocks_started(
            self._agreement,
            order.product,
            trigger,
            received_at=order.received_at,
            application_at=order.application_at or order.received_at,
            event_at=self._counts_at,
            due_date=order.due_date,
            original_due_date=order.original_due_date,
            appointment=appointment_of(order),
            wire_center=order.facts.get("wire_center"),
            conditions=self._conditions(standing, in_time=in_time),
            instants=self._instants(),
        ):
            self._started.append(self._clock(deadline))

    def _instants(self) -> Mapping[str, datetime]:
        """Give further instants that clocks count from."""
        return {name: datetime.fromisoformat(at) for name, at in self.order.facts.get("instants", {}).items()}

    def _clock(self, deadline: Deadline) -> OpenClock:
        term = deadline.term
        return OpenClock(
            id=self._desk.ids.new("clk", self._at),
            order_id=self.order.id,
            partner_id=self.order.partner_id,
            clock=term.id,
            section=term.section,
            ver=self.order.ver,
            owed_by=term.owed_by,
            starts_at=deadline.starts_at,
            due_at=deadline.due_at,
            next_at=next_look(deadline, self._at),
            state=ClockState.OPEN,
        )
