"""How another partner comes to an object of each kind, for tests that nobody else sees it."""

from collections.abc import Awaitable, Callable

from tests.rig.street import XML, Street

Document = Callable[..., bytes]


async def _order(street: Street, document: Document) -> str:
    taken = await street.other("POST", "/v1/lsr", data=document(), headers=XML)
    return taken.headers["Location"].rpartition("/")[2]


async def _notice(street: Street, document: Document) -> str:
    await street.other("POST", "/v1/lsr", data=document(DDD="02-20-2026"), headers=XML)
    return str((await street.other.json("GET", "/v1/notices?limit=500"))["notices"][-1]["id"])


async def _key(street: Street, document: Document) -> str:
    del document
    return str((await street.other.json("POST", "/v1/keys", json={"label": "theirs"}))["id"])


async def _batch(street: Street, document: Document) -> str:
    body = b'<Batch xmlns="urn:oss-gateway:r1:batch">' + document().partition(b"?>")[2] + b"</Batch>"
    taken = await street.other("POST", "/v1/batches", data=body, headers=XML)
    return taken.headers["Location"].rpartition("/")[2]


MADE: dict[str, Callable[[Street, Document], Awaitable[str]]] = {
    "order": _order,
    "notice": _notice,
    "key": _key,
    "batch": _batch,
}
"""How another partner comes to an object of each kind."""
