"""The portal's front: signing in, who may see what, and that no page can be turned against who looks at it."""

import re

import pytest

from gateway.clock import SystemClock
from gateway.portal.front import roles_of
from gateway.portal.pages import Page
from gateway.record.rows import Role
from tests.rig.gateway_server import GatewayServer
from tests.rig.people import LOGINS, PASSWORD, codes_of, person_of
from tests.rig.route_table import guarded_routes, portal_pages
from tests.rig.visitor import House

PLAIN = [page for page in portal_pages() if "{" not in page.path]
ROLES = roles_of(portal_pages(), {route.name: route for route in guarded_routes()})


def named(case: object) -> str:
    """Give a test its page's name."""
    return case.name if isinstance(case, Page) else str(case)


async def test_password_and_code_open_the_page_that_was_asked_for(gateway: GatewayServer, house: House) -> None:
    """A stranger is asked in, and comes to the page of the first request; then it may leave again."""
    stranger = await house.visitor(None)
    person = person_of("auditor", Role.AUDITOR, None)
    code = codes_of(gateway.data).shown(person, SystemClock().now())

    asked = await stranger.open("/portal/orders?state=CONFIRMED")
    wrong = await stranger.send(asked, "/sign-in", login="auditor", password="no", code=code)
    inside = await stranger.send(wrong, "/sign-in", login="auditor", password=PASSWORD, code=code)
    left = await stranger.send(inside, "/sign-out")
    again = await stranger.open("/portal/orders")

    assert ("/portal/sign-in?next=/portal/orders?state%3DCONFIRMED", 401) == (asked.address, wrong.status)
    assert "login, password or code is not right" in wrong.words
    assert (200, "/portal/orders?state=CONFIRMED") == (inside.status, inside.address)
    assert ["/portal/sign-in", "/portal/sign-in?next=/portal/orders"] == [left.address, again.address]


@pytest.mark.parametrize("page", [page for page in portal_pages() if page.method == "POST"], ids=named)
async def test_a_form_of_another_site_changes_nothing(house: House, page: Page) -> None:
    """Without the token of the visitor's own session every form is refused."""
    role = min(ROLES[page.name])
    visitor = await house.visitor(LOGINS[role])

    refused = await visitor.post(re.sub(r"\{[^}]+\}", "none", page.path), [("form_token", "guessed")])

    assert 403 == refused.status
    assert "not from your session" in refused.words


@pytest.mark.parametrize("page", [page for page in PLAIN if page.method == "GET"], ids=named)
async def test_each_page_opens_for_whom_it_is_and_for_nobody_else(house: House, page: Page) -> None:
    """Every role that may call the API's operations sees it, with strict headers; every other one gets 403."""
    for role, login in LOGINS.items():
        if page.name == "portalLive":
            continue
        seen = await (await house.visitor(login)).open(page.path)

        assert (200 if role in ROLES[page.name] else 403) == seen.status, (role, seen.text)
        assert "default-src 'none'" in seen.headers["Content-Security-Policy"]
        assert "unsafe" not in seen.headers["Content-Security-Policy"]
        assert "no-store" == seen.headers["Cache-Control"]
        if seen.headers["Content-Type"].startswith("text/html"):
            assert 1 == len(seen.tree.xpath("//h1"))
            assert not seen.tree.xpath("//@style | //@onclick | //script[not(@src)]")


async def test_an_unknown_page_is_a_page(house: House) -> None:
    """It says so, with a way back."""
    seen = await (await house.visitor("clec")).open("/portal/nowhere")

    assert (404, True) == (seen.status, "there is no page /portal/nowhere" in seen.words)
