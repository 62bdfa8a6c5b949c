"""The CLEC's door: submit messages, follow orders, empty the mailbox. A key sees its own partner's data only."""

from collections.abc import Sequence

from aiohttp import web

from gateway.doors.acceptance import accepted, submitted
from gateway.doors.lifetime import HEADERS as LIFETIME
from gateway.doors.lifetime import lifetime_headers
from gateway.doors.models import (
    ClockList,
    ClockView,
    EventView,
    History,
    NoticeAcknowledged,
    NoticePage,
    NoticeView,
    OrderPage,
    OrderView,
)
from gateway.doors.order_search import SEARCHED_BY, order_query
from gateway.doors.parameters import IDEMPOTENCY_KEY, IF_MATCH, MOST_CURSOR, at_most, from_cursor
from gateway.doors.problems import Kind, Problem, prefers_xml
from gateway.doors.reading import (
    Limits,
    etag_revision,
    idempotency_key,
    json_bytes,
    whole_number,
    xml_body,
    yes_or_no,
)
from gateway.doors.representation import NAMESPACE, answer, prefers_text
from gateway.doors.roles import CLECS, READERS
from gateway.doors.routes import Answer, Handler, Parameter, Principal, Route
from gateway.metrics import Metrics
from gateway.notices.plain_text import plain_text
from gateway.record.port import Record
from gateway.record.rows import Family, Notice, Order
from gateway.services.blanking import purged_at
from gateway.services.desk import Desk
from gateway.services.intake import Intake
from gateway.services.mailbox import Mailbox
from gateway.services.refusals import refuse_if_purged
from gateway.services.releases import Support
from gateway.services.taken import Taken
from validators.releases import FIRST, notice_in

_MOST = 500
_READABLE = ("application/xml", "application/json", "text/plain")
_SUBMIT_PROBLEMS = (
    Kind.MALFORMED_MESSAGE,
    Kind.REQUEST_TIMEOUT,
    Kind.DUPLICATE,
    Kind.OUT_OF_SEQUENCE,
    Kind.PRECONDITION_FAILED,
    Kind.TOO_LARGE,
    Kind.UNSUPPORTED_MEDIA_TYPE,
    Kind.CONTENT_REJECTED,
    Kind.IDEMPOTENCY_KEY_REUSED,
)


