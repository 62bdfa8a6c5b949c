"""Bearer keys over their life: issued, listed, rotated with an overlap, revoked. Each act stands in the audit log."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gateway.clock import Clock
from gateway.ids import Ids
from gateway.record.audit import Act
from gateway.record.port import Changes, Needs, OnRecord, Record
from gateway.record.rows import Credential, CredentialKind, Role
from gateway.services.audit import AuditLog
from gateway.services.refusals import AlreadyExists, NotFound

_KEY_PREFIX = "ossgw_"


def hash_key(key: str) -> str:
    """Give what is kept of a bearer key. Keys are 256 random bits, so one SHA-256 is enough: nothing can be guessed."""
    return hashlib.sha256(key.encode()).hexdigest()


def hash_of_fingerprint(thumbprint: str) -> str:
    """Give under what a client certificate stands: its SHA-256 in hex."""
    return hash_key(f"certificate {thumbprint.lower()}")


def hash_of_subject(subject: str) -> str:
    """Give under what every certificate of a subject (RFC 4514) stands."""
    return hash_key(f"subject {subject}")


@dataclass(frozen=True, slots=True)
class Write:
    """Writes rows that depend on nothing."""

    changes: Changes
    needs: Needs = Needs()  # noqa: RUF009 - frozen and empty

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        """Write them."""
        del on_record
        return None, self.changes


@dataclass(frozen=True, slots=True)
class Issued:
    """A new key, as it is shown this once, and what the record keeps of it."""

    key: str
    credential: Credential


class Keys:
    """The life of bearer keys."""

    def __init__(self, record: Record, clock: Clock, ids: Ids, audit: AuditLog) -> None:
        self._record = record
        self._clock = clock
        self._ids = ids
        self._audit = audit

    async def issue(
        self,
        actor: str,
        role: Role,
        partner_id: str | None,
        label: str,
        *,
        key: str | None = None,
        expires_at: datetime | None = None,
    ) -> Issued:
        """Issue a bearer key: the record keeps its hash.

        Args:
            actor: who issues it, for the audit log.
            role: what the key may do.
            partner_id: whose it is; must be given for a CLEC's roles, and for no other.
            label: what people call it.
            key: a key chosen by the operator, for test systems; none makes 256 random bits.
            expires_at: when it ends to be valid; none means never.

        Raises:
            NotFound: there is no such partner.
            ValueError: a CLEC's key without partner, or another one with; or it would end before it begins.
        """
        await self._check_holder(role, partner_id)
        now = self._clock.now()
        if expires_at is not None and expires_at <= now:
            raise ValueError("a key cannot end before it begins")
        key = key or _KEY_PREFIX + secrets.token_urlsafe(32)
        credential = Credential(self._ids.new("key", now), hash_key(key), role, partner_id, label, now, expires_at)
        await self._write(actor, "key.issue", credential, [credential])
        return Issued(key, credential)

    async def bind_certificate(
        self,
        actor: str,
        role: Role,
        partner_id: str | None,
        label: str,
        key_hash: str,
        *,
        expires_at: datetime | None = None,
    ) -> Credential:
        """Let a client certificate in: one by its fingerprint, or every one of a subject. Several may be good at once.

        Args:
            actor: who binds it, for the audit log.
            role: what its holder may do.
            partner_id: whose it is; must be given for a CLEC's roles, and for no other.
            label: what people call it.
            key_hash: of `hash_of_fingerprint` or `hash_of_subject`.
            expires_at: when the binding ends; none: it holds until it is revoked.

        Raises:
            NotFound: there is no such partner.
            AlreadyExists: it was bound before; one that was revoked stays so.
            ValueError: a CLEC's certificate without partner, or another one with.
        """
        await self._check_holder(role, partner_id)
        if await self._record.credential(key_hash) is not None:
            raise AlreadyExists("a binding of that certificate")
        now = self._clock.now()
        credential = Credential(
            id=self._ids.new("key", now),
            key_hash=key_hash,
            role=role,
            partner_id=partner_id,
            label=label,
            created_at=now,
            expires_at=expires_at,
            kind=CredentialKind.CERTIFICATE,
        )
        await self._write(actor, "certificate.bind", credential, [credential])
        return credential

    async def of_partner(self, partner_id: str | None) -> Sequence[Credential]:
        """Give the keys and certificates of a partner, or of everybody for None, revoked ones too, oldest first."""
        return [
            credential
            for credential in await self._record.credentials()
            if credential.kind is not CredentialKind.TOKEN and partner_id in (None, credential.partner_id)
        ]

    async def revoke(self, actor: str, credential_id: str, *, within: str | None = None) -> Credential:
        """End a key or certificate now, and every access token that was issued for it; a second time changes nothing.

        Args:
            actor: who revokes it, for the audit log.
            credential_id: which.
            within: the only partner whose keys the actor may touch; None: everybody's.

        Raises:
            NotFound: there is no such key, or it is another partner's.
        """
        found = await self._found(credential_id, within)
        if found.revoked_at is not None:
            return found
        now = self._clock.now()
        tokens = [
            replace(token, revoked_at=now)
            for token in await self._record.credentials()
            if token.parent_id == found.id and token.revoked_at is None
        ]
        revoked = replace(found, revoked_at=now)
        await self._write(actor, "key.revoke", revoked, [revoked, *tokens])
        return revoked

    async def rotate(self, actor: str, credential_id: str, overlap: timedelta, *, within: str | None = None) -> Issued:
        """Issue a key like another one, which stays good for `overlap` (not negative) and then ends.

        Raises:
            NotFound: there is no such key, it is another partner's, or it is no longer good.
        """
        old, now = await self._found(credential_id, within), self._clock.now()
        if old.kind is not CredentialKind.KEY or not old.valid_at(now):
            raise NotFound(f"good key {credential_id}")
        key = _KEY_PREFIX + secrets.token_urlsafe(32)
        lasting = None if old.expires_at is None else now + (old.expires_at - old.created_at)
        fresh = replace(old, id=self._ids.new("key", now), key_hash=hash_key(key), created_at=now, expires_at=lasting)
        ends = now + overlap if old.expires_at is None else min(old.expires_at, now + overlap)
        await self._write(actor, "key.rotate", fresh, [replace(old, expires_at=ends), fresh], replaces=old.id)
        return Issued(key, fresh)

    async def _check_holder(self, role: Role, partner_id: str | None) -> None:
        if role.of_partner != (partner_id is not None):
            raise ValueError("a key of a CLEC's role belongs to a partner, and only such a key does")
        if partner_id is not None and await self._record.partner(partner_id) is None:
            raise NotFound(f"partner {partner_id}")

    async def _found(self, credential_id: str, within: str | None) -> Credential:
        for credential in await self.of_partner(within):
            if credential.id == credential_id:
                return credential
        raise NotFound(f"key {credential_id}")

    async def _write(self, actor: str, action: str, about: Credential, written: list[Credential], **more: str) -> None:
        detail = {
            "role": about.role.value,
            "kind": about.kind.value,
            "partner": about.partner_id,
            "label": about.label,
            "expires_at": about.expires_at and about.expires_at.isoformat(),
            **more,
        }
        await self._audit.carry_out(Act(actor, action, about.id, detail), Write(Changes(credentials=written)))
