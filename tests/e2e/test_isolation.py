"""No CLEC sees or touches what is another's: every route, every role of a CLEC, and an object of another partner."""

import re

import pytest

from gateway.doors.routes import Route
from gateway.record.rows import Role
from tests.rig.isolation import OWN_DATA_ONLY, RECKONED, about_an_object, clec_roles, kind_of_object, of_clecs
from tests.rig.street import JSON, OTHER_PARTNER, XML, Street
from tests.rig.theirs import MADE, Document
from tests.rig.waiting import until

TRIALS = [(route, role) for route in about_an_object() for role in clec_roles(route)]
LISTS = [(route, role) for route in of_clecs() if route.name in OWN_DATA_ONLY | RECKONED for role in clec_roles(route)]
_BODIES = {"rotateKey": {"overlap_hours": 1}}
"""What a route must be sent before it looks for its object."""


def named(case: object) -> str:
    """Give a test its route's and its role's name."""
    return case.name if isinstance(case, Route) else str(case)


def address(route: Route, object_id: str) -> str:
    """Give the route's path with `object_id` in place of every parameter."""
    return re.sub(r"\{[^}]+\}", object_id, route.path)


@pytest.mark.parametrize(("route", "role"), TRIALS, ids=named)
async def test_what_is_another_partners_does_not_exist(
    street: Street, document: Document, route: Route, role: Role
) -> None:
    """It is answered like what never was, word for word but for its id; its owner is served."""
    kind = kind_of_object(route)
    assert kind is not None
    theirs = await MADE[kind](street, document)
    sent = {"json": _BODIES[route.name]} if route.name in _BODIES else {}

    refused = await street.of(role)(route.method, address(route, theirs), headers=JSON, **sent)
    unknown = await street.of(role)(route.method, address(route, "none"), headers=JSON, **sent)

    assert (404, 404) == (refused.status, unknown.status)
    assert unknown.body == refused.body.replace(theirs.encode(), b"none")
    assert 300 > (await street.other(route.method, address(route, theirs), headers=JSON, **sent)).status


async def _queued(street: Street, ids: list[str]) -> None:
    """Wait until a delivery of one of the other partner's notices is queued."""

    async def there() -> bool:
        listed = await street.other("GET", "/v1/webhook/deliveries?limit=1000", headers=JSON)
        return any(told.encode() in listed.body for told in ids)

    await until("a delivery is queued", there, 10)


@pytest.mark.parametrize(("route", "role"), LISTS, ids=named)
async def test_a_list_holds_nothing_of_another_partner(
    street: Street, document: Document, route: Route, role: Role
) -> None:
    """Neither the ids nor the name of the other CLEC stand in it, while its own list has some of them."""
    await street.other.json("PUT", "/v1/webhook", json={"url": f"https://{OTHER_PARTNER}.invalid/hook"})
    ids = [await make(street, document) for make in MADE.values()]
    await _queued(street, ids)

    mine = await street.of(role)(route.method, f"{route.path}?limit=500", headers=JSON)
    theirs = await street.other(route.method, f"{route.path}?limit=500", headers=JSON)

    assert mine.status in {200, 404}
    assert not [told for told in (*ids, OTHER_PARTNER) if told.encode() in mine.body]
    assert (route.name in OWN_DATA_ONLY) is any(told.encode() in theirs.body for told in ids)


async def test_a_filter_for_anothers_order_finds_nothing(street: Street, document: Document) -> None:
    """The PON of another partner's order is as unknown as any other."""
    await street.other("POST", "/v1/lsr", data=document(PON="THEIRS000001"), headers=XML)

    assert [] == (await street.clec.json("GET", "/v1/orders?pon=THEIRS000001"))["orders"]
