"""The door to the files of reference data: the street address guide and the features availability matrix as CSV."""

from email.utils import format_datetime
from functools import partial
from typing import Final

from aiohttp import web

from gateway.doors.problems import Kind
from gateway.doors.roles import CLECS
from gateway.doors.routes import Answer, Handler, Parameter, Principal, Route, operation_name
from gateway.preorder.queries.files import REFERENCE_FILES, SECTION, ReferenceFile
from gateway.services.reference_files import FileCopy, ReferenceFiles

_IF_NONE_MATCH: Final = Parameter("If-None-Match", "header", "ETag that you have; 304 if the file is still the same.")
_HEADERS: Final = ("ETag", "Last-Modified", "Content-Disposition")


class ReferenceFilesDoor:
    """Handlers and routes, one a file."""

    def __init__(self, files: ReferenceFiles) -> None:
        self._files = files

    async def give(self, file: ReferenceFile, request: web.Request, principal: Principal) -> web.Response:
        """Give a file, or say that the caller has it."""
        del principal
        copy = await self._files.give(file)
        if request.headers.get("If-None-Match", "").strip() == _etag(copy):
            return web.Response(status=304, headers=_headers(file, copy))
        return download(file, copy)

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return tuple(_route(file, partial(self.give, file)) for file in REFERENCE_FILES)


def download(file: ReferenceFile, copy: FileCopy) -> web.Response:
    """Give a file as it is saved under its name."""
    return web.Response(body=copy.body, content_type="text/csv", charset="utf-8", headers=_headers(file, copy))


def _headers(file: ReferenceFile, copy: FileCopy) -> dict[str, str]:
    return {
        "ETag": _etag(copy),
        "Last-Modified": format_datetime(copy.made_at, usegmt=True),
        "Content-Disposition": f'attachment; filename="{file.name}.csv"',
        "X-Content-Type-Options": "nosniff",
    }


def _etag(copy: FileCopy) -> str:
    return f'"{copy.tag}"'


def file_route_name(file: ReferenceFile) -> str:
    """Give the name of the operation that gives a file, e.g. `downloadStreetAddressGuide`."""
    return operation_name("download", file.name)


def _route(file: ReferenceFile, handler: Handler) -> Route:
    return Route(
        "GET",
        f"/v1/preorder/files/{file.name}",
        file_route_name(file),
        f"{file.query.summary} ({SECTION})",
        handler,
        CLECS,
        (
            Answer(200, "The file: a line of names, then a row each.", media_types=("text/csv",), headers=_HEADERS),
            Answer(304, "You have it.", media_types=(), headers=_HEADERS),
        ),
        (Kind.SOURCE_SILENT,),
        parameters=(_IF_NONE_MATCH,),
    )
