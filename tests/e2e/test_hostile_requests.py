"""Requests that no honest caller sends: each is refused with a 4xx and its reason, and never with a 5xx."""

import asyncio
import gzip
import json
import zlib
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

import psutil
import pytest
from lxml import etree

from tests.rig.gateway_server import KEYS, GatewayServer
from tests.rig.street import JSON, XML, Street

Document = Callable[..., bytes]
LIMIT = 262_144
_BOMB = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
_OPENING = b'<LocalServiceRequest xmlns="urn:oss-gateway:r1:lsr">'

HOSTILE = {
    "entity bomb": _BOMB,
    "external entity": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "external DTD": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>',
    "10,000 levels": b"<a>" * 10_000 + b"</a>" * 10_000,
    "not UTF-8": _OPENING + b"<LSR>\xff\xfe</LSR></LocalServiceRequest>",
    "NUL": _OPENING + b"\x00</LocalServiceRequest>",
    "UTF-16": '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"),
    "another encoding": b'<?xml version="1.0" encoding="EBCDIC-US"?><a/>',
    "empty": b"",
    "blank": b" \n ",
    "no XML": b"PON=1",
    "cut off": _OPENING + b"<LSR><PON>1",
    "another root": b'<Order xmlns="urn:oss-gateway:r1:lsr"/>',
    "another namespace": b"<LocalServiceRequest/>",
    "many attributes": b"<a " + b" ".join(b'x%d="1"' % number for number in range(20_000)) + b"/>",
    "many elements": _OPENING + b"<x/>" * 50_000 + b"</LocalServiceRequest>",
    "xsi:type": b'<LocalServiceRequest xmlns="urn:oss-gateway:r1:lsr" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
    b' i:type="x" i:schemaLocation="urn:x http://127.0.0.1:1/x.xsd"/>',
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
async def test_hostile_xml_is_refused_with_its_reason(street: Street, body: bytes) -> None:
    """Whatever the bytes are, the answer is a problem object of the 400s that says what to do."""
    answer = await street.clec("POST", "/v1/lsr", data=body, headers={**XML, **JSON})

    assert answer.status in {400, 422}, answer
    assert all(error["cure"] for error in json.loads(answer.body)["errors"])
    as_xml = await street.clec("POST", "/v1/lsr", data=body, headers=XML)
    etree.fromstring(as_xml.body)


async def test_what_is_too_large_is_refused_by_its_announced_length(street: Street) -> None:
    """One byte more than the limit: 413 at once."""
    answer = await street.clec("POST", "/v1/lsr", data=b" " * (LIMIT + 1), headers={**XML, **JSON})

    assert (413, "urn:oss-gateway:problem:too-large") == (answer.status, json.loads(answer.body)["type"])


async def test_what_is_as_large_as_the_limit_is_read(street: Street, document: Document) -> None:
    """A document of exactly the limit is judged like any other."""
    body = document()
    comment = b"<!--" + b"x" * (LIMIT - len(body) - 7) + b"-->"

    answer = await street.clec("POST", "/v1/lsr", data=body.replace(b"<EU>", comment + b"<EU>"), headers=XML)

    assert 202 == answer.status, answer.body


async def test_what_is_too_large_in_chunks_is_refused(street: Street) -> None:
    """Without an announced length the bytes are counted as they come."""

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b" " * 65_536

    answer = await street.clec("POST", "/v1/lsr", data=chunks(), headers={**XML, **JSON})

    assert 413 == answer.status


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_a_compressed_bomb_is_bounded(
    street: Street, gateway: GatewayServer, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    """100 MB in 100 KB are refused while they unfold, without the memory that they would take."""
    packed = pack(b" " * 100_000_000)
    assert gateway.child is not None
    process = psutil.Process(gateway.child.pid)
    before = process.memory_info().rss

    answer = await street.clec("POST", "/v1/lsr", data=packed, headers={**XML, "Content-Encoding": coding})

    assert answer.status in {400, 413}, answer
    assert process.memory_info().rss - before < 50_000_000


async def test_a_compressed_order_is_taken(street: Street, document: Document) -> None:
    """An honest client may compress."""
    packed = gzip.compress(document())

    assert (
        202 == (await street.clec("POST", "/v1/lsr", data=packed, headers={**XML, "Content-Encoding": "gzip"})).status
    )


async def test_a_body_that_only_claims_to_be_compressed_is_refused(street: Street) -> None:
    """Bytes that do not unfold are the sender's fault."""
    answer = await street.clec("POST", "/v1/lsr", data=b"no gzip at all", headers={**XML, "Content-Encoding": "gzip"})

    assert 400 <= answer.status < 500, answer


async def raw(url: str, request: bytes) -> bytes:
    """Send bytes as they are and give what comes back until the server closes, or falls silent."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(request)
    await writer.drain()
    try:
        async with asyncio.timeout(10):
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                (
                    int(line.split(b":")[1])
                    for line in head.split(b"\r\n")
                    if line.lower().startswith(b"content-length:")
                ),
                0,
            )
            return head + await reader.readexactly(length)
    finally:
        writer.close()


def _head(method: str, path: bytes, *headers: bytes) -> bytes:
    key = f"Authorization: Bearer {KEYS['clec']}".encode()
    return b"\r\n".join([method.encode() + b" " + path + b" HTTP/1.1", b"Host: x", key, *headers, b"", b""])


async def test_a_slow_body_is_given_up(street: Street) -> None:
    """A client that announces a body and does not send it gets 408 after the time it has."""
    request = _head(
        "POST", b"/v1/lsr", b"Content-Type: application/xml", b"Content-Length: 100", b"Accept: application/json"
    )

    answer = await raw(street.url, request + b"<a>")

    assert answer.startswith(b"HTTP/1.1 408"), answer
    assert b"urn:oss-gateway:problem:request-timeout" in answer


@pytest.mark.parametrize(
    "request_bytes",
    [
        _head("GET", b"/v1/orders/\xff\xfe"),
        _head("GET", b"/v1/orders?pon=\xff"),
        _head("GET", b"/v1/orders/a\x00b"),
        _head("GET", b"/v1/orders", b"If-None-Match: \xff\xff"),
        _head("GET", b"/v1/orders", b"Accept: \xff\xff"),
        _head("POST", b"/v1/lsr", b"Content-Type: application/xml", b"Idempotency-Key: \xff", b"Content-Length: 0"),
        _head("POST", b"/v1/lsr", b"Content-Type: application/xml", b"If-Match: \xff", b"Content-Length: 0"),
        _head("POST", b"/v1/lsr", b"Content-Type: \xff", b"Content-Length: 0"),
        _head("GET", b"/v1/orders", b"X-Split: a\nSet-Cookie: b"),
        _head("GET", b"/v1/orders", b"X-Long: " + b"x" * 20_000),
        _head("POST", b"/v1/lsr", b"Content-Length: -1"),
        _head("POST", b"/v1/lsr", b"Content-Length: 3", b"Transfer-Encoding: chunked"),
        b"GET /v1/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \xff\xfe\r\n\r\n",
        b"GARBAGE\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    ],
)
async def test_bytes_that_are_no_decent_request_are_no_fault_of_the_gateway(
    street: Street, request_bytes: bytes
) -> None:
    """Odd bytes in address and headers are refused or passed over; none is a 5xx."""
    answer = await raw(street.url, request_bytes)

    assert answer.split(b" ", 2)[1][:1] in {b"2", b"4"}, answer


@pytest.mark.parametrize(
    "path",
    [
        "/v1/orders/%00",
        "/v1/orders/%ED%A0%80",
        "/v1/orders/%FF",
        "/v1/orders/..%2f..%2fetc",
        "/v1/orders/%0d%0aSet-Cookie:x",
        "/v1/orders/" + "x" * 3000,
        "/v1/orders?pon=%00",
        "/v1/orders?pon=" + "x" * 3000,
        "/v1/orders?after=%00",
        "/v1/orders?state=%F0%9F%92%A5",
    ],
)
async def test_odd_identifiers_find_nothing(street: Street, path: str) -> None:
    """Whatever stands where an identifier should, the answer is an empty page, 404 or 400."""
    answer = await street.clec("GET", path, headers=JSON)

    assert answer.status in {200, 400, 404}, answer
    assert "Set-Cookie" not in answer.headers
    if answer.status == 200:
        assert [] == json.loads(answer.body)["orders"]


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("clec", "/v1/orders?limit=0"),
        ("clec", "/v1/orders?limit=501"),
        ("clec", "/v1/orders?limit=-1"),
        ("clec", "/v1/orders?limit=%D9%A3"),
        ("clec", "/v1/orders?limit="),
        ("clec", "/v1/notices?after=-1"),
        ("clec", "/v1/notices?after=99999999999999999999"),
        ("clec", "/v1/notices?after=1.5"),
        ("clec", "/v1/notices?unacknowledged=perhaps"),
        ("operations", "/v1/operations/clocks?hours=8761"),
        ("operations", "/v1/operations/dead?limit=x"),
    ],
)
async def test_a_bad_parameter_is_named(street: Street, who: str, path: str) -> None:
    """400, and the parameter by its name."""
    answer = await getattr(street, who)("GET", path, headers=JSON)

    assert 400 == answer.status, answer
    assert path.partition("?")[2].partition("=")[0] in json.loads(answer.body)["detail"]


@pytest.mark.parametrize(
    "accept", ["*/*", "", "text/html", "application/json;q=0", ",,;", "a" * 5000, "application/xml"]
)
async def test_any_accept_header_gets_an_answer(street: Street, accept: str) -> None:
    """An Accept header that names neither XML nor JSON, or nothing sensible, gets one of both."""
    answer = await street.clec("GET", "/v1/orders", headers={"Accept": accept})

    assert 200 == answer.status
    assert answer.media in {"application/xml", "application/json"}


async def test_an_unknown_address_and_a_wrong_method_are_problems_too(street: Street) -> None:
    """404 and 405 are problem objects; 405 names in Allow what the address takes."""
    for path in ("/", "/v1", "/v1/lsr/", "/v2/lsr", "/v1/orders/a/b/c"):
        answer = await street.clec("GET", path, headers=JSON)
        assert (404, "urn:oss-gateway:problem:not-found") == (answer.status, json.loads(answer.body)["type"])

    wrong = await street.clec("DELETE", "/v1/lsr", headers=JSON)

    assert (405, "POST") == (wrong.status, wrong.headers["Allow"])
    assert "urn:oss-gateway:problem:method-not-allowed" == json.loads(wrong.body)["type"]


@pytest.mark.parametrize(
    ("who", "path", "media"),
    [
        ("clec", "/v1/lsr", "application/json"),
        ("clec", "/v1/lsr", "text/plain"),
        ("clec", "/v1/lsr", "multipart/form-data"),
        ("backend", "/v1/backend/claims", "application/xml"),
        ("backend", "/v1/backend/orders/x/decisions", "text/plain"),
    ],
)
async def test_another_media_type_is_not_guessed_at(street: Street, who: str, path: str, media: str) -> None:
    """415 says which type to send."""
    answer = await getattr(street, who)("POST", path, data=b"{}", headers={**JSON, "Content-Type": media})

    assert 415 == answer.status
    assert "send application/" in json.loads(answer.body)["detail"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"nul",
        b"\xff",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"9" * 10_000,
        b'{"limit": 1e400}',
        b'{"limit": 0}',
        b'{"consumer": "\\u0000"}',
        b'{"consumer": "\\ud800"}',
        b'{"nonsense": 1}',
        b'{"limit": NaN}',
    ],
)
async def test_json_that_is_none_or_does_not_fit_is_refused(street: Street, body: bytes) -> None:
    """400 with what is wrong, in JSON and in XML, at both addresses that take JSON."""
    for path in ("/v1/backend/claims", "/v1/backend/orders/x/decisions"):
        for headers in (JSON, {}):
            answer = await street.backend(
                "POST", path, data=body, headers={**headers, "Content-Type": "application/json"}
            )
            assert 400 == answer.status, answer


@pytest.mark.parametrize("tag", ['"' + "9" * 4000 + '"', "W/", '""', '"a"', '"-1"', "1, 2", '"\u0663"'])
async def test_an_if_match_that_is_no_etag_is_refused(street: Street, document: Document, tag: str) -> None:
    """412, since no order can stand at such a revision; nothing is recorded."""
    answer = await street.clec("POST", "/v1/lsr", data=document(), headers={**XML, "If-Match": tag})

    assert 412 == answer.status
