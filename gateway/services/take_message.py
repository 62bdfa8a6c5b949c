"""The command that records one message: a new order, a later version of one, or the answer that was given before."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from gateway.lifecycle.access import Clarify
from gateway.lifecycle.machine import Occurrence, Refusal
from gateway.lifecycle.vocabulary import Cause, Event, NoticeKind
from gateway.notices.access import clarification, errors_of
from gateway.notices.acknowledgement import AcknowledgedClock, Acknowledgement
from gateway.notices.content import cancelled, reject
from gateway.queue.envelope import work_item
from gateway.record.port import Changes, NaturalKey, Needs, OnRecord, SubmissionKey
from gateway.record.portal import numbers_of
from gateway.record.rows import Family, Order, Partner, Submission
from gateway.services.charges import charge_of_cancelled_transport, charge_of_late_change
from gateway.services.desk import Desk
from gateway.services.happenings import taken_over
from gateway.services.order_entry import OrderEntry
from gateway.services.refusals import KeyReused, StaleRevision
from gateway.services.taken import Duplicate, OutOfSequence, Taken
from validators.codes import Code
from validators.judge import Judge, Judgement, with_findings
from validators.messages.request import Request
from validators.rules.case import EarlierVersion, FacilityAnswer, References, Standing
from validators.rules.site_facts import site_facts
from validators.verdict import Finding, Outcome, Severity, Verdict

_OUT_OF_SEQUENCE = frozenset(
    {Code.VERSION_ORDER, Code.SUPPLEMENT_MISSING, Code.SUPPLEMENT_NOT_ALLOWED, Code.ORDER_CLOSED}
)
"""Findings after which the version is as if it had never come: its VER may be used again, rightly."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that was read and judged by itself.

    Attributes:
        partner: who sent it.
        family: its family.
        body: its bytes.
        digest: SHA-256 of them, hex.
        judgement: what the judge found in it.
        received_at: when it was complete (aware, UTC).
        idempotency_key: the sender's, None without.
        if_match: revision that the sender demands, None without.
        in_force: the version in force as intake read it before the commit, for a supplement that is compared with it.
        references: what the reference data said before the commit of what the message names.
    """

    partner: Partner
    family: Family
    body: bytes = field(repr=False)
    digest: str
    judgement: Judgement
    received_at: datetime
    idempotency_key: str | None
    if_match: int | None
    in_force: Request | None = None
    references: References = field(default_factory=References)

    @property
    def key(self) -> NaturalKey:
        """The natural key of its order."""
        return NaturalKey(self.partner.id, self.family, self.judgement.facts.pon)


@dataclass(frozen=True, slots=True)
class TakeMessage:
    """Records one judged message."""

    desk: Desk
    judge: Judge
    message: Message

    @property
    def needs(self) -> Needs:
        """What stands under the message's PON, and under its Idempotency-Key."""
        key = self.message.idempotency_key
        keys = frozenset({(self.message.partner.id, key)}) if key else frozenset()
        return Needs(natural_keys=frozenset({self.message.key}), idempotency_keys=keys)

    def decide(self, on_record: OnRecord) -> tuple[Taken | Duplicate | OutOfSequence, Changes]:
        """Give what became of the message and what is to be written.

        Raises:
            KeyReused: its Idempotency-Key came before with other bytes.
            StaleRevision: the order is at another revision than If-Match demands.
        """
        message = self.message
        order = on_record.order_of(message.key)
        earlier = on_record.submissions_of(message.key)
        known = self._known(on_record, earlier)
        if known is not None:
            revision = order.revision if order is not None else 1
            return Taken(
                known.order_id, revision, Acknowledgement.from_json(known.acknowledgement), again=True
            ), Changes()
        if message.if_match is not None and (order is None or order.revision != message.if_match):
            raise StaleRevision(order.id if order else "", order.revision if order else 0)
        standing = self._standing(order, earlier)
        findings = self.judge.judge_record(message.judgement, standing)
        # A version that is not taken is told why, and not what else it might have been warned of.
        grounds = tuple(finding for finding in findings if finding.severity is Severity.REJECT)
        if order is not None and any(finding.code == Code.DUPLICATE for finding in grounds):
            return Duplicate(order.id, grounds), self._refused(order, "submission.duplicate", grounds)
        out_of_sequence = tuple(finding for finding in grounds if finding.code in _OUT_OF_SEQUENCE)
        if out_of_sequence:
            return self._out_of_sequence(order, out_of_sequence)
        verdict = with_findings(message.judgement, findings)
        if order is None:
            return self._first_version(standing, verdict, on_record)
        return self._later_version(order, standing, on_record, verdict)

    def _known(self, on_record: OnRecord, earlier: Sequence[SubmissionKey]) -> SubmissionKey | None:
        message = self.message
        if message.idempotency_key:
            same_key = on_record.submission_by_idempotency_key(message.partner.id, message.idempotency_key)
            if same_key is not None and same_key.digest != message.digest:
                raise KeyReused(message.idempotency_key)
            if same_key is not None:
                return same_key
        ver = message.judgement.facts.ver
        return next((sub for sub in earlier if sub.ver == ver and sub.digest == message.digest), None)

    def _standing(self, order: Order | None, earlier: Sequence[SubmissionKey]) -> Standing:
        versions = tuple(EarlierVersion(sub.ver, sub.digest, Outcome(sub.outcome)) for sub in earlier)
        dossier, facts = self.desk.dossier_of(self.message.partner.id), self.message.judgement.facts
        site, references = site_facts(dossier, facts, facts.application_date), self.message.references
        if order is None:
            return Standing(
                versions, facilities=references.facilities, site=site, dossier=dossier, references=references
            )
        facilities = order.facts.get("facilities")
        return Standing(
            versions=versions,
            state=order.state,
            due_date=order.due_date,
            desired_due_date=order.desired_due_date,
            in_force=self.message.in_force,
            number=order.number,
            site=site,
            dossier=dossier,
            # What the back end found for this very order outweighs what its tools say of the place.
            facilities=FacilityAnswer(**facilities) if facilities else references.facilities,
            references=references,
        )

    def _out_of_sequence(self, order: Order | None, findings: tuple[Finding, ...]) -> tuple[OutOfSequence, Changes]:
        if order is None:
            return OutOfSequence(None, findings), Changes()
        return OutOfSequence(order.id, findings), self._refused(order, "submission.out-of-sequence", findings)

    def _refused(self, order: Order, type_: str, findings: Sequence[Finding]) -> Changes:
        entry = OrderEntry(self.desk, order, (), self.message.received_at)
        entry.note(
            type_,
            findings[0].section,
            {
                "ver": self.message.judgement.facts.ver,
                "digest": self.message.digest,
                "findings": [f.as_json() for f in findings],
            },
        )
        return entry.changes()

    def _first_version(
        self, standing: Standing, verdict: Verdict, on_record: OnRecord
    ) -> tuple[Taken | OutOfSequence, Changes]:
        del on_record
        facts, at = self.message.judgement.facts, self.message.received_at
        ids = self.desk.ids
        machine = self.desk.machines[self.message.family]
        submission_id = ids.new("sub", at)
        fields = self._fields(submission_id)
        fields["facts"]["standing"] = machine.enter(facts.ver).to_json()
        order = Order(
            id=ids.new("ord", at),
            partner_id=self.message.partner.id,
            agreement_id=self.message.partner.agreement_id,
            family=self.message.family,
            pon=facts.pon,
            ver=facts.ver,
            number=ids.number(self.message.family.value.upper(), at),
            state=str(machine.first),
            revision=1,
            due_date=None,
            original_due_date=None,
            updated_at=at,
            **fields,
        )
        entry = OrderEntry(self.desk, order, (), at, new=True)
        entry.receive(self._told(submission_id, verdict))
        if verdict.outcome is Outcome.REJECTED:
            entry.take(Occurrence(Event.REJECT), {"codes": codes_of(verdict)}, section=section_of(verdict))
            entry.send(reject(verdict.findings))
        else:
            entry.take(Occurrence(Event.ACCEPT), {"outcome": verdict.outcome.value}, section=facts.application_section)
            self._note_unasked(entry, standing)
            self._ask_to_clarify(entry, verdict)
            self._hand_over(entry, verdict)
        return self._record(entry, verdict, submission_id)

    def _later_version(
        self, order: Order, standing: Standing, on_record: OnRecord, verdict: Verdict
    ) -> tuple[Taken | OutOfSequence, Changes]:
        facts, at = self.message.judgement.facts, self.message.received_at
        entry = OrderEntry(self.desk, order, on_record.open_clocks(order.id), at)
        submission_id = self.desk.ids.new("sub", at)
        entry.note("submission.received", "12.2.1.1.5", self._told(submission_id, verdict))
        if verdict.outcome is Outcome.REJECTED:
            entry.take(
                Occurrence(Event.REJECT_SUPPLEMENT, facts.ver),
                {"codes": codes_of(verdict)},
                section=section_of(verdict),
            )
            entry.send(reject(verdict.findings), ver=facts.ver)
            return self._record(entry, verdict, submission_id)
        late = charge_of_late_change(self.desk.agreement_of(order), order, at)
        event = self.desk.machines[order.family].supplements[facts.supplement_type or ""]
        if event is not Event.SUPPLEMENT_CANCEL:
            entry.replace_version(self._fields(submission_id))
            entry.set(facts={"changed_late_at": at.isoformat() if late else None})
        move = entry.take(Occurrence(event, facts.ver), {"sup": facts.supplement_type or ""})
        if isinstance(move, Refusal):
            return self._out_of_sequence(order, (_forbidden(move, facts.top),))
        if move.step.notice is NoticeKind.CANCELLED:
            told = cancelled(Cause.CLEC, "Cancelled as the CLEC asked by SUP 1", move.step.section)
            owed = late or charge_of_cancelled_transport(self.desk.agreement_of(order), order, at)
            entry.send(replace(told, charges=(owed,) if owed else ()))
        else:
            entry.clear()
        self._note_unasked(entry, standing)
        self._ask_to_clarify(entry, verdict)
        self._hand_over(entry, verdict)
        return self._record(entry, verdict, submission_id)

    def _ask_to_clarify(self, entry: OrderEntry, verdict: Verdict) -> None:
        """Ask at once for what the agreement has clarified rather than rejected (7.4.1)."""
        if entry.order.family is not Family.ASR:
            return
        agreement = self.desk.agreement_of(entry.order)
        unclear = tuple(f for f in verdict.findings if agreement.setting(f.rule).params.get("clarified"))
        if unclear:
            asked = Clarify(None, unclear[0].text, errors_of(unclear, supplement=True), section=unclear[0].section)
            entry.take(Occurrence(Event.CLARIFY), {"codes": [f.code for f in unclear]}, section=asked.section)
            entry.send(clarification(asked))

    def _note_unasked(self, entry: OrderEntry, standing: Standing) -> None:
        """Note the rules that lacked a fact, so that who reads the history knows what nobody has looked at."""
        unasked = self.judge.unasked(self.message.judgement, standing)
        if unasked:
            told = [{"rule": one.rule, "section": one.section, "fact": one.fact} for one in unasked]
            entry.note("order.not-asked", unasked[0].section, {"ver": self.message.judgement.facts.ver, "rules": told})

    def _fields(self, submission_id: str) -> dict[str, Any]:
        facts = self.message.judgement.facts
        agreement = self.desk.agreements[self.message.judgement.agreement_id]
        passes = self._flows_through
        passing = facts if passes == facts.flow_through else replace(facts, flow_through=passes)
        return {
            "product": facts.product or "",
            "activity": facts.activity,
            "received_at": self.message.received_at,
            "application_at": facts.application_at,
            "desired_due_date": facts.desired_due_date,
            "submission_id": submission_id,
            "facts": {
                "ccna": facts.ccna,
                "cc": facts.cc,
                "sent": facts.sent,
                "inquiry": facts.requisition_type[1:2] == "A",
                "taken_over": taken_over(facts),
                "access": facts.access and asdict(facts.access),
                "quantity": facts.quantity,
                "appointment": facts.appointment or facts.frame_due_time,
                "wire_center": facts.wire_center,
                "coordinated": facts.coordinated,
                "reports_readiness": False,
                "reports_milestones": False,
                "flow_through": passes,
                "expedite": facts.expedite,
                "expedite_granted": None,
                "clec_loop_installed": False,
                "interval_from": facts.interval_from and facts.interval_from.isoformat(),
                "interval_days": facts.interval_days,
                "conditioning_approved": facts.conditioning_approved,
                "related": facts.related,
                "project_coordinated": facts.project_coordinated,
                "cut_is_free": False,
                "changed_late_at": None,
                "exchanges": list(facts.exchanges),
                "emergency": facts.emergency,
                "project": facts.project,
                "conditions": sorted(condition.value for condition in passing.conditions(agreement)),
            },
        }

    @property
    def _flows_through(self) -> bool:
        """Whether no person touches the message; what is deferred to one never flows through."""
        judgement = self.message.judgement
        return judgement.facts.flow_through and judgement.verdict.outcome is Outcome.ACCEPTED

    def _use_what_it_names(self, entry: OrderEntry) -> None:
        """Make the order the holder of what was held for it, and have looked up later what could not be looked up."""
        facts, references, partner = self.message.judgement.facts, self.message.references, self.message.partner.id
        order = f"{facts.family}/{facts.pon}"
        for hold in references.holds:
            entry.guard("hold-use", (order, hold, partner))
        if facts.named.appointment:
            entry.guard("hold-keep", (order, partner, facts.pon))
        if references.unchecked:
            entry.leave_unchecked(facts.ver, references.unchecked)
        if facts.answers is not None:
            entry.answer_request(facts.answers)

    def _told(self, submission_id: str, verdict: Verdict) -> dict[str, Any]:
        facts = self.message.judgement.facts
        return {
            "submission": submission_id,
            "ver": facts.ver,
            "digest": self.message.digest,
            "outcome": verdict.outcome.value,
            "application_at": facts.application_at.isoformat(),
            "request": self._requested(),
        }

    def _requested(self) -> dict[str, Any]:
        """Give what the measures of Exhibit B ask of a version, so that they can be computed from the log alone."""
        facts = self.message.judgement.facts
        return {
            "product": facts.product,
            "activity": facts.activity,
            "quantity": facts.quantity,
            "desired_due_date": facts.desired_due_date and facts.desired_due_date.isoformat(),
            "project": facts.project is not None,
            "flow_through": self._flows_through,
        }

    def _hand_over(self, entry: OrderEntry, verdict: Verdict) -> None:
        message = self.message
        self._use_what_it_names(entry)
        entry.hand_over(
            work_item(
                self.desk.ids.new("wrk", message.received_at),
                entry.order,
                supplement=message.judgement.facts.supplement_type,
                deferred=tuple(finding.as_json() for finding in verdict.findings),
                document=message.body,
                digest=message.digest,
                at=message.received_at,
            )
        )

    def _record(self, entry: OrderEntry, verdict: Verdict, submission_id: str) -> tuple[Taken, Changes]:
        message = self.message
        changes = entry.changes()
        order = entry.order
        acknowledgement = self._acknowledge(entry, verdict)
        changes.beside.extend(numbers_of(order.id, message.judgement.facts.telephone_numbers))
        changes.submissions.append(
            Submission(
                id=submission_id,
                partner_id=order.partner_id,
                family=order.family,
                pon=order.pon,
                ver=message.judgement.facts.ver,
                digest=message.digest,
                body=message.body,
                received_at=message.received_at,
                order_id=order.id,
                outcome=verdict.outcome.value,
                findings=tuple(finding.as_json() for finding in verdict.findings),
                acknowledgement=acknowledgement.as_json(),
                idempotency_key=message.idempotency_key,
            )
        )
        return Taken(order.id, order.revision, acknowledgement), changes

    def _acknowledge(self, entry: OrderEntry, verdict: Verdict) -> Acknowledgement:
        order, facts = entry.order, self.message.judgement.facts
        zone = self.desk.agreement_of(order).zone
        undated = verdict.outcome is Outcome.REJECTED or order.application_at is None
        return Acknowledgement(
            order_id=order.id,
            family=order.family,
            number=order.number,
            order_url=f"/v1/orders/{order.id}",
            pon=order.pon,
            ver=facts.ver,
            outcome=verdict.outcome.value,
            received_at=self.message.received_at.astimezone(zone),
            application_date=None if undated else facts.application_date,
            application_section=None if undated else facts.application_section,
            findings=verdict.findings,
            clocks=tuple(
                AcknowledgedClock(clock.clock, clock.section, clock.due_at.astimezone(zone), clock.owed_by)
                for clock in entry.running
            ),
        )


def _forbidden(refusal: Refusal, top: str) -> Finding:
    """Give the life cycle's refusal of a version as a finding."""
    return Finding(
        rule="supplement-after-close",
        section=refusal.section,
        code=Code.ORDER_CLOSED,
        severity=Severity.REJECT,
        path=f"{top}/VER",
        value=None,
        text=refusal.text,
        cure="Read the order's state, then send what is still possible, or a new request under another PON.",
    )


def codes_of(verdict: Verdict) -> list[str]:
    """Give the codes of all findings."""
    return [finding.code for finding in verdict.findings]


def section_of(verdict: Verdict) -> str:
    """Give the section of the first ground of a reject."""
    return next(finding.section for finding in verdict.findings if finding.severity is Severity.REJECT)
