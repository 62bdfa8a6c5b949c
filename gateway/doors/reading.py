"""Reading requests within bounds: bodies, JSON, query parameters, Accept."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from aiohttp import web
from aiohttp.http_exceptions import BadHttpMessage
from pydantic import BaseModel, ValidationError

from gateway.doors.models import ClockMove
from gateway.doors.problems import Kind, Problem

Model = TypeVar("Model", bound=BaseModel)

_LAST_YEAR = 2100
"""Far beyond any order, and near enough that every reckoning from it stays a date."""
_JSON_TYPES = frozenset({"application/json", "application/octet-stream"})
_XML_TYPES = frozenset({"application/xml", "text/xml", "application/octet-stream"})


_BROKEN_OFF = (web.RequestPayloadError, BadHttpMessage, ConnectionError)
"""Broken chunks, bytes that are not of the Content-Encoding named, or a client that went away."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a request: bytes of its body, seconds until it is complete."""

    body_bytes: int
    seconds: float


async def xml_body(request: web.Request, limits: Limits) -> bytes:
    """Give the body of a message request.

    Raises:
        Problem: not an XML media type, too large, or not complete in time.
    """
    if request.content_type not in _XML_TYPES:
        raise Problem(Kind.UNSUPPORTED_MEDIA_TYPE, f"send application/xml; this came as {request.content_type}")
    return await _bounded_body(request, limits)


async def file_body(request: web.Request, limits: Limits) -> bytes:
    """Give the body of a request that hands in a file, piece by piece, since it may be larger than a message.

    Raises:
        Problem: too large, or not complete in time.
    """
    limit, pieces, size = limits.body_bytes, [], 0
    if (request.content_length or 0) > limit:
        raise _too_large(limit)
    try:
        async with asyncio.timeout(limits.seconds):
            async for piece in request.content.iter_chunked(65_536):
                size += len(piece)
                if size > limit:
                    raise _too_large(limit)
                pieces.append(piece)
    except TimeoutError:
        raise _too_late(limits.seconds) from None
    except _BROKEN_OFF:
        raise _broken_off() from None
    return b"".join(pieces)


async def json_body(request: web.Request, model: type[Model], limits: Limits) -> Model:
    """Give the body read as `model`.

    Raises:
        Problem: not JSON, or a member is missing, unknown or wrong; each is listed with its path.
    """
    if request.content_type not in _JSON_TYPES:
        raise Problem(Kind.UNSUPPORTED_MEDIA_TYPE, f"send application/json; this came as {request.content_type}")
    body = await _bounded_body(request, limits)
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise unreadable(error) from None


async def json_object(request: web.Request, limits: Limits) -> dict[str, Any]:
    """Give the body read as a JSON object, its members not yet checked.

    Raises:
        Problem: not JSON, or not an object.
    """
    if request.content_type not in _JSON_TYPES:
        raise Problem(Kind.UNSUPPORTED_MEDIA_TYPE, f"send application/json; this came as {request.content_type}")
    try:
        value = json.loads(await _bounded_body(request, limits))
    except (ValueError, RecursionError):
        raise Problem(Kind.MALFORMED_REQUEST, "the body is not JSON in UTF-8") from None
    if not isinstance(value, dict):
        raise Problem(Kind.MALFORMED_REQUEST, "the body must be one JSON object")
    return value


async def form_body(request: web.Request, limits: Limits) -> bytes:
    """Give the body of a form, not yet read.

    Raises:
        Problem: not a form, too large, or not complete in time.
    """
    if request.content_type != "application/x-www-form-urlencoded":
        raise Problem(Kind.UNSUPPORTED_MEDIA_TYPE, f"send a form; this came as {request.content_type}")
    return await _bounded_body(request, limits)


