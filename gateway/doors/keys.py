"""The door of a CLEC's supervisor: the keys of its own partner."""

from datetime import timedelta

from aiohttp import web

from gateway.doors.key_models import IssuedKey, KeyList, KeyRequest, KeyRotation, KeyView
from gateway.doors.problems import Kind, Problem
from gateway.doors.reading import Limits, json_body
from gateway.doors.representation import answer_json
from gateway.doors.roles import SUPERVISORS
from gateway.doors.routes import Answer, Principal, Route
from gateway.record.rows import Role
from gateway.services.keys import Keys

_JSON = ("application/json",)
_BODY_PROBLEMS = (Kind.UNSUPPORTED_MEDIA_TYPE, Kind.TOO_LARGE, Kind.REQUEST_TIMEOUT)


class KeysDoor:
    """Handlers and routes for keys."""

    def __init__(self, keys: Keys, limits: Limits) -> None:
        self._keys = keys
        self._limits = limits

    async def list_keys(self, request: web.Request, principal: Principal) -> web.Response:
        """List the partner's keys."""
        del request
        found = await self._keys.of_partner(principal.partner)
        return answer_json(KeyList(keys=[KeyView.of(credential) for credential in found]))

    async def issue(self, request: web.Request, principal: Principal) -> web.Response:
        """Issue a further key."""
        asked = await json_body(request, KeyRequest, self._limits)
        try:
            issued = await self._keys.issue(
                principal.credential_id,
                Role(asked.role),
                principal.partner,
                asked.label,
                expires_at=asked.expires_at,
            )
        except ValueError as error:
            raise Problem(Kind.MALFORMED_REQUEST, str(error)) from None
        return answer_json(IssuedKey.of(issued), status=201)

    async def rotate(self, request: web.Request, principal: Principal) -> web.Response:
        """Replace a key by a new one, both good for a while."""
        asked = await json_body(request, KeyRotation, self._limits)
        issued = await self._keys.rotate(
            principal.credential_id,
            request.match_info["id"],
            timedelta(hours=asked.overlap_hours),
            within=principal.partner,
        )
        return answer_json(IssuedKey.of(issued), status=201)

    async def revoke(self, request: web.Request, principal: Principal) -> web.Response:
        """End a key now."""
        ended = await self._keys.revoke(principal.credential_id, request.match_info["id"], within=principal.partner)
        return answer_json(KeyView.of(ended))

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (
            Route(
                "GET",
                "/v1/keys",
                "listKeys",
                "The partner's keys and client certificates",
                self.list_keys,
                SUPERVISORS,
                (Answer(200, "Them, revoked ones too.", KeyList, _JSON),),
            ),
            Route(
                "POST",
                "/v1/keys",
                "issueKey",
                "Issue a further key of the same partner",
                self.issue,
                SUPERVISORS,
                (Answer(201, "It; it is shown this once.", IssuedKey, _JSON),),
                _BODY_PROBLEMS,
                KeyRequest,
            ),
            Route(
                "POST",
                "/v1/keys/{id}/rotate",
                "rotateKey",
                "Issue a key like another one, which stays good for some hours more",
                self.rotate,
                SUPERVISORS,
                (Answer(201, "The new one; it is shown this once.", IssuedKey, _JSON),),
                (Kind.NOT_FOUND, *_BODY_PROBLEMS),
                KeyRotation,
            ),
            Route(
                "POST",
                "/v1/keys/{id}/revoke",
                "revokeKey",
                "End a key or client certificate; it is refused within a second",
                self.revoke,
                SUPERVISORS,
                (Answer(200, "It is revoked; a second time changes nothing.", KeyView, _JSON),),
                (Kind.NOT_FOUND,),
            ),
        )
