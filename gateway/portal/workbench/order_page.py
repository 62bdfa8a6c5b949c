"""The page on which the ILEC works an order: claim it, see what it waits for and what was asked, decide it."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from gateway.doors.problems import Kind, Problem
from gateway.doors.refusals import problem_of
from gateway.lifecycle.decisions import DecisionInvalid
from gateway.portal.pages import Answer, Asked, Context, Elsewhere, Page, Shown
from gateway.portal.rendering import label
from gateway.portal.services import Services
from gateway.portal.workbench.clock_names import clock_name
from gateway.portal.workbench.decision_forms import DecisionForm, first_values
from gateway.portal.workbench.decisions import OfferedDecisions
from gateway.portal.workbench.due_dates import Checked, DueDateDesk
from gateway.portal.workbench.filled import Wrong, boxes_of, read_form
from gateway.portal.workbench.requests import request_of
from gateway.portal.workbench.roles import DECIDING, ILEC
from gateway.record.rows import Order
from gateway.services.offers import Offer
from gateway.services.order_claims import ClaimedByAnother
from gateway.services.refusals import Refused

_CONFIRM: Final = "confirm"
_LONGEST_KEY: Final = 64


@dataclass(frozen=True, slots=True)
class Filling:
    """A form as somebody has filled it in so far.

    Attributes:
        decision: which form.
        body: what was filled in.
        key: by which the decision is known again, so that a double click decides once.
        wrongs: what was refused, each with its place.
        more: the rows of which one more is wanted.
        checked: the due date, where it was looked at.
        refused: why nothing was decided.
    """

    decision: str
    body: Mapping[str, Any]
    key: str
    wrongs: Sequence[Wrong] = ()
    more: str = ""
    checked: Checked | None = None
    refused: Problem | None = None


class OrderDesk:
    """Works orders."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._offers = OfferedDecisions(services)

    async def show(self, asked: Asked) -> Answer:
        """Show an order with one decision's form, the first that is offered if none is asked for."""
        order = await self._own(asked)
        offered = await self._offered(asked, order)
        named = next((offer for offer in offered if offer.decision == asked.query("decide")), None)
        offer = named or next(iter(offered), None)
        if offer is None:
            return await self._page(asked, order, offered, None, None)
        form = self._offers.form(order, offer.decision, offer)
        filling = Filling(offer.decision, self._begun(order, form), secrets.token_urlsafe(24))
        return await self._page(asked, order, offered, form, filling)

    async def claim(self, asked: Asked) -> Answer:
        """Claim an order, or claim it for longer."""
        order = await self._own(asked)
        try:
            await self._services.claims.take(order.id, asked.principal.credential_id, asked.visit.login)
        except ClaimedByAnother as taken:
            raise _claimed(taken) from None
        return Elsewhere(_address(order), f"You work on {order.pon} now.")

    async def release(self, asked: Asked) -> Answer:
        """Let go of an order."""
        order = await self._own(asked)
        await self._services.claims.release(order.id, asked.principal.credential_id)
        return Elsewhere("/portal/workbench", f"{order.pon} is free for others.")

    async def decide(self, asked: Asked) -> Answer:
        """Take a decision, or show its form again: with what is wrong, with one more row, with the due date checked."""
        order, decision = await self._own(asked), asked.part("decision")
        form = self._offers.form(order, decision)
        body = read_form(form.inputs, asked.form, self._services.desk.agreement_of(order).zone)
        filling = Filling(decision, body, asked.text("key")[:_LONGEST_KEY], more=asked.text("more"))
        if not filling.key:
            raise Problem(Kind.MALFORMED_REQUEST, "the form came without its key; open the page again")
        if filling.more:
            return await self._again(asked, filling, 200)
        checked = self._check(order, body.get("due_date")) if decision == _CONFIRM else None
        if asked.text("act") == "check":
            return await self._again(asked, replace(filling, **_of_check(checked)), 200)
        if checked is not None and checked.doubts and asked.text("sure_of") != body["due_date"]:
            return await self._again(asked, replace(filling, **_of_check(checked)), 422)
        return await self._take(asked, order, filling)

    async def _take(self, asked: Asked, order: Order, filling: Filling) -> Answer:
        person = asked.principal.credential_id
        try:
            await self._services.claims.take(order.id, person, asked.visit.login)
            body = {"decision": filling.decision, "ver": asked.text("ver") or order.ver, **filling.body}
            done = await self._services.trade.decisions.take(order.id, body, f"{person}:{filling.key}")
        except ClaimedByAnother as taken:
            return await self._refused(asked, filling, _claimed(taken))
        except (Refused, DecisionInvalid) as refusal:
            return await self._refused(asked, filling, problem_of(refusal))
        await self._services.claims.release(order.id, person)
        told = f"{label(filling.decision)}: {order.pon} is {label(done['state'])} now."
        return Elsewhere(_address(order), f"{told} The notice is in the CLEC's mailbox." if done["notice"] else told)

    async def _refused(self, asked: Asked, filling: Filling, problem: Problem) -> Shown:
        status = 422 if problem.kind is Kind.MALFORMED_REQUEST else problem.kind.status
        return await self._again(asked, replace(filling, wrongs=problem.errors, refused=problem), status)

    async def _again(self, asked: Asked, filling: Filling, status: int) -> Shown:
        """Show the form that was filled in, even if its decision is not offered any more: nothing typed is lost."""
        now = await self._own(asked)
        offered = await self._offered(asked, now)
        offer = next((offer for offer in offered if offer.decision == filling.decision), None)
        form = self._offers.form(now, filling.decision, offer)
        return await self._page(asked, now, offered, form, filling, status)

    async def _page(
        self,
        asked: Asked,
        order: Order,
        offered: Sequence[Offer],
        form: DecisionForm | None,
        filling: Filling | None,
        status: int = 200,
    ) -> Shown:
        services = self._services
        partner = await services.record.partner(order.partner_id)
        context: Context = {
            "order": order,
            "of": partner.name if partner else order.partner_id,
            "offered": offered,
            "request": await request_of(services, order),
            "clocks": [
                (clock, clock_name(services.desk, clock, order), services.desk.arithmetic_of(clock, order))
                for clock in await services.waiting.open_clocks([order.id])
            ],
            "claim": (await services.claims.of([order.id])).get(order.id),
            "person": asked.principal.credential_id,
            "may_decide": _may_decide(asked),
            "form": form,
            "filling": filling,
            "boxes": boxes_of(form.inputs, filling.body, filling.wrongs, filling.more) if form and filling else None,
            "due_dates": DueDateDesk(services.desk, order).known() if form and form.decision == _CONFIRM else None,
        }
        return Shown("workbench/order.html", context, status, services.desk.agreement_of(order).zone.key)

    def _begun(self, order: Order, form: DecisionForm) -> Mapping[str, Any]:
        begun = dict(first_values(form, order))
        if form.decision == _CONFIRM and (proposed := DueDateDesk(self._services.desk, order).known().proposed):
            begun["due_date"] = proposed.isoformat()
        return begun

    def _check(self, order: Order, due: object) -> Checked | None:
        try:
            day = date.fromisoformat(str(due))
        except ValueError:
            return None
        return DueDateDesk(self._services.desk, order).check(day, self._services.clock.of(order.partner_id).now())

    async def _offered(self, asked: Asked, order: Order) -> tuple[Offer, ...]:
        return await self._offers.of(order) if _may_decide(asked) else ()

    async def _own(self, asked: Asked) -> Order:
        order = await self._services.record.order(asked.part("id"))
        if order is None or not asked.principal.may_read(order):
            raise Problem(Kind.NOT_FOUND, "there is no such order, or it is not yours")
        return order

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        reads, decides = ("readOrder", "readClocks", "readDocument"), ("readOrder", "decideOrder")
        one = "/portal/workbench/orders/{id}"
        return (
            Page("GET", one, "workOrder", self.show, reads, roles=ILEC),
            Page("POST", f"{one}/claim", "claimOrder", self.claim, decides, roles=DECIDING),
            Page("POST", f"{one}/release", "releaseOrder", self.release, decides, roles=DECIDING),
            Page("POST", f"{one}/decisions/{{decision}}", "decideByForm", self.decide, decides, roles=DECIDING),
        )


def _of_check(checked: Checked | None) -> dict[str, Any]:
    return {"checked": checked, "wrongs": checked.refused if checked else ()}


def _may_decide(asked: Asked) -> bool:
    return asked.principal.role in DECIDING


def _address(order: Order) -> str:
    return f"/portal/workbench/orders/{order.id}"


def _claimed(taken: ClaimedByAnother) -> Problem:
    until = f"{taken.claim.until:%H:%M} UTC"
    return Problem(Kind.STATE_FORBIDS, f"{taken.claim.login} works on this order until {until}: nothing was done")
