"""One order's story as the records that the measures judge (Exhibit B, chapter by chapter)."""

from collections.abc import Iterator
from datetime import date, datetime

from gateway.record.histories import History
from gateway.record.rows import Family, Json
from gateway.reports.measures.application import application_at
from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.op8_lnp_triggers import NumberPort
from gateway.reports.measures.po2_flow_through import SubmittedLsr
from gateway.reports.measures.po3_reject_interval import RejectedLsr
from gateway.reports.measures.records import Channel, ConfirmedRequest, RequestForm, ServiceOrder
from gateway.reports.measures.request_versions import RequestVersion, clock_starting_version
from gateway.reports.measures.terms import ProductTerms
from gateway.reports.reading.story import Confirmation, Story, Version
from validators.messages.field_times import read_window

_ZONES = {1: "D", 2: "E"}
_FORMS = {Family.LSR: RequestForm.LSR, Family.ASR: RequestForm.ASR}


class OrderRecords:
    """The records of one order.

    Args:
        history: whose order it is, and what it is called.
        story: what happened to it.
        basis: by which it is measured.

    Attributes:
        first_foc: the original FOC, None without one.
        applied_by: the version that started the clock of the original FOC (R-VER); without a FOC the last complete one.
        request: what that version asked for.
        installed: what the last version with a FOC asked for: that is what was installed.
        flowed: whether no person touched the request up to its original FOC.
    """

    def __init__(self, history: History, story: Story, basis: MeasureBasis) -> None:
        focs = story.confirmations
        self.history = history
        self.story = story
        self.basis = basis
        self.first_foc: Confirmation | None = focs[0] if focs else None
        self.applied_by = _applied_by(story, basis)
        self.request: Json = self.applied_by.request if self.applied_by else {}
        last = story.version(focs[-1].ver) if focs else None
        self.installed: Json = last.request if last else self.request
        self.flowed = self.first_foc is not None and not self.first_foc.manual
        self.product = self.terms(self.request)
        """The exhibit's terms of what was asked for; None if the exhibit does not list it."""
        self.installed_product = self.terms(self.installed)

    def application_date(self) -> date | None:
        """Give the application date by Exhibit B; None where it cannot be known."""
        if self.applied_by is None or self.product is None:
            return None
        applied = application_at(self.applied_by.received_at, self.product, self.basis, flow_through=self.flowed)
        return self.basis.calendar.local_date(applied)

    def terms(self, request: Json) -> ProductTerms | None:
        """Give the exhibit's terms of what a version asks for; None if the exhibit does not list it."""
        return self.basis.terms.product_reported_as(request.get("product"))

    def confirmed(self) -> ConfirmedRequest | None:
        """Give the request with its original FOC (PO-5); None without one."""
        foc, product = self.first_foc, self.product
        if foc is None:
            return None
        return ConfirmedRequest(
            record_id=self.history.order_id,
            lsr_number=self.history.number,
            clec=self.history.partner_id,
            form=_FORMS.get(self.history.family, RequestForm.LSR),
            channel=Channel.ELECTRONIC,
            product=product.code if product else self.request.get("product"),
            quantity=self.request.get("quantity"),
            received_at=self.applied_by.received_at if self.applied_by else None,
            foc_at=foc.at,
            flow_through=self.flowed,
            project=bool(self.request.get("project")),
        )

    def order(self) -> ServiceOrder:
        """Give the order from application to completion (OP-3, OP-4, OP-15, PO-9)."""
        story, terms = self.story, self.basis.terms
        foc, done = self.first_foc, story.completion
        wanted = self.request.get("desired_due_date")
        delay = terms.miss_reason_of(story.delay)
        told = done.told.get("miss_reason") if done else None
        return ServiceOrder(
            record_id=self.history.order_id,
            clec=self.history.partner_id,
            order_type=terms.order_types.get(self.installed.get("activity", ""), self.installed.get("activity", "")),
            application_date=self.application_date(),
            original_due=foc.due_date if foc else None,
            changes=tuple(story.changes),
            completed=done.on if done else None,
            requested_due=date.fromisoformat(wanted) if wanted else None,
            miss_reason=told or delay,
            delay_reason=delay,
            jeopardy_at=story.jeopardy_at,
            cancelled=story.cancelled_at is not None,
        )

    def area(self) -> str:
        """Give the disaggregation of an installation: A to C by dispatch, D and E by zone; empty if not told."""
        product = self.installed_product
        told = self.story.completion.told if self.story.completion else {}
        if product is None or product.disaggregation is None:
            return ""
        if product.disaggregation == "zone":
            return _ZONES.get(told.get("zone") or 0, "")
        if told.get("dispatched") is False:
            return "C"
        if not told.get("dispatched") or told.get("in_msa") is None:
            return ""
        return "A" if told["in_msa"] else "B"

    def rejects(self) -> Iterator[RejectedLsr]:
        """Give each version that was rejected (PO-3)."""
        for rejection in self.story.rejections:
            version = self.story.version(rejection.ver)
            yield RejectedLsr(
                record_id=f"{self.history.order_id}/{rejection.ver}",
                lsr_number=f"{self.history.number}/{rejection.ver}",
                clec=self.history.partner_id,
                received_at=version.received_at if version else None,
                rejected_at=rejection.at,
                by_a_person=rejection.manual,
                reason=None if rejection.standard else "no_facilities",
            )

    def submitted(self) -> SubmittedLsr | None:
        """Give the request as it first came in (PO-2)."""
        if not self.story.versions:
            return None
        first = self.story.versions[0]
        return SubmittedLsr(
            record_id=self.history.order_id,
            lsr_number=self.history.number,
            clec=self.history.partner_id,
            channel=Channel.ELECTRONIC,
            flowed=self.flowed,
            eligible=bool(first.request.get("flow_through")),
            rejected=any(rejection.ver == first.ver for rejection in self.story.rejections),
        )

    def port(self) -> NumberPort | None:
        """Give the number port (OP-8C); None where the order is none, or is not completed."""
        product, done = self.installed_product, self.story.completion
        if product is None or product.foc_group != "c" or done is None:
            return None
        return NumberPort(
            record_id=self.history.order_id,
            clec=self.history.partner_id,
            frame_due_at=self._frame_due_at(),
            trigger_set_at=self.story.trigger_set_at,
            completed=done.on,
        )

    def _frame_due_at(self) -> datetime | None:
        foc = self.story.confirmations[-1] if self.story.confirmations else None
        window = read_window(foc.frame_due_time or "") if foc else None
        return self.basis.calendar.at(foc.due_date, window[0]) if foc and window else None


def _applied_by(story: Story, basis: MeasureBasis) -> Version | None:
    versions = story.versions
    if not story.confirmations:
        return next((version for version in reversed(versions) if version.complete), None)
    if len(versions) == 1:
        return versions[0] if versions[0].complete else None
    received = [RequestVersion(version.ver, version.received_at, version.complete) for version in versions]
    started = clock_starting_version(received, story.confirmations[0].at, basis.readings)
    return next((v for v in versions if started and v.received_at == started.received_at), None)
