"""Who looks at a page: the session's cookie, the token that each form carries, and what the person may do."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from aiohttp import web

from gateway.doors.problems import Kind, Problem
from gateway.doors.roles import admitted
from gateway.doors.routes import Principal
from gateway.record.rows import Role
from gateway.services.confidence import ReadsForecasts
from gateway.services.sign_in import SignIn

FORM_FIELD = "form_token"
"""Name of the hidden field that each form carries."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a page: by whom, if anybody is signed in, and what its forms must carry."""

    principal: Principal | None
    login: str
    """Empty if nobody is signed in."""
    form_token: str
    cookie: str
    """The session's token, or a random value for somebody who is not signed in; never to be shown on a page."""

    def may(self, roles: frozenset[Role], method: str = "GET") -> bool:
        """Tell whether who visits may use what names `roles`, by the same rules as the routes."""
        return self.principal is not None and self.principal.role in admitted(roles, method)


class Visits:
    """Keeps browsers' sessions in a cookie that scripts cannot read and other sites' forms cannot use."""

    def __init__(self, sign_in: SignIn, secret: bytes, reads_forecasts: ReadsForecasts, *, over_tls: bool) -> None:
        self._reads_forecasts = reads_forecasts
        self._sign_in = sign_in
        self._secret = secret
        self._over_tls = over_tls
        # A name with this prefix is taken by browsers only over TLS, from this very host: no neighbour can plant it.
        self._name = "__Host-session" if over_tls else "session"

    async def of(self, request: web.Request) -> Visit:
        """Give who asks for a page; a session that has ended counts as nobody."""
        cookie = request.cookies.get(self._name, "")
        person = await self._sign_in.person_of(cookie) if cookie else None
        if person is None:
            stranger = cookie or secrets.token_urlsafe(32)
            return Visit(None, "", self._form_token(stranger), stranger)
        reads = self._reads_forecasts(person.id)
        principal = Principal(person.id, person.role, person.partner_id, reads_forecasts=reads)
        return Visit(principal, person.login, self._form_token(cookie), cookie)

    def keep(self, visit: Visit, answer: web.StreamResponse) -> None:
        """Give the browser of a visitor what its forms will be checked by; to be called on every page with a form."""
        self._set(answer, visit.cookie)

    @staticmethod
    def check_form(visit: Visit, told: object) -> None:
        """Check the token that a form carried.

        Raises:
            Problem: it is not the visitor's own, so that another site may have sent the form (403).
        """
        if not isinstance(told, str) or not hmac.compare_digest(
            visit.form_token.encode(), told.encode("utf-8", "replace")
        ):
            raise Problem(Kind.FORBIDDEN, "this form is not from your session; open the page again and send it anew")

    async def begin(self, answer: web.StreamResponse, login: str, password: str, code: str) -> None:
        """Sign somebody in; the cookie is a new one, so that none that was known before is good.

        Raises:
            SignInRefused: see there.
        """
        self._set(answer, await self._sign_in.sign_in(login, password, code))

    async def welcome(self, answer: web.StreamResponse, login: str) -> None:
        """Sign a guest of a demonstration in.

        Raises:
            SignInRefused: there is no such guest.
        """
        self._set(answer, await self._sign_in.welcome(login))

    async def end(self, visit: Visit, answer: web.StreamResponse) -> None:
        """Sign somebody out, here and in the record."""
        await self._sign_in.sign_out(visit.cookie)
        answer.del_cookie(self._name, path="/", secure=self._over_tls, httponly=True, samesite="Lax")

    def _set(self, answer: web.StreamResponse, value: str) -> None:
        answer.set_cookie(self._name, value, path="/", secure=self._over_tls, httponly=True, samesite="Lax")

    def _form_token(self, cookie: str) -> str:
        about = b"form\0" + cookie.encode("utf-8", "replace")
        return hmac.new(self._secret, about, hashlib.sha256).hexdigest()
