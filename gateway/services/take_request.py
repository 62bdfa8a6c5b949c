"""The command that records one message of a family whose life cycles stand in the agreement file."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gateway.lifecycle.machine import Refusal
from gateway.notices.content import reject
from gateway.record.places import WAITING, Place
from gateway.record.port import Changes, NaturalKey, Needs, OnRecord
from gateway.record.rows import Order
from gateway.services.process_entry import Happening, ProcessEntry
from gateway.services.request_sizes import measures_of, sizes_of
from gateway.services.take_message import TakeMessage, codes_of, section_of
from gateway.services.taken import OutOfSequence, Taken
from validators.agreement.collocation_terms import Kind
from validators.agreement.process_terms import ProcessTerm
from validators.codes import Code
from validators.collocation.completeness import lacking
from validators.messages.collocation import APPLICATION, CollocationRequest
from validators.rules.case import Standing
from validators.verdict import Finding, Outcome, Severity, Verdict

_DEFICIENT = "found-deficient"
_NEVER_TOLD_AT_ONCE = "issue-deficiency"


class TakeRequest(TakeMessage):
    """Records one judged message: one that opens a request, or a later one, which is an event of its life cycle."""

    __slots__ = ()

    @property
    def needs(self) -> Needs:
        """What stands under the PON and the one that it answers, and the places at the Premises and of the CLEC."""
        partner, premises = self.message.partner.id, self._request.premises
        keys = {self.message.key}
        if self._request.reference:
            keys.add(NaturalKey(partner, self.message.family, self._request.reference))
        return replace(
            super().needs,
            natural_keys=frozenset(keys),
            premises=frozenset({premises} if premises else ()),
            applicants=frozenset({partner}),
        )

    @property
    def _request(self) -> CollocationRequest:
        message = self.message.judgement.message
        if not isinstance(message, CollocationRequest):
            raise TypeError("a request of this family keeps its message")
        return message

    def _first_version(
        self, standing: Standing, verdict: Verdict, on_record: OnRecord
    ) -> tuple[Taken | OutOfSequence, Changes]:
        del standing
        request = self._request
        if request.says != APPLICATION:
            return OutOfSequence(None, (self._nothing_open(),)), Changes()
        agreement = self.desk.agreements[self.message.judgement.agreement_id]
        kind = agreement.collocation.kinds.get(request.kind or "") if agreement.collocation else None
        if agreement.collocation is None or kind is None:
            return OutOfSequence(None, verdict.findings), Changes()
        submission_id = self.desk.ids.new("sub", self.message.received_at)
        order = self._opened(kind, agreement.collocation.processes[kind.process])
        order = replace(order, submission_id=submission_id)
        entry = ProcessEntry(self.desk, order, (), self.message.received_at, new=True, places=on_record.places())
        entry.put(conditions=sorted(sizes_of(request, kind, agreement, self._own(on_record), self.message.received_at)))
        measures = measures_of(request, kind, agreement)
        entry.place(self._place(order, kind, agreement.state, measures))
        entry.record_instant("received", self.message.received_at)
        entry.receive(self._told(submission_id, verdict))
        entry.remember_ends()
        if verdict.outcome is Outcome.REJECTED:
            self._refuse(entry, verdict)
            return self._record(entry, verdict, submission_id)
        self._open(entry, verdict)
        self._answer_earlier(entry, on_record)
        self._hand_over(entry, verdict)
        return self._record(entry, verdict, submission_id)

    def _own(self, on_record: OnRecord) -> tuple[Place, ...]:
        """Give the places of the CLEC's requests so far."""
        return tuple(place for place in on_record.places() if place.partner_id == self.message.partner.id)

    def _open(self, entry: ProcessEntry, verdict: Verdict) -> None:
        """Let the gateway's own look at the application happen: complete, or what it lacks."""
        deficient = any(finding.severity is Severity.DEFER for finding in verdict.findings)
        event = _DEFICIENT if deficient else "complete"
        at_once = deficient and entry.terms.deficiency_notice == "at-once"
        happening = Happening(event, {}, self._request)
        entry.happen(happening, data={"outcome": verdict.outcome.value})
        if at_once:
            entry.happen(Happening(_NEVER_TOLD_AT_ONCE))

    def _refuse(self, entry: ProcessEntry, verdict: Verdict) -> None:
        """Close a request whose first message cannot be taken as one."""
        section = section_of(verdict)
        entry.note("order.rejected", section, {"ver": entry.order.ver, "codes": codes_of(verdict)})
        entry.close("rejected")
        entry.send(reject(verdict.findings))

    def _later_version(
        self, order: Order, standing: Standing, on_record: OnRecord, verdict: Verdict
    ) -> tuple[Taken | OutOfSequence, Changes]:
        del standing
        request, at = self._request, self.message.received_at
        entry = ProcessEntry(self.desk, order, on_record.open_clocks(order.id), at, places=on_record.places())
        agreement = self.desk.agreement_of(order)
        found = (
            (*verdict.findings, *lacking(request, entry.kind.id, agreement))
            if request.kind is None
            else verdict.findings
        )
        verdict = Verdict(tuple(dict.fromkeys(found)))
        submission_id = self.desk.ids.new("sub", self.message.received_at)
        if verdict.outcome is Outcome.REJECTED:
            entry.note("submission.received", entry.process.section, self._told(submission_id, verdict))
            entry.send(reject(verdict.findings), ver=request.ver)
            return self._record(entry, verdict, submission_id)
        if request.says not in entry.process.messages():
            return self._out_of_sequence(order, (self._unknown_message(entry.process),))
        entry.note("submission.received", entry.process.section, self._told(submission_id, verdict))
        entry.set(submission_id=submission_id)
        moved = entry.happen(Happening(request.says, _values(request), request, request.ver))
        if isinstance(moved, Refusal):
            return self._out_of_sequence(order, (self._forbidden(moved),))
        self._hand_over(entry, verdict)
        return self._record(entry, verdict, submission_id)

    def _opened(self, kind: Kind, process: ProcessTerm) -> Order:
        facts, at, request = self.message.judgement.facts, self.message.received_at, self._request
        ids = self.desk.ids
        on_file: dict[str, Any] = {
            "standing": {"state": process.first, "ver": facts.ver},
            "kind": kind.id,
            "ccna": facts.ccna,
            "cc": facts.cc,
            "wire_center": request.premises,
            "premises": request.premises,
            "alternate": (request.value("COLLO.ALTKIND") or "").lower() or None,
            "site": request.value("COLLO.SITE"),
            "category": request.value("SPACE.EQCAT"),
            "quantity": request.number("ASK.QTY"),
            "notice_address": self.message.partner.codes.get("notice_address"),
            "conditions": [],
            "instants": {},
            "deadlines": {},
        }
        return Order(
            id=ids.new("ord", at),
            partner_id=self.message.partner.id,
            agreement_id=self.message.partner.agreement_id,
            family=self.message.family,
            pon=facts.pon,
            ver=facts.ver,
            number=ids.number(self.message.family.value[:3].upper(), at),
            product=kind.id,
            activity="",
            state=process.first,
            revision=1,
            received_at=at,
            application_at=None,
            desired_due_date=facts.desired_due_date,
            due_date=None,
            original_due_date=None,
            submission_id="",
            updated_at=at,
            facts=on_file,
        )

    def _place(self, order: Order, kind: Kind, state: str, measures: Mapping[str, int]) -> Place:
        request = self._request
        facts = {
            "limited": kind.limited,
            "rests_on": request.reference,
            "counted": dict(measures),
            "site": request.value("COLLO.SITE"),
            "square_feet": request.number("SPACE.SQFT"),
            "bays": request.number("SPACE.BAYS"),
        }
        return Place(
            id=order.id,
            partner_id=order.partner_id,
            premises=request.premises or "",
            state=state,
            kind=kind.id,
            queue="application",
            status=WAITING,
            rank_at=order.received_at,
            received_at=order.received_at,
            facts=facts,
        )

    def _answer_earlier(self, entry: ProcessEntry, on_record: OnRecord) -> None:
        """Take a new application as the answer to the offer that it names, if it comes within its time."""
        reference = self._request.reference
        if not reference:
            return
        earlier = on_record.order_of(NaturalKey(self.message.partner.id, self.message.family, reference))
        if earlier is None:
            return
        own = ProcessEntry(
            self.desk, earlier, on_record.open_clocks(earlier.id), self.message.received_at, places=on_record.places()
        )
        answered = own.happen(Happening("applied", message=self._request), data={"by": entry.order.pon})
        if not isinstance(answered, Refusal):
            entry.beside(own)

    def _nothing_open(self) -> Finding:
        request = self._request
        return self._finding(
            "order-three-steps",
            "8.4.1.3",
            Code.SUPPLEMENT_NOT_ALLOWED,
            f"{request.says.upper()} goes with a request on record, and PON {request.pon} is none.",
            "Send MSG APPLICATION first, or correct PON.",
        )

    def _unknown_message(self, process: ProcessTerm) -> Finding:
        messages = ", ".join(name.upper() for name in process.messages())
        text = f"{self._request.says.upper()} is no message about a {process.name}."
        return self._finding(
            "order-three-steps", process.section, Code.SUPPLEMENT_NOT_ALLOWED, text, f"The messages are {messages}."
        )

    def _forbidden(self, refusal: Refusal) -> Finding:
        cure = "Read the request's state, then send what is still possible, or a new application under another PON."
        return self._finding("order-three-steps", refusal.section, Code.ORDER_CLOSED, refusal.text, cure)

    def _finding(self, rule: str, section: str, code: Code, text: str, cure: str) -> Finding:
        head = self._request.head
        return Finding(rule, section, code, Severity.REJECT, head.path_of("MSG"), head.get("MSG"), text, cure)


def _values(request: CollocationRequest) -> dict[str, Any]:
    amount = request.amount
    return {} if amount is None else {"amount": amount}
