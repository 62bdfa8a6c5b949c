"""Who may do what: every route, every role, and another partner's objects; made from the route tables."""

import json
import re
from datetime import timedelta

import pytest

from gateway.app.storage import open_record_at, system_clock
from gateway.doors.routes import OpenRoute, Route
from gateway.record.port import Changes
from gateway.record.rows import Credential, Role
from gateway.services.keys import Write, hash_key
from gateway.settings import Settings
from tests.rig.gateway_server import PARTNER, GatewayServer
from tests.rig.route_table import guarded_routes, open_routes
from tests.rig.street import JSON, Street

ROUTES = guarded_routes()
PLAIN = [route for route in open_routes() if route.method == "GET" and "{" not in route.path]


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

    assert (answer.status == 403) is (role not in route.admitted), answer
    assert answer.status < 500 or route.contract == "wsdl", "only SOAP answers every fault with 500"


@pytest.mark.parametrize("route", ROUTES, ids=named)
async def test_a_route_needs_a_key(street: Street, route: Route) -> None:
    """Without a key, with an unknown one, or another scheme: 401 with how to do it."""
    for headers in ({}, {"Authorization": "Bearer nobody-has-this"}, {"Authorization": "Basic dTpw"}):
        answer = await street.nobody(route.method, address(route), headers={**JSON, **headers})
        assert (401, "urn:oss-gateway:problem:unauthenticated") == (answer.status, json.loads(answer.body)["type"])
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("route", PLAIN, ids=named)
async def test_open_routes_need_none(street: Street, route: OpenRoute) -> None:
    """Health, metrics and the two contracts are there for everybody, in the media type that they declare."""
    answer = await street.nobody("GET", route.path)

    assert 200 == answer.status
    assert answer.media in route.answers[0].media_types


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
            Write(
                Changes(
                    credentials=[
                        credential("good", expires_at=now + day),
                        credential("expired", expires_at=now - timedelta(seconds=1)),
                        credential("revoked", revoked_at=now),
                    ]
                )
            )
        )

    status = {
        name: (await street.nobody("GET", "/v1/orders", headers={"Authorization": f"Bearer e2e-{name}"})).status
        for name in ("good", "expired", "revoked")
    }

    assert {"good": 200, "expired": 401, "revoked": 401} == status
