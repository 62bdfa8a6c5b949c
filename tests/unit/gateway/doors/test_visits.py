"""The cookie of a session, the token of a form, and what who visits may do."""

import argon2
import pyotp
import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from gateway.doors.problems import Problem
from gateway.doors.roles import CLECS, OPERATORS, SUPERVISORS
from gateway.doors.visits import Visits
from gateway.record.rows import Role
from gateway.services.codes import Codes
from gateway.services.people import People
from gateway.services.sign_in import SignIn, SignInRefused, SignInTerms
from tests.rig.office import PARTNER, Office

CHEAP = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "correct horse battery"


class Browser:
    """Keeps cookies as a browser does, and shows codes."""

    def __init__(self, visits: Visits, office: Office, uri: str) -> None:
        self.visits = visits
        self._clock = office.clock
        self._authenticator = pyotp.parse_uri(uri)
        self.cookies: dict[str, str] = {}

    def request(self) -> web.Request:
        """Ask for a page."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return make_mocked_request("GET", "/ui/", headers={"Cookie": cookie} if cookie else {})

    def take(self, answer: web.StreamResponse) -> None:
        """Keep what an answer sets."""
        self.cookies |= {name: morsel.value for name, morsel in answer.cookies.items()}

    async def sign_in(self, password: str = PASSWORD) -> web.Response:
        """Sign in, and give the answer."""
        assert isinstance(self._authenticator, pyotp.TOTP)
        answer = web.Response()
        await self.visits.begin(answer, "ann", password, self._authenticator.at(self._clock.now()))
        self.take(answer)
        return answer


@pytest.fixture
async def browser(office: Office) -> Browser:
    """Give the browser of a CLEC's supervisor, who is not signed in yet."""
    audit, codes = office.partners.audit, Codes(b"s" * 32)
    people = People(office.record, office.clock, office.desk.ids, audit, codes, CHEAP)
    enrolled = await people.add("cli:x", "ann", Role.CLEC_SUPERVISOR, PARTNER, PASSWORD)
    sign_in = SignIn(office.record, office.clock, audit, codes, CHEAP, SignInTerms())
    return Browser(Visits(sign_in, b"f" * 32, lambda _: False, over_tls=True), office, enrolled.uri)


async def test_a_session_goes_from_sign_in_to_sign_out(browser: Browser) -> None:
    """A stranger, then a person of its partner, then a stranger again, also to who kept the cookie."""
    before = await browser.visits.of(browser.request())
    await browser.sign_in()
    kept = browser.request()
    during = await browser.visits.of(kept)
    answer = web.Response()
    await browser.visits.end(during, answer)
    after = await browser.visits.of(kept)

    assert (None, "") == (before.principal, before.login)
    assert during.principal is not None
    assert ("ann", PARTNER) == (during.login, during.principal.partner_id)
    assert after.principal is None
    assert "" == answer.cookies["__Host-session"].value


async def test_a_supervisor_may_what_a_user_may_and_not_what_operators_may(browser: Browser) -> None:
    """Roles on pages are those of the routes; a stranger may nothing."""
    stranger = await browser.visits.of(browser.request())
    await browser.sign_in()
    visit = await browser.visits.of(browser.request())

    assert [True, True, False] == [visit.may(roles) for roles in (CLECS, SUPERVISORS, OPERATORS)]
    assert [False, False, False] == [stranger.may(roles) for roles in (CLECS, SUPERVISORS, OPERATORS)]


async def test_the_cookie_is_for_this_host_and_not_for_scripts(browser: Browser) -> None:
    """`__Host-`, Secure, HttpOnly, SameSite; its value is the token that the record knows by hash only."""
    morsel = (await browser.sign_in()).cookies["__Host-session"]

    assert (True, True, "Lax", "/", "") == tuple(
        morsel[name] for name in ("secure", "httponly", "samesite", "path", "domain")
    )


async def test_a_form_is_taken_from_its_own_session_only(browser: Browser) -> None:
    """A token of the time before signing in, another's, or none is refused; so no other site can send a form."""
    first = await browser.visits.of(browser.request())
    answer = web.Response()
    browser.visits.keep(first, answer)
    browser.take(answer)
    again = await browser.visits.of(browser.request())
    browser.visits.check_form(again, first.form_token)
    await browser.sign_in()
    visit = await browser.visits.of(browser.request())
    browser.visits.check_form(visit, visit.form_token)

    for told in (first.form_token, "", None, "\ud800", visit.cookie):
        with pytest.raises(Problem):
            browser.visits.check_form(visit, told)


async def test_signing_in_gives_a_cookie_that_nobody_knew_before(browser: Browser) -> None:
    """Who planted a cookie does not get the session; a refused attempt gives none at all."""
    browser.cookies["__Host-session"] = "planted"
    with pytest.raises(SignInRefused):
        await browser.sign_in("wrong horse battery")
    assert "planted" == browser.cookies["__Host-session"]
    await browser.sign_in()

    browser.cookies["__Host-session"], session = "planted", browser.cookies["__Host-session"]
    assert "planted" != session
    assert (await browser.visits.of(browser.request())).principal is None
