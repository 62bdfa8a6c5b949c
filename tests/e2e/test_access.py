"""Who may do what: every route, every role, and another partner's objects; made from the route tables."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from gateway.app import open_record_at, system_clock
from gateway.doors.routes import OpenRoute, Route
from gateway.record.port import Changes, Needs, OnRecord
from gateway.record.rows import Credential, Role
from gateway.services.partners import hash_key
from gateway.settings import Settings
from tests.rig.gateway_server import PARTNER, GatewayServer
from tests.rig.route_table import guarded_routes, open_routes
from tests.rig.street import JSON, XML, Street

Document = Callable[..., bytes]
ROUTES = guarded_routes()


def named(route: Route | OpenRoute) -> str:
    """Give a test its route's name."""
    return route.name


def address(route: Route, object_id: str = "none") -> str:
    """Give the route's path with `object_id` in it."""
    return re.sub(r"\{[^}]+\}", object_id, route.path)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("route", ROUTES, ids=named)
async def test_a_route_is_for_its_roles_alone(street: Street, route: Route, role: Role) -> None:
    """A key of another role is refused 403 whatever it asks; one of the right role gets past that."""
    answer = await street.of(role)(route.method, address(route), headers=JSON)

    assert (answer.status == 403) is (role not in route.roles), answer
    assert answer.status < 500


@pytest.mark.parametrize("route", ROUTES, ids=named)
async def test_a_route_needs_a_key(street: Street, route: Route) -> None:
    """Without a key, with an unknown one, or another scheme: 401 with how to do it."""
    for headers in ({}, {"Authorization": "Bearer nobody-has-this"}, {"Authorization": "Basic dTpw"}):
        answer = await street.nobody(route.method, address(route), headers={**JSON, **headers})
        assert (401, "urn:oss-gateway:problem:unauthenticated") == (answer.status, json.loads(answer.body)["type"])
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("route", open_routes(), ids=named)
async def test_open_routes_need_none(street: Street, route: OpenRoute) -> None:
    """Health, metrics and the two contracts are there for everybody, in the media type that they declare."""
    answer = await street.nobody("GET", route.path)

    assert 200 == answer.status
    assert answer.media in route.answers[0].media_types


OF_AN_ORDER = [route for route in ROUTES if route.path.startswith("/v1/orders/{id}")]


@pytest.mark.parametrize("route", OF_AN_ORDER, ids=named)
async def test_another_partners_order_does_not_exist(street: Street, document: Document, route: Route) -> None:
    """What belongs to another CLEC is answered like what does not exist, word for word; the back end may read it."""
    taken = await street.other("POST", "/v1/lsr", data=document(), headers=XML)
    order_id = taken.headers["Location"].rpartition("/")[2]

    theirs = await street.clec(route.method, address(route, order_id), headers=JSON)
    none = await street.clec(route.method, address(route), headers=JSON)

    assert (404, theirs.body) == (theirs.status, none.body)
    assert 200 == (await street.other(route.method, address(route, order_id))).status
    assert 200 == (await street.backend(route.method, address(route, order_id))).status


async def test_another_partners_notice_does_not_exist(street: Street, document: Document) -> None:
    """A CLEC neither sees nor acknowledges another's notice."""
    await street.other("POST", "/v1/lsr", data=document(DDD="02-20-2026"), headers=XML)
    notice = (await street.other.json("GET", "/v1/notices"))["notices"][0]["id"]

    refused = await street.clec("POST", f"/v1/notices/{notice}/ack", headers=JSON)

    assert (404, "urn:oss-gateway:problem:not-found") == (refused.status, json.loads(refused.body)["type"])
    mine = (await street.clec.json("GET", "/v1/notices?limit=500"))["notices"]
    assert notice not in {entry["id"] for entry in mine}
    assert None is (await street.other.json("GET", "/v1/notices"))["notices"][0]["acknowledged_at"]


class _Write:
    """Writes credentials that no command makes."""

    needs = Needs()

    def __init__(self, *credentials: Credential) -> None:
        self._credentials = credentials

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        """Write them."""
        del on_record
        return None, Changes(credentials=list(self._credentials))


async def test_expired_and_revoked_keys_are_refused(street: Street, gateway: GatewayServer) -> None:
    """A key is good up to its end and as long as nobody revoked it."""
    now = system_clock().now()
    day = timedelta(days=1)

    def credential(name: str, **more: object) -> Credential:
        return Credential(
            f"key_{name}",
            hash_key(f"e2e-{name}"),
            Role.CLEC,
            PARTNER,
            name,
            now - day,
            **more,  # type: ignore[arg-type] # dates
        )

    async with open_record_at(Settings(data=gateway.data)) as record:
        await record.commit(
            _Write(
                credential("good", expires_at=now + day),
                credential("expired", expires_at=now - timedelta(seconds=1)),
                credential("revoked", revoked_at=now),
            )
        )

    status = {
        name: (await street.nobody("GET", "/v1/orders", headers={"Authorization": f"Bearer e2e-{name}"})).status
        for name in ("good", "expired", "revoked")
    }

    assert {"good": 200, "expired": 401, "revoked": 401} == status
