"""The next version of an order that is on record: a supplement as a draft, a cancellation at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from gateway.doors.problems import Kind, Problem
from gateway.notices.charges import Charge
from gateway.portal.entry.drafting import Drafting
from gateway.portal.entry.first_values import written_at
from gateway.portal.entry.judging import Counter, Judged
from gateway.portal.entry.next_steps import told_next
from gateway.portal.entry.versions import (
    CORRECTED,
    Stamp,
    cancelling,
    following,
    may_be_cancelled,
    next_version,
    supplements_of,
)
from gateway.portal.entry.work import KEY_FIELD, Work
from gateway.portal.forms.typed import MOST_DETAILS
from gateway.portal.pages import Answer, Asked, Elsewhere, Page, Shown
from gateway.portal.services import Services
from gateway.record.rows import Family, Order, Submission
from gateway.services.charges import charge_of_cancelled_transport, charge_of_late_change
from gateway.services.drafts import TooManyDrafts
from validators.fields import FieldCatalogue

_LIKE: Final = ("submitLsr", "submitAsr", "readOrder", "readDocument")

_TOO_LARGE: Final = (
    f"The version on record has more than {MOST_DETAILS} details on a form, or more text than a page takes; "
    "send the supplement as a document or in a batch file."
)


class SupplementPages:
    """Supplement and cancel."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._desk = Drafting(services)
        self._counter = Counter(services)

    async def ask(self, asked: Asked) -> Shown:
        """Ask how the next version changes the order."""
        return await self._asking(asked, await self._order(asked))

    async def begin(self, asked: Asked) -> Answer:
        """Begin a draft of the next version."""
        order = await self._order(asked)
        chosen = asked.text("sup")
        if chosen not in {value for value, _ in supplements_of(order)}:
            return await self._asking(asked, order, wrong="Choose how the version changes the order.")
        supplement = "" if chosen == CORRECTED else chosen
        versions = await self._services.record.submissions(order.id)
        ver = next_version(version.ver for version in versions)
        catalogue = await self._desk.catalogue(asked, order.family.message)
        work = self._work(catalogue, order, versions, Stamp(ver, supplement, self._sent(order)))
        if not work.typed.fits_a_page:
            return await self._asking(asked, order, wrong=_TOO_LARGE)
        title = f"{order.pon} VER {ver}" + (f", SUP {supplement}" if supplement else ", corrected")
        try:
            draft = await self._desk.drafts.begin(self._desk.author(asked), title, work.as_json())
        except TooManyDrafts as refusal:
            return await self._asking(asked, order, wrong=str(refusal))
        return Elsewhere(f"/portal/entry/{draft.id}")

    async def _asking(self, asked: Asked, order: Order, wrong: str = "") -> Shown:
        context = {
            "order": order,
            "supplements": supplements_of(order),
            "chosen": asked.text("sup"),
            "cancellable": may_be_cancelled(order),
            "wrong": wrong,
        }
        return Shown("entry/supplement.html", context, 422 if wrong else 200)

    async def confirm_cancel(self, asked: Asked) -> Shown:
        """Tell what a cancellation means, and ask whether it is meant."""
        order = await self._order(asked)
        if not may_be_cancelled(order):
            return self._cancelling(order, None, None)
        versions = await self._services.record.submissions(order.id)
        stamp = cancelling(next_version(version.ver for version in versions), self._sent(order))
        catalogue = await self._desk.catalogue(asked, order.family.message)
        work = self._work(catalogue, order, versions, stamp)
        judged = await self._counter.try_out(order.partner_id, catalogue, work)
        return self._cancelling(order, work, judged)

    async def cancel(self, asked: Asked) -> Answer:
        """Send the cancellation that was confirmed; the same confirmation sent again does nothing more."""
        order = await self._order(asked)
        versions = await self._services.record.submissions(order.id)
        stamp = cancelling(asked.text("ver"), asked.text("sent"))
        catalogue = await self._desk.catalogue(asked, order.family.message)
        work = Work(self._work(catalogue, order, versions, stamp).typed, asked.text(KEY_FIELD), order.id)
        judged = await self._counter.try_out(order.partner_id, catalogue, work)
        if judged.good:
            judged = await self._counter.hand_in(order.partner_id, catalogue, work)
        if judged.good and judged.acknowledgement is not None:
            return Elsewhere(f"/portal/orders/{order.id}", told_next(judged.acknowledgement))
        return self._cancelling(order, work, judged)

    def _cancelling(self, order: Order, work: Work | None, judged: Judged | None) -> Shown:
        agreement = self._services.desk.agreement_of(order)
        context = {
            "order": order,
            "work": work,
            "ver": work.typed.of_head("VER") if work else "",
            "sent": work.typed.of_head("D_TSENT") if work else "",
            "findings": judged.findings.rejecting if judged else (),
            "charges": self._charges(order, self._now(order)),
        }
        status = 422 if work is not None and judged is not None and not judged.good else 200
        return Shown("entry/cancel.html", context, status, zone=agreement.calendar.zone.key)

    def _charges(self, order: Order, now: datetime) -> Sequence[Charge]:
        """Give what the cancellation would cost now, as its notice would state it."""
        agreement = self._services.desk.agreement_of(order)
        owed = charge_of_late_change(agreement, order, now) or charge_of_cancelled_transport(agreement, order, now)
        return (owed,) if owed else ()

    def _work(self, catalogue: FieldCatalogue, order: Order, versions: Sequence[Submission], stamp: Stamp) -> Work:
        typed = following(self._services.judge, catalogue, order, versions, stamp)
        if typed is None:
            raise Problem(
                Kind.STATE_FORBIDS, "the version on record cannot be shown as a form; send a document instead"
            )
        return Work.new(typed, order.id)

    def _now(self, order: Order) -> datetime:
        return self._services.clock.of(order.partner_id).now()

    def _sent(self, order: Order) -> str:
        return written_at(self._now(order), self._services.desk.agreement_of(order))

    async def _order(self, asked: Asked) -> Order:
        order = await self._services.record.order(asked.part("id"))
        if order is None or not asked.principal.may_read(order):
            raise Problem(Kind.NOT_FOUND, "there is no such order, or it is not yours")
        if order.family not in (Family.LSR, Family.ASR):
            raise Problem(Kind.NOT_FOUND, "a supplement is for an LSR or an ASR; this request goes on otherwise")
        return order

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        return (
            Page("GET", "/portal/orders/{id}/supplement", "supplement", self.ask, _LIKE),
            Page("POST", "/portal/orders/{id}/supplement", "beginSupplement", self.begin, _LIKE),
            Page("GET", "/portal/orders/{id}/cancel", "cancelOrder", self.confirm_cancel, _LIKE),
            Page("POST", "/portal/orders/{id}/cancel", "sendCancel", self.cancel, _LIKE),
        )
