"""The pre-order door: `POST /v1/preorder/{query}`, one route a question, in XML and JSON."""

from aiohttp import web

from gateway.doors.problems import Kind
from gateway.doors.reading import Limits
from gateway.doors.representation import answer
from gateway.doors.routes import Answer, Handler, Principal, Route, operation_name
from gateway.doors.xml_shapes import example_xml, json_or_xml_body
from gateway.record.rows import Role
from gateway.services.preorder import QUERIES, AnyQuery, PreOrder

_CLEC = frozenset({Role.CLEC})
_PROBLEMS = (Kind.UNSUPPORTED_MEDIA_TYPE, Kind.TOO_LARGE, Kind.REQUEST_TIMEOUT, Kind.SOURCE_SILENT)


class PreOrderDoor:
    """Handlers and routes for pre-order questions of CLEC systems."""

    def __init__(self, preorder: PreOrder, limits: Limits) -> None:
        self._preorder = preorder
        self._limits = limits

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return tuple(_route(query, self._asking(query)) for query in QUERIES)

    def _asking(self, query: AnyQuery) -> Handler:
        async def handle(request: web.Request, principal: Principal) -> web.Response:
            asked = await json_or_xml_body(request, query.question, self._limits)
            told = await self._preorder.ask(query, asked, principal.partner, principal.credential_id)
            return answer(request, told)

        return handle


def route_name(query: AnyQuery) -> str:
    """Give the name of the operation that asks a question, e.g. `preorderAddressValidation`."""
    return operation_name("preorder", query.name)


def _route(query: AnyQuery, handler: Handler) -> Route:
    return Route(
        "POST",
        f"/v1/preorder/{query.name}",
        route_name(query),
        f"{query.summary} ({query.section})",
        handler,
        _CLEC,
        (Answer(200, "The answer; `found` says whether there is what was asked for.", query.answer),),
        _PROBLEMS,
        query.question,
        examples={
            "application/json": dict(query.example),
            "application/xml": example_xml(query.question, query.example),
        },
    )
