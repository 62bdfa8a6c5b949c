"""The operators' door for orders that come by hand: enter them, print their notices, note that these went back."""

from typing import get_args

from aiohttp import web
from pydantic import Field

from gateway.doors.acceptance import accepted
from gateway.doors.models import Shape
from gateway.doors.problems import Kind, Problem
from gateway.doors.reading import Limits, json_bytes, xml_body
from gateway.doors.representation import answer_json
from gateway.doors.roles import OPERATORS
from gateway.doors.routes import Answer, Parameter, Principal, Route
from gateway.notices.plain_text import plain_text
from gateway.record.rows import Family
from gateway.services.by_hand import OrdersByHand, Waiting
from validators.registers.by_hand import CameBy

_JSON = ("application/json",)
_FAMILIES = {"lsr": Family.LSR, "asr": Family.ASR}
_WAYS: tuple[CameBy, ...] = get_args(CameBy)


class NoticeToHandOver(Shape):
    """One notice, as it is printed."""

    id: str
    kind: str
    text: str


class OrderByHand(Shape):
    """An order that came by hand, with what is to be handed over."""

    order: str
    partner: str
    pon: str
    came_by: str = Field(description="How it came, and so how its notices go back.")
    notices: list[NoticeToHandOver]

    @classmethod
    def of(cls, waiting: Waiting) -> "OrderByHand":
        """Show `waiting`."""
        notices = [
            NoticeToHandOver(id=notice.id, kind=notice.kind, text=plain_text(notice.document))
            for notice in waiting.notices
        ]
        return cls(
            order=waiting.order_id,
            partner=waiting.partner_id,
            pon=waiting.pon,
            came_by=waiting.came_by,
            notices=notices,
        )


class OrdersByHandList(Shape):
    """Orders of which notices are to be handed over, oldest first."""

    orders: list[OrderByHand]


class ByHandDoor:
    """Handlers and routes."""

    def __init__(self, by_hand: OrdersByHand, limits: Limits) -> None:
        self._by_hand = by_hand
        self._limits = limits

    async def enter(self, request: web.Request, principal: Principal) -> web.Response:
        """Enter an order for a partner."""
        family = _FAMILIES.get(request.match_info["family"])
        way = next((one for one in _WAYS if one == request.query.get("came_by")), None)
        if family is None or way is None:
            raise Problem(Kind.MALFORMED_REQUEST, f"say /lsr or /asr, and came_by as one of {', '.join(_WAYS)}")
        body = await xml_body(request, self._limits)
        taken = await self._by_hand.enter(request.match_info["id"], family, body, way, principal.credential_id)
        told = accepted(taken).acknowledgement
        return web.Response(
            body=json_bytes(told.as_json()),
            status=202,
            content_type="application/json",
            headers={"Location": told.order_url},
        )

    async def waiting(self, request: web.Request, principal: Principal) -> web.Response:
        """List what is to be handed over."""
        del request, principal
        return answer_json(OrdersByHandList(orders=[OrderByHand.of(one) for one in await self._by_hand.waiting()]))

    async def handed_over(self, request: web.Request, principal: Principal) -> web.Response:
        """Note that a notice was handed over."""
        await self._by_hand.handed_over(request.match_info["id"], principal.credential_id)
        return web.Response(status=204)

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (
            Route(
                "POST",
                "/v1/operations/partners/{id}/orders/{family}",
                "enterOrderByHand",
                "Enter an order that a partner sent by hand",
                self.enter,
                OPERATORS,
                (Answer(202, "Recorded and accepted.", media_types=_JSON, headers=("Location",)),),
                (
                    Kind.MALFORMED_MESSAGE,
                    Kind.MALFORMED_REQUEST,
                    Kind.REQUEST_TIMEOUT,
                    Kind.DUPLICATE,
                    Kind.OUT_OF_SEQUENCE,
                    Kind.TOO_LARGE,
                    Kind.UNSUPPORTED_MEDIA_TYPE,
                    Kind.CONTENT_REJECTED,
                    Kind.NOT_FOUND,
                ),
                "xml",
                (Parameter("came_by", "query", "How it came.", {"type": "string", "enum": list(_WAYS)}),),
            ),
            Route(
                "GET",
                "/v1/operations/by-hand",
                "listOrdersByHand",
                "Notices of orders that came by hand, to be handed over",
                self.waiting,
                OPERATORS,
                (Answer(200, "Them, as they are printed.", OrdersByHandList, _JSON),),
            ),
            Route(
                "POST",
                "/v1/operations/by-hand/{id}/handed-over",
                "noticeHandedOver",
                "Say that a notice was handed over",
                self.handed_over,
                OPERATORS,
                (Answer(204, "Noted.", media_types=()),),
                (Kind.NOT_FOUND,),
            ),
        )
