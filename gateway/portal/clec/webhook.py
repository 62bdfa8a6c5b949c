"""A CLEC's webhook: its address and secret, a test message with what came of it, deliveries, and sending again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gateway.doors.parameters import MOST_CURSOR
from gateway.doors.problems import Kind, Problem
from gateway.doors.webhook_models import WebhookView
from gateway.portal.clec.clecs import CLEC_ROLES
from gateway.portal.pages import Answer, Asked, Elsewhere, Listing, Page, Shown
from gateway.portal.paging import A_FILE, A_PAGE, number_from
from gateway.portal.services import Services
from gateway.record.webhooks import DeliveryState, WebhookEndpoint
from gateway.services.refusals import NotFound
from gateway.services.webhook_endpoints import Standing
from gateway.webhooks.sender import Outcome

_HOME: Final = "/portal/webhook"
_AT_ONCE: Final = 1000
_COLUMNS: Final = ("Notice", "Order", "Cursor", "State", "Attempts", "Next", "Done")
_CURES: Final[Mapping[int, str]] = {
    301: "It sends callers elsewhere, and redirects are not followed: set the address that it leads to.",
    302: "It sends callers elsewhere, and redirects are not followed: set the address that it leads to.",
    401: "It wants to know who calls. Messages are known by their signature; let them in without a password.",
    403: "It keeps callers out. Messages are known by their signature; let them in without a password.",
    404: "There is nothing at that path: correct the address.",
    405: "It does not take POST at that path: correct the address, or the receiver.",
    410: "It wants no more messages; after this answer to a notice the webhook is given up until it is set again.",
    429: "It is asked too often for its taste; messages wait and are sent again.",
}
_OF_RECEIVER: Final = "Look into the receiver's own log."
_UNREACHED: Final = "Look whether the host's name and port are right, and whether it can be reached from the Internet."


@dataclass(frozen=True, slots=True)
class _Told:
    """What a page tells beside where the webhook stands: a secret, what came of a test message, what is wrong."""

    secret: str = ""
    pinged: Outcome | None = None
    url: str | None = None
    wrong: Mapping[str, str] | None = None
    status: int = 200


class WebhookPages:
    """The settings of a CLEC's webhook."""

    def __init__(self, services: Services) -> None:
        self._endpoints = services.sending.endpoints
        self._tools = services.sending.tools

    async def show(self, asked: Asked) -> Shown:
        """Show where it stands, or how to set one."""
        return await self._shown(asked, _Told())

    async def put(self, asked: Asked) -> Shown:
        """Set the address, and show the secret this once."""
        text = asked.text("url")
        try:
            url = self._tools.check_url(text)
        except ValueError as wrong:
            return await self._shown(asked, _Told(url=text, wrong={"url": f"{wrong}."}, status=422))
        endpoint = await self._endpoints.put(asked.principal.credential_id, asked.principal.partner, url)
        return await self._shown(asked, _Told(secret=self._secret(endpoint)))

    async def rotate(self, asked: Asked) -> Shown:
        """Begin a new secret; a button that was pressed twice begins one, since the form names the secret before it."""
        endpoint = (await self._endpoints.standing(asked.principal.partner)).endpoint
        if asked.text("generation") == str(endpoint.generation):
            endpoint = await self._endpoints.rotate(asked.principal.credential_id, asked.principal.partner)
        return await self._shown(asked, _Told(secret=self._secret(endpoint)))

    async def ping(self, asked: Asked) -> Shown:
        """Send a test message now."""
        standing = await self._endpoints.standing(asked.principal.partner)
        return await self._shown(asked, _Told(pinged=await self._tools.ping(standing.endpoint)))

    async def remove(self, asked: Asked) -> Answer:
        """Send nothing any more, if that was confirmed."""
        if asked.text("confirm") != "yes":
            wrong = {"confirm": "Tick the box first: notices are then sent no more."}
            return await self._shown(asked, _Told(wrong=wrong, status=422))
        await self._endpoints.remove(asked.principal.credential_id, asked.principal.partner)
        return Elsewhere(_HOME, "The webhook is removed. Notices stay in the mailbox.")

    async def replay(self, asked: Asked) -> Answer:
        """Send notices of a range of cursors again."""
        texts = {name: asked.text(name) for name in ("after", "until")}
        wrong = {name: "Give a whole number." for name, text in texts.items() if text and not _is_cursor(text)}
        if wrong:
            return await self._shown(asked, _Told(wrong=wrong, status=422))
        after, until = int(texts["after"] or 0), int(texts["until"] or MOST_CURSOR)
        queued = await self._endpoints.replay(
            asked.principal.credential_id, asked.principal.partner, after, until, _AT_ONCE
        )
        further = f" {_AT_ONCE} are sent at once: go on from the last one." if queued == _AT_ONCE else ""
        return Elsewhere(f"{_HOME}/deliveries?after={after}", f"{queued} notices are sent again.{further}")

    async def deliveries(self, asked: Asked) -> Shown:
        """Show a page of deliveries by the cursor of their notices, of one state if it is named."""
        named = asked.query("state")
        if named and named not in list(DeliveryState):
            raise Problem(Kind.MALFORMED_REQUEST, f"state takes one of {', '.join(DeliveryState)}")
        limit = A_FILE if asked.wants_csv else A_PAGE
        state, after = DeliveryState(named) if named else None, number_from(asked, "after")
        found = await self._endpoints.deliveries(asked.principal.partner, state, after, limit + 1)
        shown = found[:limit]
        rows = [
            (
                one.id,
                _order_of(one.order_id, one.id),
                one.cursor,
                one.state.value,
                one.attempts,
                one.next_at,
                one.done_at,
            )
            for one in shown
        ]
        following = f"state={named}&after={shown[-1].cursor}" if len(found) > limit else ""
        context = {
            "deliveries": shown,
            "following": following,
            "states": [(one.value, one.value) for one in DeliveryState],
        }
        return Shown("clec/deliveries.html", context, listing=Listing("deliveries", _COLUMNS, rows))

    async def attempts(self, asked: Asked) -> Shown:
        """Show every attempt to deliver a notice."""
        notice = asked.part("id")
        attempts = await self._endpoints.attempts(asked.principal.partner, notice)
        rows = [(one.at, one.url, one.status, one.error, one.milliseconds) for one in attempts]
        listing = Listing("attempts", ("At", "Address", "Status", "Error", "Milliseconds"), rows)
        return Shown("clec/attempts.html", {"notice": notice, "attempts": attempts}, listing=listing)

    async def _shown(self, asked: Asked, told: _Told) -> Shown:
        standing = await self._standing(asked.principal.partner)
        view = None
        if standing is not None:
            key = self._tools.key(asked.principal.partner, standing.endpoint.generation)
            view = WebhookView.of(standing, key.public_key)
        address = told.url if told.url is not None else view.url if view else ""
        context = {
            "view": view,
            "generation": standing.endpoint.generation if standing else 0,
            "address": address,
            "secret": told.secret,
            "pinged": told.pinged,
            "advice": advice(told.pinged) if told.pinged else "",
            "wrong": told.wrong or {},
        }
        return Shown("clec/webhook.html", context, told.status)

    async def _standing(self, partner_id: str) -> Standing | None:
        try:
            return await self._endpoints.standing(partner_id)
        except NotFound:
            return None

    def _secret(self, endpoint: WebhookEndpoint) -> str:
        return self._tools.key(endpoint.id, endpoint.generation).secret

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        roles, sees = CLEC_ROLES, "readWebhook"
        return (
            Page("GET", _HOME, "webhook", self.show, (sees,), "Webhook", "Partner", roles),
            Page("POST", _HOME, "webhookPut", self.put, ("putWebhook", sees), roles=roles),
            Page("POST", f"{_HOME}/secret", "webhookRotated", self.rotate, ("rotateWebhookSecret", sees), roles=roles),
            Page("POST", f"{_HOME}/ping", "webhookPinged", self.ping, ("pingWebhook", sees), roles=roles),
            Page("POST", f"{_HOME}/replay", "webhookReplayed", self.replay, ("replayNotices", sees), roles=roles),
            Page("POST", f"{_HOME}/remove", "webhookRemoved", self.remove, ("removeWebhook", sees), roles=roles),
            Page("GET", f"{_HOME}/deliveries", "deliveries", self.deliveries, ("listDeliveries",), roles=roles),
            Page("GET", f"{_HOME}/deliveries/{{id}}", "attempts", self.attempts, ("listAttempts",), roles=roles),
        )


def advice(outcome: Outcome) -> str:
    """Give what a CLEC can do about a test message that was not taken; nothing where it was."""
    if outcome.delivered:
        return ""
    if outcome.status is None:
        return _UNREACHED
    return _CURES.get(outcome.status, _OF_RECEIVER)


def _is_cursor(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(MOST_CURSOR)) and int(text) <= MOST_CURSOR


def _order_of(order_id: str, notice_id: str) -> str | None:
    """Give the order that a delivery is about; none where another carrier's order brought the notice."""
    return None if order_id == notice_id else order_id
