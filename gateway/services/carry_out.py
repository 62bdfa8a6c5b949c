"""The commands behind a decision of the back end: carry it out, or hear its facility report and do what follows."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from gateway.lifecycle.access import Clarify
from gateway.lifecycle.decisions import (
    MILESTONES,
    Complete,
    Confirm,
    Decision,
    Expedite,
    FacilityReport,
    Jeopardy,
    Milestone,
    MilestoneReached,
    Negotiate,
    Reject,
    occurrence_of,
    section_of,
)
from gateway.lifecycle.flow_through import may_confirm_by_flow_through
from gateway.lifecycle.happenings import Happening, ServiceLost, ServiceOrderEntered
from gateway.lifecycle.machine import Move, Refusal
from gateway.lifecycle.vocabulary import State, Trigger
from gateway.notices.access import clarification, with_access
from gateway.notices.charges import Charge
from gateway.notices.content import Echo, content_of
from gateway.notices.notice import NoticeContent
from gateway.record.port import Changes, Needs, OnRecord
from gateway.record.rows import DecisionTaken, Family, Json, Notice, Order, WorkState
from gateway.services.access_decisions import check_access, check_embargo
from gateway.services.charges import charges_of_confirmation, named_charges
from gateway.services.desk import Desk
from gateway.services.due_date import committed_due_date, earliest_due_date
from gateway.services.happenings import happen, tell_losing_carrier
from gateway.services.held_orders import AWAITING_FOC, held_now
from gateway.services.order_entry import OrderEntry
from gateway.services.refusals import DecisionRefused, KeyReused, NotFound, StateForbids
from validators.agreement.terms import Agreement
from validators.codes import Code
from validators.judge import Judge
from validators.rules.case import OrderFacts
from validators.verdict import Finding, Severity

_SUBLOOPS = frozenset({"subloop", "subloop-analog"})
_UNLOADING = (
    "Only loaded distribution pairs exist: shall one be unloaded? A dispatch that removes nothing is not charged."
)


@dataclass(frozen=True, slots=True)
class Instruction:
    """What came from the back end, and how it is known again.

    Attributes:
        order_id: the order it is about.
        ver: the version it answers; None means the one in force.
        body: the decision as it came.
        decision_id: the sender's idempotency key.
        digest: of order and body, so that another decision under the same key is noticed.
        at: when it came (aware, UTC).
    """

    order_id: str
    ver: str | None
    body: Json
    decision_id: str
    digest: str
    at: datetime

    @property
    def needs(self) -> Needs:
        """The order, and whether the decision was taken before."""
        return Needs(order_ids=frozenset({self.order_id}), decision_ids=frozenset({self.decision_id}))

    def earlier_answer(self, on_record: OnRecord) -> Json | None:
        """Give what was answered when this came before; None if it did not.

        Raises:
            KeyReused: another decision came under this id.
        """
        taken = on_record.decision(self.decision_id)
        if taken is None:
            return None
        if taken.digest != self.digest:
            raise KeyReused(self.decision_id)
        return taken.answer

    def order(self, on_record: OnRecord) -> Order:
        """Give the order.

        Raises:
            NotFound: there is none.
            DecisionRefused: it has several versions and none is named. A back end that has not seen the last one would
                answer it unseen, and its work would count as arrived.
        """
        order = on_record.order(self.order_id)
        if order is None:
            raise NotFound(f"order {self.order_id}")
        if self.ver is None and order.facts.get("replaced"):
            raise DecisionRefused(order.id, (_which_version(order),))
        return order

    def done(self, entry: OrderEntry, on_record: OnRecord, ver: str, notice: Notice | None) -> tuple[Json, Changes]:
        """Give the answer and all changes: the work that this proves to have arrived is settled too."""
        changes = entry.changes()
        for item in on_record.unsettled_work(self.order_id):
            if self._proves(item.ver):
                changes.work.append(replace(item, state=WorkState.SETTLED))
        answer = {
            "order": self.order_id,
            "ver": ver,
            "decision": self.body["decision"],
            "state": entry.order.state,
            "revision": entry.order.revision,
            "notice": notice and notice.id,
        }
        changes.decisions.append(DecisionTaken(self.decision_id, self.order_id, self.digest, answer, self.at))
        return answer, changes

    def _proves(self, ver: str) -> bool:
        """Whether the back end must have had the work on version `ver`: it speaks of it, or of whatever is in force."""
        return self.ver is None or ver == self.ver


@dataclass(frozen=True, slots=True)
class CarryOut:
    """Carries out one decision."""

    desk: Desk
    instruction: Instruction
    decision: Decision | MilestoneReached | Happening
    carriers: Mapping[str, str] = field(default_factory=dict)
    """Partner ids by company code, as they were just before: who a lost service is told to."""

    @property
    def needs(self) -> Needs:
        """See `Instruction`."""
        return self.instruction.needs

    def decide(self, on_record: OnRecord) -> tuple[Json, Changes]:
        """Give the answer, the first one if the decision was taken before.

        Raises:
            KeyReused, NotFound: see `Instruction`.
            StateForbids: the life cycle does not allow it now.
            DecisionRefused: the agreement does not allow what it says.
        """
        earlier = self.instruction.earlier_answer(on_record)
        if earlier is not None:
            return earlier, Changes()
        order = self.instruction.order(on_record)
        entry = OrderEntry(self.desk, order, on_record.open_clocks(order.id), self.instruction.at)
        if isinstance(self.decision, MilestoneReached):
            _reach(entry, self.decision, self.instruction.body)
            return self.instruction.done(entry, on_record, order.ver, None)
        if isinstance(self.decision, ServiceOrderEntered | ServiceLost):
            told = happen(entry, self.decision, self.instruction.body)
            return self.instruction.done(entry, on_record, order.ver, told)
        move, notice = follow(entry, self.desk.agreement_of(order), self.decision, self.instruction.body)
        if isinstance(self.decision, Complete):
            tell_losing_carrier(entry, self.decision, self.carriers)
        return self.instruction.done(entry, on_record, move.answers, notice)


@dataclass(frozen=True, slots=True)
class HearReport:
    """Takes a facility report on record and does what the agreement says of it, which mostly is nothing.

    `facts` are those of the version in force as it was read before the commit, whose submission was `submission_id`.
    """

    desk: Desk
    judge: Judge
    instruction: Instruction
    report: FacilityReport
    facts: OrderFacts
    submission_id: str

    @property
    def needs(self) -> Needs:
        """See `Instruction`."""
        return self.instruction.needs

    def decide(self, on_record: OnRecord) -> tuple[Json, Changes]:
        """Give the answer, the first one if the report was heard before.

        Raises:
            KeyReused, NotFound: see `Instruction`.
            StateForbids: the order waits for no facilities, or its version has changed.
        """
        earlier = self.instruction.earlier_answer(on_record)
        if earlier is not None:
            return earlier, Changes()
        order = self.instruction.order(on_record)
        self._check(order)
        agreement = self.desk.agreement_of(order)
        entry = OrderEntry(self.desk, order, on_record.open_clocks(order.id), self.instruction.at)
        entry.set(facts={"facilities": asdict(self.report.answer)})
        entry.note("order.facilities-answered", "9.2.4.3.1.2", {"ver": order.ver, "decision": self.instruction.body})
        if self._conditioning_unneeded():
            entry.reach(Trigger.CONDITIONING_UNNEEDED, "9.2.4.3.1.2.1", {})
        decision = self._what_follows(entry.order, agreement)
        if decision is None:
            return self.instruction.done(entry, on_record, order.ver, None)
        move, notice = follow(entry, agreement, decision, self.instruction.body)
        return self.instruction.done(entry, on_record, move.answers, notice)

    def _check(self, order: Order) -> None:
        stale = order.submission_id != self.submission_id or self.report.ver not in (None, order.ver)
        if stale or order.state not in AWAITING_FOC:
            text = (
                f"Version {order.ver} is in force and {order.state}; a report is for an order that waits for its FOC."
            )
            raise StateForbids(order.id, text, "9.2.4.3.1.2")

    def _conditioning_unneeded(self) -> bool:
        """Whether approved conditioning turns out unneeded, and the CLEC wants no later date than the standard one."""
        answer, standard = self.report.answer, self.facts.earliest_due_date
        if (answer.load_coils, answer.bridged_tap) != (False, False) or standard is None:
            return False
        return self.facts.conditioning_approved and (self.facts.desired_due_date or standard) <= standard

    def _what_follows(self, order: Order, agreement: Agreement) -> Decision | None:
        findings = self.judge.judge_facilities(self.facts, order.agreement_id, self.report.answer)
        grounds = tuple(finding for finding in findings if finding.severity is Severity.REJECT)
        if grounds:
            return Reject(order.ver, grounds)
        if self.report.answer.loaded_pairs_only and order.product in _SUBLOOPS and order.state == State.ACCEPTED:
            return Negotiate(order.ver, _UNLOADING, "9.3.2.1.2")
        if any(finding.severity is Severity.DEFER for finding in findings):
            return None  # a person decides
        flows_through = bool(order.facts.get("flow_through"))
        if not may_confirm_by_flow_through(flows_through=flows_through, facility=self.report.answer):
            return None
        # No interval tells the date, a person grants another, or the order stands still until a credit hold ends.
        dateless = earliest_due_date(agreement, order) is None or order.facts.get("expedite")
        if dateless or held_now(order, agreement, self.desk.dossier_of(order.partner_id), self.instruction.at):
            return None
        return Confirm(order.ver, None, self.report.order_number, circuit_ids=self.report.circuit_ids)


def follow(entry: OrderEntry, agreement: Agreement, decision: Decision, body: Json) -> tuple[Move, Notice | None]:
    """Let a decision happen to an order and send its notice, if it brings one.

    Raises:
        StateForbids: the life cycle does not allow it now.
        DecisionRefused: a due date lies before the application date, or nothing tells one; a charge is none.
    """
    if isinstance(decision, Confirm):
        _check_hold(entry, agreement)
    check_access(entry.order, decision)
    occurrence = occurrence_of(decision)
    move, agreed = entry.foresee(occurrence), {}
    if isinstance(move, Move) and isinstance(decision, Confirm):
        due = None
        if not entry.order.facts.get("inquiry"):
            due = committed_due_date(agreement, entry.order, decision.due_date, entry.dossier)
            check_embargo(entry.order, agreement, entry.dossier, due)
            # The date stands beside the body, which need not have one.
            agreed = {"due_date": due.isoformat()}
        decision = replace(decision, due_date=due)
        original = entry.order.original_due_date or due
        entry.set(due_date=due, original_due_date=original, facts=_agreed(entry.order, decision))
    if isinstance(move, Move) and isinstance(decision, Jeopardy) and decision.estimated_due_date is not None:
        entry.set(facts={"expected": decision.estimated_due_date.isoformat()})
    if isinstance(move, Move) and isinstance(decision, Expedite):
        _check_expedite(entry.order)
        entry.set(facts={"expedite_granted": decision.granted})
    if isinstance(move, Move) and isinstance(decision, Complete):
        _check_end_of_cut(entry.order)
        entry.set(facts={"tested": decision.tested})
    move = entry.take(occurrence, {**agreed, "decision": body}, section=section_of(decision, "") or None)
    if isinstance(move, Refusal):
        raise StateForbids(entry.order.id, move.text, move.section)
    if move.step.notice is None:
        return move, None
    content = replace(_content(entry, agreement, decision, move), charges=_charges(entry.order, agreement, decision))
    notice = entry.send(content, ver=move.answers)
    if isinstance(decision, Confirm):
        entry.set(facts={"changed_late_at": None})
    return move, notice


def _content(entry: OrderEntry, agreement: Agreement, decision: Decision, move: Move) -> NoticeContent:
    if isinstance(decision, Clarify):
        return clarification(decision)
    content = content_of(decision, move.step, _echo(entry, agreement))
    return with_access(content, decision) if entry.order.family is Family.ASR else content


def _charges(order: Order, agreement: Agreement, decision: Decision) -> tuple[Charge, ...]:
    """Give the charges that a notice states: what follows from the record, and what the back end names."""
    if isinstance(decision, Confirm):
        named = named_charges(agreement, order, dict(decision.charges))
        return (*charges_of_confirmation(agreement, order), *named)
    return named_charges(agreement, order, dict(decision.charges)) if isinstance(decision, Complete) else ()


def _reach(entry: OrderEntry, decision: MilestoneReached, body: Json) -> None:
    """Take a milestone on record.

    Raises:
        StateForbids: the version is not in force or the order over, or there was no FOC after which it could be done.
    """
    order, done = entry.order, MILESTONES[decision.reached]
    if decision.ver not in (None, order.ver) or not done.possible(entry.standing):
        which = "a confirmed order" if done.needs_foc else "an order that goes on"
        text = f"Version {order.ver} is in force and {order.state}; a milestone is for {which}."
        raise StateForbids(order.id, text, done.section)
    if done.applies_anew:
        entry.apply_anew()
    if decision.reached is Milestone.CLEC_LOOP_INSTALLED:
        entry.set(facts={"clec_loop_installed": True})
    entry.reach(done.trigger, done.section, {"decision": body})


def _check_hold(entry: OrderEntry, agreement: Agreement) -> None:
    """See that no credit hold stops the order; what is confirmed runs on, and disconnects always go on."""
    if held_now(entry.order, agreement, entry.dossier, entry.at):
        text = (
            f"A credit hold stops order {entry.order.pon} before its FOC. It is {entry.order.state}; still possible: "
            "reject, cancel, or wait until the hold is withdrawn."
        )
        raise StateForbids(entry.order.id, text, "5.4.2")


def _check_expedite(order: Order) -> None:
    if not order.facts.get("expedite"):
        text = f"Version {order.ver} asks for no expedite (EXP Y), so there is none to decide."
        raise StateForbids(order.id, text, "9.1.15.1")


def _check_end_of_cut(order: Order) -> None:
    """The ILEC's loop stays until the CLEC's own is there; known only where the back end reports milestones."""
    facts = order.facts
    managed = order.product == "lnp" and facts.get("coordinated") and facts.get("reports_milestones")
    if managed and not facts.get("clec_loop_installed"):
        text = "The CLEC's loop is not confirmed to be installed: report the milestone clec-loop-installed first."
        raise StateForbids(order.id, text, "10.2.5.4.7")


def _agreed(order: Order, confirm: Confirm) -> Json:
    """Give what a FOC settles of the appointment; the order's own wish stands where it says nothing."""
    coordinated = confirm.coordinated or bool(order.facts.get("coordinated"))
    return {
        "appointment": confirm.appointment_time or confirm.frame_due_time or order.facts.get("appointment"),
        "cut_is_free": confirm.cut_is_free,
        "reports_readiness": coordinated and confirm.reports_readiness,
        "reports_milestones": confirm.reports_milestones,
    }


def _echo(entry: OrderEntry, agreement: Agreement) -> Echo:
    order, facts = entry.order, entry.order.facts
    return Echo(
        sent=facts.get("sent"),
        confirmed=f"{entry.at.astimezone(agreement.zone):%m-%d-%Y-%I%M%p}",
        application_date=order.application_at and agreement.calendar.local_date(order.application_at),
        project=facts.get("project"),
        inquiry=facts.get("inquiry", False),
    )


def _which_version(order: Order) -> Finding:
    return Finding(
        rule="decision-names-version",
        section="9.2.4.3.1.2.2",
        code=Code.FIELD_MISSING,
        severity=Severity.REJECT,
        path="/ver",
        value=None,
        text=f"ver is missing: order {order.id} has more than one version, {order.ver} is the last",
        cure="name the version that you answer, as the work item has it",
    )