class ClecDoor:
    """Handlers and routes for CLEC systems."""

    def __init__(
        self, record: Record, desk: Desk, intake: Intake, mailbox: Mailbox, metrics: Metrics, limits: Limits
    ) -> None:
        self._record = record
        self._desk = desk
        self._intake = intake
        self._mailbox = mailbox
        self._metrics = metrics
        self._limits = limits

    async def submit_lsr(self, request: web.Request, principal: Principal) -> web.Response:
        """Take a Local Service Request."""
        return await self._submit(request, principal, Family.LSR)

    async def submit_asr(self, request: web.Request, principal: Principal) -> web.Response:
        """Take an Access Service Request."""
        return await self._submit(request, principal, Family.ASR)

    async def submit_collocation(self, request: web.Request, principal: Principal) -> web.Response:
        """Take a request about collocation, or a later message about one."""
        return await self._submit(request, principal, Family.COLLOCATION)

    async def _submit(self, request: web.Request, principal: Principal, family: Family) -> web.Response:
        body = await xml_body(request, self._limits)
        key, revision = idempotency_key(request), etag_revision(request)
        result = await submitted(
            self._intake, self._metrics, principal.partner, family, body, idempotency_key=key, if_match=revision
        )
        answered = _acknowledged(request, accepted(result))
        answered.headers.update(lifetime_headers(await self._intake.support(principal.partner)))
        return answered

    async def list_orders(self, request: web.Request, principal: Principal) -> web.Response:
        """List the partner's orders by page."""
        limit = whole_number(request, "limit", default=50, least=1, most=_MOST)
        partner = None if principal.partner_id is None else await self._record.partner(principal.partner_id)
        query = order_query(
            request.query,
            principal,
            self._desk.calendar_for(partner),
            limit=limit + 1,
            newest_first=yes_or_no(request, "newest_first"),
        )
        found = await self._record.orders(query)
        page = found[:limit]
        following = None
        if len(found) > limit:
            following = str(request.rel_url.update_query(after=page[-1].id))
        return answer(request, OrderPage(orders=[OrderView.of(order) for order in page], next=following))

    async def read_order(self, request: web.Request, principal: Principal) -> web.Response:
        """Give one order with its ETag."""
        order = await self._own_order(request, principal)
        etag = f'"{order.revision}"'
        if request.headers.get("If-None-Match", "").strip() == etag:
            return web.Response(status=304, headers={"ETag": etag})
        return answer(request, OrderView.of(order), headers={"ETag": etag})

    async def read_history(self, request: web.Request, principal: Principal) -> web.Response:
        """Give the history of one order."""
        order = await self._own_order(request, principal)
        events = await self._record.events(order.id)
        return answer(request, History(order=order.id, events=[EventView.of(event) for event in events]))

    async def read_clocks(self, request: web.Request, principal: Principal) -> web.Response:
        """Give the clocks of one order."""
        order = await self._own_order(request, principal)
        clocks = await self._record.clocks(order.id)
        return answer(
            request, ClockList(clocks=[ClockView.of(clock, self._desk.arithmetic_of(clock, order)) for clock in clocks])
        )

    async def read_order_notices(self, request: web.Request, principal: Principal) -> web.Response:
        """Give the notices of one order."""
        order = await self._own_order(request, principal)
        notices = await self._record.order_notices(order.id)
        support = await self._support(principal)
        return self._notices(request, notices, notices[-1].cursor if notices else 0, support, more=False)

    async def read_document(self, request: web.Request, principal: Principal) -> web.Response:
        """Give a version of the message byte for byte, the one in force if none is named."""
        order = await self._own_order(request, principal)
        ver = request.query.get("ver", order.ver)
        for submission in await self._record.submissions(order.id):
            if submission.ver == ver:
                refuse_if_purged(f"version {ver} of order {order.id}", purged_at(submission.body))
                return web.Response(body=submission.body, content_type="application/xml")
        raise Problem(Kind.NOT_FOUND, f"order {order.id} has no version {ver[:10]!r}")

    async def read_mailbox(self, request: web.Request, principal: Principal) -> web.Response:
        """Give a page of notices after a cursor."""
        after = whole_number(request, "after", default=0, least=0, most=MOST_CURSOR)
        limit = whole_number(request, "limit", default=50, least=1, most=_MOST)
        unread = yes_or_no(request, "unacknowledged")
        page = await self._mailbox.page(principal.partner, after, limit, unacknowledged=unread)
        return self._notices(request, page.notices, page.cursor, await self._support(principal), more=page.more)

    async def read_notice(self, request: web.Request, principal: Principal) -> web.Response:
        """Give one notice."""
        notice = await self._mailbox.notice(principal.partner, request.match_info["id"])
        refuse_if_purged(f"notice {notice.id}", purged_at(notice.document))
        accept = request.headers.get("Accept", "")
        if prefers_text(accept):
            return web.Response(text=plain_text(notice.document), content_type="text/plain", charset="utf-8")
        if prefers_xml(accept):
            support = await self._support(principal)
            body = notice_in(support.release, notice.document, plain_text)
            return web.Response(body=body, content_type="application/xml", headers=lifetime_headers(support))
        return answer(request, NoticeView.of(notice))

    async def acknowledge_notice(self, request: web.Request, principal: Principal) -> web.Response:
        """Note that a notice was taken."""
        notice_id = request.match_info["id"]
        at = await self._mailbox.acknowledge(principal.partner, notice_id)
        return answer(request, NoticeAcknowledged(id=notice_id, acknowledged_at=at))

    async def _support(self, principal: Principal) -> Support:
        """Give the release that who asks is written to; the ILEC's own read the first."""
        return Support(FIRST) if principal.partner_id is None else await self._intake.support(principal.partner_id)

    def _notices(
        self, request: web.Request, notices: Sequence[Notice], cursor: int, support: Support, *, more: bool
    ) -> web.Response:
        accept = request.headers.get("Accept", "")
        if prefers_text(accept):
            texts = [f"Cursor: {cursor}\nMore: {'yes' if more else 'no'}\n", *map(_as_text, notices)]
            return web.Response(text="\n\n".join(texts), content_type="text/plain", charset="utf-8")
        if not prefers_xml(accept):
            return answer(
                request, NoticePage(notices=[NoticeView.of(notice) for notice in notices], cursor=cursor, more=more)
            )
        shown = (notice_in(support.release, notice.document, plain_text) for notice in notices)
        documents = b"".join(map(_without_declaration, shown))
        opening = f'<Notices xmlns="{NAMESPACE}" cursor="{cursor}" more="{str(more).lower()}">'.encode()
        body = opening + documents + b"</Notices>"
        return web.Response(body=body, content_type="application/xml", headers=lifetime_headers(support))

    async def _own_order(self, request: web.Request, principal: Principal) -> Order:
        order = await self._record.order(request.match_info["id"])
        if order is None or not principal.may_read(order):
            raise Problem(Kind.NOT_FOUND, "there is no such order, or it is not yours")
        return order

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (*self._submission_routes(), *self._order_routes(), *self._mailbox_routes())

    def _submission_routes(self) -> tuple[Route, ...]:
        return (
            _submission("/v1/lsr", "submitLsr", "Submit a Local Service Request", self.submit_lsr),
            _submission("/v1/asr", "submitAsr", "Submit an Access Service Request", self.submit_asr),
            _submission(
                "/v1/collocation",
                "submitCollocation",
                "Submit a request about collocation, or a later message about one",
                self.submit_collocation,
            ),
        )

    def _order_routes(self) -> tuple[Route, ...]:
        return (
            Route(
                "GET",
                "/v1/orders",
                "listOrders",
                "List orders by page",
                self.list_orders,
                READERS,
                (Answer(200, "A page of orders.", OrderPage),),
                (),
                None,
                (
                    *SEARCHED_BY,
                    Parameter(
                        "newest_first", "query", "`true`: by falling instead of rising time.", {"type": "boolean"}
                    ),
                    Parameter("after", "query", "Id of the last order of the page before."),
                    at_most(_MOST),
                ),
            ),
            self._reading(
                "",
                "readOrder",
                "Where an order stands",
                self.read_order,
                (
                    Answer(200, "It.", OrderView, headers=("ETag",)),
                    Answer(304, "It stands as you know it.", media_types=(), headers=("ETag",)),
                ),
                Parameter("If-None-Match", "header", "ETag that you have; 304 if the order still stands there."),
            ),
            self._reading(
                "/history", "readHistory", "What happened to it", self.read_history, (Answer(200, "It.", History),)
            ),
            self._reading("/clocks", "readClocks", "Its clocks", self.read_clocks, (Answer(200, "Them.", ClockList),)),
            self._reading(
                "/notices",
                "readOrderNotices",
                "Its notices",
                self.read_order_notices,
                (Answer(200, "Them; as plain text, too, for people to read.", NoticePage, _READABLE),),
            ),
            self._reading(
                "/document",
                "readDocument",
                "A version of the message, byte for byte",
                self.read_document,
                (Answer(200, "The document.", media_types=("application/xml",)),),
                Parameter("ver", "query", "Version; the one in force if none is named."),
                further=(Kind.GONE,),
            ),
        )

    def _mailbox_routes(self) -> tuple[Route, ...]:
        return (
            Route(
                "GET",
                "/v1/notices",
                "readMailbox",
                "A page of the mailbox",
                self.read_mailbox,
                CLECS,
                (
                    Answer(
                        200, "Notices after the cursor; as plain text, too, for people to read.", NoticePage, _READABLE
                    ),
                ),
                (),
                None,
                (
                    from_cursor(),
                    at_most(_MOST),
                    Parameter("unacknowledged", "query", "`true`: only those not acknowledged.", {"type": "boolean"}),
                ),
            ),
            Route(
                "GET",
                "/v1/notices/{id}",
                "readNotice",
                "One notice",
                self.read_notice,
                CLECS,
                (Answer(200, "It; as plain text, too, for people to read.", NoticeView, _READABLE),),
                (Kind.NOT_FOUND, Kind.GONE),
            ),
            Route(
                "POST",
                "/v1/notices/{id}/ack",
                "acknowledgeNotice",
                "Say that a notice was taken",
                self.acknowledge_notice,
                CLECS,
                (Answer(200, "Noted; a second time changes nothing.", NoticeAcknowledged),),
                (Kind.NOT_FOUND,),
            ),
        )

    def _reading(
        self,
        tail: str,
        name: str,
        summary: str,
        handler: Handler,
        good: tuple[Answer, ...],
        *parameters: Parameter,
        further: tuple[Kind, ...] = (),
    ) -> Route:
        return Route(
            "GET",
            f"/v1/orders/{{id}}{tail}",
            name,
            summary,
            handler,
            READERS,
            good,
            (Kind.NOT_FOUND, *further),
            None,
            parameters,
        )


def _submission(path: str, name: str, summary: str, handler: Handler) -> Route:
    return Route(
        "POST",
        path,
        name,
        summary,
        handler,
        CLECS,
        (
            Answer(
                202,
                "Recorded and accepted, or accepted for a person to decide (outcome `deferred`).",
                media_types=("application/xml", "application/json"),
                headers=("Location", "ETag", *LIFETIME),
            ),
        ),
        _SUBMIT_PROBLEMS,
        "xml",
        (
            IDEMPOTENCY_KEY,
            IF_MATCH,
        ),
    )


def _as_text(notice: Notice) -> str:
    return plain_text(notice.document)


def _acknowledged(request: web.Request, taken: Taken) -> web.Response:
    told = taken.acknowledgement
    headers = {"Location": told.order_url, "ETag": f'"{taken.revision}"'}
    if prefers_xml(request.headers.get("Accept", "")):
        return web.Response(body=told.as_xml(), status=202, content_type="application/xml", headers=headers)
    return web.Response(body=json_bytes(told.as_json()), status=202, content_type="application/json", headers=headers)


def _without_declaration(document: bytes) -> bytes:
    return document.partition(b"?>")[2] if document.startswith(b"<?xml") else document