def unreadable(error: ValidationError) -> Problem:
    """Give the problem that lists every member that pydantic refused, by JSON pointer."""
    errors = [
        {"path": "/" + "/".join(str(part) for part in found["loc"]), "text": found["msg"]}
        for found in error.errors(include_url=False)
    ]
    return Problem(Kind.MALFORMED_REQUEST, "the body does not have the shape that /openapi.json describes", errors)


async def _bounded_body(request: web.Request, limits: Limits) -> bytes:
    limit, seconds = limits.body_bytes, limits.seconds
    announced = request.content_length
    if announced is not None and announced > limit:
        raise _too_large(limit)
    try:
        if request.content.is_eof():  # it came together with its head
            body = await request.read()
        else:
            async with asyncio.timeout(seconds):
                body = await request.read()
    except TimeoutError:
        raise _too_late(seconds) from None
    except web.HTTPRequestEntityTooLarge:
        raise _too_large(limit) from None
    except _BROKEN_OFF:
        raise _broken_off() from None
    if len(body) > limit:
        raise _too_large(limit)
    return body


def _too_late(seconds: float) -> Problem:
    return Problem(Kind.REQUEST_TIMEOUT, f"send the whole request within {seconds:g} seconds")


def _broken_off() -> Problem:
    return Problem(Kind.MALFORMED_REQUEST, "the body broke off, or is not coded as its headers say")


def _too_large(limit: int) -> Problem:
    return Problem(
        Kind.TOO_LARGE,
        f"a message may have {limit} bytes; split the order, or send many orders as a batch",
        headers={"Connection": "close"},
    )


def whole_number(request: web.Request, name: str, *, default: int, least: int, most: int) -> int:
    """Give a query parameter as a whole number.

    Raises:
        Problem: it is not one, or it lies outside `least` to `most`.
    """
    text = request.query.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 19 or not least <= int(text) <= most:
        raise Problem(Kind.MALFORMED_REQUEST, f"{name} takes a whole number from {least} to {most}, not {text[:40]!r}")
    return int(text)


def yes_or_no(request: web.Request, name: str) -> bool:
    """Give a query parameter that is `true` or `false`, False without it.

    Raises:
        Problem: it is neither.
    """
    text = request.query.get(name, "false").lower()
    if text not in {"true", "false"}:
        raise Problem(Kind.MALFORMED_REQUEST, f"{name} takes true or false, not {text[:40]!r}")
    return text == "true"


def idempotency_key(request: web.Request) -> str | None:
    """Give the Idempotency-Key header, None without one.

    Raises:
        Problem: it is empty, longer than 200 characters, or not printable ASCII.
    """
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (1 <= len(key) <= 200 and key.isascii() and key.isprintable()):
        raise Problem(Kind.MALFORMED_REQUEST, "an Idempotency-Key has 1 to 200 printable ASCII characters")
    return key


def etag_revision(request: web.Request) -> int | None:
    """Give the revision that an If-Match header demands, None without one or for `*`.

    Raises:
        Problem: the header is not an ETag of ours.
    """
    header = request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        return None
    tag = header.strip().removeprefix("W/").strip('"')
    if not tag.isascii() or not tag.isdigit() or len(tag) > 9:
        raise Problem(Kind.PRECONDITION_FAILED, 'If-Match takes the ETag that GET of the order gave, e.g. "3"')
    return int(tag)


def json_bytes(value: object) -> bytes:
    """Give `value` as compact UTF-8 JSON."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def clock_target(move: ClockMove, stands: datetime) -> datetime:
    """Give where a clock that stands at `stands` is to move.

    Raises:
        Problem: the instant has no offset or lies too far ahead.
    """
    target = move.to or stands + timedelta(seconds=move.seconds or 0)
    if target.year > _LAST_YEAR:
        raise Problem(Kind.MALFORMED_REQUEST, f"the clock goes no further than the year {_LAST_YEAR}")
    if target.tzinfo is None:
        raise Problem(Kind.MALFORMED_REQUEST, "give `to` with its offset, e.g. 2026-11-23T19:30:00-07:00")
    return target
