"""Notices that have not reached their partners, and sending them again."""

from typing import Final
from urllib.parse import urlencode

from gateway.doors.problems import Kind, Problem
from gateway.doors.undelivered import MOST_AGAIN
from gateway.portal.operations.registers import partner_names
from gateway.portal.pages import Answer, Asked, Context, Elsewhere, Listing, Page, Shown
from gateway.portal.paging import A_FILE, A_PAGE, number_from
from gateway.portal.services import Services
from gateway.record.webhooks import DeliveryState
from gateway.services.refusals import NotFound

_HERE: Final = "/portal/operations/undelivered"
_WHOLE: Final = "Write the number of a notice in the mailbox, as 17."
_MOST_DIGITS: Final = 18
_COLUMNS: Final = ("Partner", "Not acknowledged", "Oldest", "Webhook", "Waiting", "Parked")
_DELIVERY: Final = ("Cursor", "Notice", "Order", "State", "Attempts", "First tried", "Next", "Done")


class DeliveryPages:
    """Mailboxes and webhooks of all partners."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._sending = services.sending

    async def list(self, asked: Asked) -> Shown:
        """Show every partner with notices that wait, those with parked deliveries first."""
        del asked
        found = await self._sending.undelivered.all()
        rows = [
            (
                one.partner_id,
                one.unacknowledged,
                one.oldest_at,
                "none" if one.webhook is None else "given up" if one.webhook.disabled else "in use",
                one.webhook.waiting if one.webhook else 0,
                one.parked,
            )
            for one in found
        ]
        context = {"found": found, "partners": await partner_names(self._services)}
        return Shown("operations/undelivered.html", context, listing=Listing("undelivered", _COLUMNS, rows))

    async def show(self, asked: Asked) -> Shown:
        """Show the deliveries to one partner, parked ones unless another state is asked for."""
        return await self._shown(asked, asked.query("state") or DeliveryState.PARKED.value)

    async def resume(self, asked: Asked) -> Elsewhere:
        """Send again what was parked."""
        partner_id = await self._partner(asked)
        again = await self._sending.endpoints.resume(asked.principal.credential_id, partner_id, MOST_AGAIN)
        return Elsewhere(f"{_HERE}/{partner_id}", f"{_notices(again)} queued again.")

    async def replay(self, asked: Asked) -> Answer:
        """Send notices of a range again."""
        partner_id, first, last = await self._partner(asked), asked.text("first"), asked.text("last")
        wrong = {name: _WHOLE for name, text in (("first", first), ("last", last)) if not _is_cursor(text)}
        if not wrong and int(last) < int(first):
            wrong["last"] = "The last one lies before the first."
        if wrong:
            return await self._shown(asked, DeliveryState.PARKED.value, wrong, 422)
        by = asked.principal.credential_id
        again = await self._sending.endpoints.replay(by, partner_id, int(first) - 1, int(last), MOST_AGAIN)
        return Elsewhere(f"{_HERE}/{partner_id}", f"{_notices(again)} queued again.")

    async def _shown(self, asked: Asked, state: str, wrong: dict[str, str] | None = None, status: int = 200) -> Shown:
        partner_id = await self._partner(asked)
        if state not in set(DeliveryState):
            raise Problem(Kind.MALFORMED_REQUEST, f"state takes one of {', '.join(DeliveryState)}")
        limit, after = A_FILE if asked.wants_csv else A_PAGE, number_from(asked, "after")
        endpoints = self._sending.endpoints
        found = await endpoints.deliveries(partner_id, DeliveryState(state), after, limit + 1)
        shown = found[:limit]
        rows = [
            (one.cursor, one.id, one.order_id, one.state, one.attempts, one.first_at, one.next_at, one.done_at)
            for one in shown
        ]
        context: Context = {
            "partner_id": partner_id,
            "name": (await partner_names(self._services))[partner_id],
            "deliveries": shown,
            "state_shown": state,
            "states": [one.value for one in DeliveryState],
            "following": urlencode({"state": state, "after": shown[-1].cursor}) if len(found) > limit else "",
            "webhook": await self._webhook(partner_id),
            "asked": {name: asked.text(name) for name in ("first", "last")},
            "wrong": wrong or {},
        }
        listing = Listing(f"deliveries-{partner_id}", _DELIVERY, rows)
        return Shown("operations/deliveries.html", context, status, listing=listing)

    async def _webhook(self, partner_id: str) -> object:
        try:
            return await self._sending.endpoints.standing(partner_id)
        except NotFound:
            return None

    async def _partner(self, asked: Asked) -> str:
        partner = await self._services.record.partner(asked.part("id"))
        if partner is None:
            raise NotFound(f"partner {asked.part('id')}")
        return partner.id

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        one = f"{_HERE}/{{id}}"
        return (
            Page("GET", _HERE, "undelivered", self.list, ("listUndelivered",), "Undelivered notices", "Operations"),
            Page("GET", one, "partnerDeliveries", self.show, ("listPartnerDeliveries",)),
            Page("POST", f"{one}/resume", "deliveriesResumed", self.resume, ("resumePartnerDeliveries",)),
            Page("POST", one, "noticesReplayed", self.replay, ("replayPartnerNotices",)),
        )


def _is_cursor(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) > 0


def _notices(count: int) -> str:
    return "1 notice is" if count == 1 else f"{count} notices are"
