"""The SOAP doors: orders, notices and pre-order questions over SOAP 1.1, on the services that other doors use."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from lxml import etree
from pydantic import ValidationError

from gateway.doors.acceptance import accepted, submitted
from gateway.doors.lifetime import lifetime_headers
from gateway.doors.problems import Kind, Problem
from gateway.doors.reading import Limits, idempotency_key, unreadable, xml_body
from gateway.doors.refusals import problem_of
from gateway.doors.roles import CLECS
from gateway.doors.routes import Answer, Handler, OpenRoute, Principal, Route
from gateway.doors.soap.envelope import (
    FaultCode,
    SoapFault,
    answer_with,
    answer_with_fault,
    body_of,
    document_of,
    element,
)
from gateway.doors.soap.operations import FAMILIES, QUESTIONS, SERVICES
from gateway.doors.soap.wsdl import API, Service, wsdl
from gateway.doors.xml_shapes import members_of
from gateway.metrics import Metrics
from gateway.notices.plain_text import plain_text
from gateway.preorder.port import SourceSilent
from gateway.record.port import RecordUnavailable
from gateway.services.intake import Intake
from gateway.services.mailbox import Mailbox
from gateway.services.preorder import PreOrder
from gateway.services.refusals import Refused
from validators.bundled import bundled_path
from validators.releases import FIRST, RELEASES, notice_in

_MOST_NOTICES = 100
_GOOD = (Answer(200, "An envelope.", media_types=("text/xml",)),)
_PROBLEMS = (Kind.UNSUPPORTED_MEDIA_TYPE, Kind.TOO_LARGE, Kind.REQUEST_TIMEOUT)

_Operation = Callable[[web.Request, Principal, Any], Awaitable[bytes]]
_Headers = Callable[[Principal], Awaitable[Mapping[str, str]]]


class SoapDoor:
    """Handlers and routes for SOAP clients."""

    def __init__(self, intake: Intake, mailbox: Mailbox, preorder: PreOrder, metrics: Metrics, limits: Limits) -> None:
        self._intake = intake
        self._mailbox = mailbox
        self._preorder = preorder
        self._metrics = metrics
        self._limits = limits
        self._schemas: dict[str, bytes] = {}

    async def _submit(self, request: web.Request, principal: Principal, message: etree._Element) -> bytes:
        result = await submitted(
            self._intake,
            self._metrics,
            principal.partner,
            FAMILIES[str(message.tag)],
            document_of(message),
            idempotency_key=idempotency_key(request),
        )
        return accepted(result).acknowledgement.as_xml()

    async def _get_notices(self, request: web.Request, principal: Principal, asked: etree._Element) -> bytes:
        del request
        after = _whole(asked, "after", default=0, least=0, most=2**62)
        limit = _whole(asked, "limit", default=50, least=1, most=_MOST_NOTICES)
        unread = _text(asked, "unacknowledged") in {"true", "1"}
        page = await self._mailbox.page(principal.partner, after, limit, unacknowledged=unread)
        head = f"<cursor>{page.cursor}</cursor><more>{str(page.more).lower()}</more>".encode()
        release = (await self._intake.support(principal.partner)).release
        shown = (notice_in(release, notice.document, plain_text) for notice in page.notices)
        notices = b"".join(map(_without_declaration, shown))
        opening = f'<GetNoticesResponse xmlns="{API}">'.encode()
        return opening + head + notices + b"</GetNoticesResponse>"

    async def _acknowledge(self, request: web.Request, principal: Principal, asked: etree._Element) -> bytes:
        del request
        notice_id = _text(asked, "id") or ""
        at = await self._mailbox.acknowledge(principal.partner, notice_id)
        return element("AcknowledgeNoticeResponse", API, {"id": notice_id, "acknowledged_at": at.isoformat()})

    async def _ask(self, request: web.Request, principal: Principal, asked: etree._Element) -> bytes:
        del request
        name = etree.QName(asked).localname
        query = QUESTIONS[name]
        try:
            question = query.question.model_validate(members_of(asked, API))
        except ValidationError as error:
            raise unreadable(error) from None
        told = await self._preorder.ask(query, question, principal.partner, principal.credential_id)
        return element(f"{name}Response", API, told.model_dump(mode="json"))

    async def _lifetime(self, principal: Principal) -> Mapping[str, str]:
        return lifetime_headers(await self._intake.support(principal.partner))

    def _handler(self, operations: Mapping[str, _Operation], headers: _Headers) -> Handler:
        async def handle(request: web.Request, principal: Principal) -> web.StreamResponse:
            envelope = await xml_body(request, self._limits)
            try:
                message = body_of(envelope, self._limits.body_bytes)
                operation = operations.get(str(message.tag))
                if operation is None:
                    raise SoapFault(FaultCode.CLIENT, f"no operation takes the element {message.tag!s}")  # noqa: TRY301 - one way out for all faults
                content = await operation(request, principal, message)
                return answer_with(content, await headers(principal))
            except SoapFault as fault:
                return answer_with_fault(fault)
            except (Problem, Refused) as refusal:
                problem = refusal if isinstance(refusal, Problem) else problem_of(refusal)
                return answer_with_fault(SoapFault(FaultCode.CLIENT, problem.kind.title, problem))
            except (RecordUnavailable, SourceSilent):
                told = "the gateway cannot answer that now; send the same message again"
                return answer_with_fault(SoapFault(FaultCode.SERVER, told))

        return handle

    async def schema(self, request: web.Request) -> web.Response:
        """Give a schema file of the release."""
        name = "{release}/{name}".format_map(request.match_info)
        if not self._schemas:
            folder = bundled_path("schemas")
            self._schemas = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*.xsd")}
        if name not in self._schemas:
            raise Problem(Kind.NOT_FOUND, f"there is no schema {name[:60]!r}")
        return web.Response(body=self._schemas[name], content_type="application/xml")

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers to callers with a key."""
        submit = dict.fromkeys(FAMILIES, self._submit)
        notices = {f"{{{API}}}GetNotices": self._get_notices, f"{{{API}}}AcknowledgeNotice": self._acknowledge}
        questions = {f"{{{API}}}{name}": self._ask for name in QUESTIONS}
        return tuple(
            Route(
                "POST",
                service.path,
                f"soap{service.name}",
                f"SOAP 1.1 by the WSDL at {service.path}?wsdl; faults come with 500",
                self._handler(operations, headers),
                CLECS,
                _GOOD,
                _PROBLEMS,
                "xml",
                contract="wsdl",
            )
            for service, operations, headers in (
                (SERVICES["order"](FIRST), submit, self._lifetime),
                (SERVICES["notices"](FIRST), notices, self._lifetime),
                (SERVICES["preorder"](FIRST), questions, _of_no_release),
            )
        )

    def open_routes(self) -> tuple[OpenRoute, ...]:
        """Give what this door offers to anybody: its descriptions."""
        return (
            *(
                OpenRoute(
                    made(FIRST).path,
                    f"wsdl{made(FIRST).name}",
                    f"WSDL 1.1 of {made(FIRST).path}; ?wsdl&release=r2 gives that of a later release",
                    _description(made),
                    (Answer(200, "The document.", media_types=("text/xml",)),),
                    (Kind.NOT_FOUND,),
                    contract="wsdl",
                )
                for made in SERVICES.values()
            ),
            OpenRoute(
                "/schemas/{release}/{name:.+}",
                "schema",
                "A schema file of a release: r1/lsr.xsd, r2/lsr.xsd",
                self.schema,
                (Answer(200, "XSD 1.0.", media_types=("application/xml",)),),
                (Kind.NOT_FOUND,),
            ),
        )


async def _of_no_release(principal: Principal) -> Mapping[str, str]:
    """Give the headers of what is the same in every release."""
    del principal
    return {}


def _description(made: Callable[[str], Service]) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def describe(request: web.Request) -> web.StreamResponse:
        release = request.query.get("release", FIRST)
        if release not in RELEASES:
            raise Problem(Kind.NOT_FOUND, f"there is no release {release[:20]!r}; there are {', '.join(RELEASES)}")
        origin = f"{request.scheme}://{request.host}"
        return web.Response(body=wsdl(made(release), origin), content_type="text/xml", charset="utf-8")

    return describe


def _text(asked: etree._Element, name: str) -> str | None:
    found = asked.find(f"{{{API}}}{name}")
    return None if found is None else (found.text or "").strip()


def _whole(asked: etree._Element, name: str, *, default: int, least: int, most: int) -> int:
    text = _text(asked, name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 19 or not least <= int(text) <= most:
        raise SoapFault(FaultCode.CLIENT, f"{name} takes a whole number from {least} to {most}")
    return int(text)


def _without_declaration(document: bytes) -> bytes:
    return document.partition(b"?>")[2] if document.startswith(b"<?xml") else document
