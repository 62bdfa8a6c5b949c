"""The door of batch files: hand one in, see how far it is, take the response file."""

from aiohttp import web

from gateway.doors.batch_models import BatchView
from gateway.doors.lifetime import HEADERS as LIFETIME
from gateway.doors.lifetime import lifetime_headers
from gateway.doors.problems import Kind, Problem
from gateway.doors.reading import Limits, file_body
from gateway.doors.representation import answer
from gateway.doors.roles import CLECS, READERS
from gateway.doors.routes import Answer, Parameter, Principal, Route
from gateway.services.batches import Batches, Progress
from gateway.services.intake import Intake

_TYPES = frozenset({"application/xml", "text/xml", "text/csv", "text/plain", "application/octet-stream"})


class BatchDoor:
    """Handlers and routes for batch files."""

    def __init__(self, batches: Batches, intake: Intake, limits: Limits) -> None:
        self._batches = batches
        self._intake = intake
        self._limits = limits

    async def submit(self, request: web.Request, principal: Principal) -> web.Response:
        """Take a file."""
        if request.content_type not in _TYPES:
            text = f"send application/xml or text/csv; this came as {request.content_type}"
            raise Problem(Kind.UNSUPPORTED_MEDIA_TYPE, text)
        body = await file_body(request, self._limits)
        if not body:
            raise Problem(Kind.MALFORMED_REQUEST, "the file is empty; send one with at least one request")
        batch = await self._batches.receive(principal.partner, body, request.query.get("name", "")[:200])
        progress = await self._batches.progress(principal.partner, batch.id)
        lifetime = lifetime_headers(await self._intake.support(principal.partner))
        headers = {"Location": f"/v1/batches/{batch.id}", **lifetime}
        return answer(request, BatchView.of(progress), status=202, headers=headers)

    async def read(self, request: web.Request, principal: Principal) -> web.Response:
        """Give where a batch stands."""
        return answer(request, BatchView.of(await self._progress(request, principal)))

    async def read_response(self, request: web.Request, principal: Principal) -> web.Response:
        """Give the response file."""
        progress = await self._progress(request, principal)
        body = await self._batches.response(progress.batch)
        return web.Response(body=body, content_type="text/csv", charset="utf-8")

    async def _progress(self, request: web.Request, principal: Principal) -> Progress:
        return await self._batches.progress(principal.partner_id, request.match_info["id"])

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (
            Route(
                "POST",
                "/v1/batches",
                "submitBatch",
                "Submit a file of many requests",
                self.submit,
                CLECS,
                (
                    Answer(
                        202, "The file is recorded; its requests follow.", BatchView, headers=("Location", *LIFETIME)
                    ),
                ),
                (Kind.TOO_LARGE, Kind.UNSUPPORTED_MEDIA_TYPE, Kind.REQUEST_TIMEOUT, Kind.MALFORMED_REQUEST),
                "file",
                (Parameter("name", "query", "Name of the file, for its sender."),),
            ),
            Route(
                "GET",
                "/v1/batches/{id}",
                "readBatch",
                "How far a batch is",
                self.read,
                READERS,
                (Answer(200, "It.", BatchView),),
                (Kind.NOT_FOUND,),
            ),
            Route(
                "GET",
                "/v1/batches/{id}/response",
                "readBatchResponse",
                "What became of each request of a batch",
                self.read_response,
                READERS,
                (Answer(200, "A row a request processed so far.", media_types=("text/csv",)),),
                (Kind.NOT_FOUND, Kind.GONE),
            ),
        )
