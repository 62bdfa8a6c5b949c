"""The keys of a CLEC's systems: issued, rotated, revoked by its supervisor. A key is shown once and never again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from gateway.doors.key_models import KeyRequest
from gateway.portal.clec.clecs import CLEC_ROLES
from gateway.portal.instants import HINT, read_instant
from gateway.portal.pages import Answer, Asked, Elsewhere, Listing, Page, Shown
from gateway.portal.services import Services
from gateway.record.rows import Credential, CredentialKind, Role
from gateway.services.keys import Issued

_HOME: Final = "/portal/keys"
_COLUMNS: Final = ("Id", "Kind", "Role", "Label", "Created", "Ends", "Revoked", "Standing")
_MOST_HOURS: Final = 8760
_MEANWHILE: Final = (
    "A key was issued since this page was shown, perhaps by this very form, so that none was issued now. "
    "If nobody saw it, rotate it or revoke it."
)


class KeyPages:
    """A CLEC's keys and client certificates."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._keys = services.offices.keys

    async def list(self, asked: Asked) -> Shown:
        """Show them, those that are good first."""
        return await self._shown(asked)

    async def issue(self, asked: Asked) -> Shown:
        """Issue a further key, and show it this once."""
        if await self._changed(asked):
            return await self._shown(asked, refused=_MEANWHILE)
        wrong: dict[str, str] = {}
        expires_at = await self._expiry(asked, wrong)
        try:
            request = KeyRequest.model_validate({"role": asked.text("role") or "clec", "label": asked.text("label")})
        except ValidationError as error:
            request = None
            wrong |= {str(one["loc"][0]): one["msg"] for one in error.errors()}
        if request is None or wrong:
            return await self._shown(asked, wrong=wrong)
        issued = await self._keys.issue(
            asked.principal.credential_id,
            Role(request.role),
            asked.principal.partner,
            request.label,
            expires_at=expires_at,
        )
        return await self._shown(asked, issued)

    async def rotate(self, asked: Asked) -> Shown:
        """Replace a key by one like it, both good for some hours."""
        if await self._changed(asked):
            return await self._shown(asked, refused=_MEANWHILE)
        hours = asked.text("overlap_hours")
        if not (
            hours.isascii() and hours.isdigit() and len(hours) <= len(str(_MOST_HOURS)) and int(hours) <= _MOST_HOURS
        ):
            return await self._shown(asked, wrong={asked.part("id"): f"Give whole hours from 0 to {_MOST_HOURS}."})
        issued = await self._keys.rotate(
            asked.principal.credential_id,
            asked.part("id"),
            timedelta(hours=int(hours)),
            within=asked.principal.partner,
        )
        return await self._shown(asked, issued)

    async def revoke(self, asked: Asked) -> Answer:
        """End a key now, if that was confirmed."""
        if asked.text("confirm") != "yes":
            return await self._shown(
                asked, wrong={asked.part("id"): "Tick the box first: the key is refused from then on."}
            )
        ended = await self._keys.revoke(asked.principal.credential_id, asked.part("id"), within=asked.principal.partner)
        return Elsewhere(_HOME, f"{ended.label or ended.id} is revoked.")

    async def _changed(self, asked: Asked) -> bool:
        """Tell whether a key was issued since the form was shown: a form that is sent twice issues one."""
        return asked.text("newest") != _newest(await self._keys.of_partner(asked.principal.partner))

    async def _expiry(self, asked: Asked, wrong: dict[str, str]) -> datetime | None:
        """Give when a key is to end; notes under `expires_at` what is wrong with it."""
        text = asked.text("expires_at")
        if not text:
            return None
        try:
            at = read_instant(text, await self._zone(asked))
        except ValueError as error:
            wrong["expires_at"] = str(error)
            return None
        if at.astimezone(UTC) <= self._services.clock.now():
            wrong["expires_at"] = "a key cannot end before it begins"
        return at

    async def _zone(self, asked: Asked) -> ZoneInfo:
        partner = await self._services.record.partner(asked.principal.partner)
        agreement = self._services.desk.agreement_with(partner) if partner else None
        return agreement.zone if agreement else ZoneInfo("UTC")

    async def _shown(
        self, asked: Asked, issued: Issued | None = None, wrong: dict[str, str] | None = None, refused: str = ""
    ) -> Shown:
        found = await self._keys.of_partner(asked.principal.partner)
        now = self._services.clock.now()
        standings = {one.id: _standing(one, now) for one in found}
        keys = sorted(found, key=lambda one: (standings[one.id] != "good", one.created_at))
        rows = [
            (
                one.id,
                one.kind.value,
                one.role.value,
                one.label,
                one.created_at,
                one.expires_at,
                one.revoked_at,
                standings[one.id],
            )
            for one in keys
        ]
        context = {
            "keys": keys,
            "standings": standings,
            "issued": issued,
            "wrong": wrong or {},
            "typed": {name: asked.text(name) for name in ("label", "role", "expires_at")} if wrong or refused else {},
            "roles": [(role.value, _ROLES[role]) for role in _ROLES],
            "hint": HINT,
            "newest": _newest(found),
            "refused": refused,
        }
        return Shown(
            "clec/keys.html",
            context,
            422 if wrong else 409 if refused else 200,
            listing=Listing("keys", _COLUMNS, rows),
        )

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        roles, sees = CLEC_ROLES, "listKeys"
        return (
            Page("GET", _HOME, "keys", self.list, (sees,), "Keys", "Partner", roles),
            Page("POST", _HOME, "keyIssued", self.issue, ("issueKey", sees), roles=roles),
            Page("POST", f"{_HOME}/{{id}}/rotate", "keyRotated", self.rotate, ("rotateKey", sees), roles=roles),
            Page("POST", f"{_HOME}/{{id}}/revoke", "keyRevoked", self.revoke, ("revokeKey", sees), roles=roles),
        )


_ROLES: Final = {
    Role.CLEC: "clec: sends and follows orders",
    Role.CLEC_SUPERVISOR: "clec-supervisor: looks after keys, too",
}


def _newest(keys: Sequence[Credential]) -> str:
    return max((key.id for key in keys), default="")


def _standing(credential: Credential, now: datetime) -> str:
    if credential.revoked_at is not None:
        return "revoked"
    if not credential.valid_at(now):
        return "ended"
    return "good" if credential.kind is CredentialKind.KEY else "good, a certificate"
