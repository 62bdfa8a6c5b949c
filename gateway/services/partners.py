"""Trading partners and their keys."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from gateway.clock import Clock
from gateway.ids import Ids
from gateway.record.port import Changes, Needs, OnRecord, Record
from gateway.record.rows import Credential, Partner, Role
from gateway.services.refusals import AlreadyExists, NotFound

_KEY_PREFIX = "ossgw_"


def hash_key(key: str) -> str:
    """Give what is kept of a bearer key. Keys are 256 random bits, so one SHA-256 is enough: nothing can be guessed."""
    return hashlib.sha256(key.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Write:
    """Writes rows that depend on nothing."""

    changes: Changes
    needs: Needs = Needs()  # noqa: RUF009 - frozen and empty

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        del on_record
        return None, self.changes


class Partners:
    """Adds partners and issues keys."""

    def __init__(self, record: Record, clock: Clock, ids: Ids) -> None:
        self._record = record
        self._clock = clock
        self._ids = ids

    async def add(self, partner_id: str, name: str, agreement_id: str, *, ccna: list[str], cc: list[str]) -> Partner:
        """Add a partner.

        Raises:
            AlreadyExists: a partner of that id stands in the record.
        """
        if await self._record.partner(partner_id) is not None:
            raise AlreadyExists(f"partner {partner_id}")
        codes = {"ccna": ccna, "cc": cc}
        partner = Partner(partner_id, name, agreement_id, codes, self._clock.now())
        await self._record.commit(_Write(Changes(partners=[partner])))
        return partner

    async def issue_key(
        self,
        role: Role,
        partner_id: str | None,
        label: str,
        *,
        key: str | None = None,
        expires_at: datetime | None = None,
    ) -> str:
        """Issue a bearer key and give it: it is shown this once, the record keeps its hash.

        Args:
            role: what the key may do.
            partner_id: whose it is; must be given for a CLEC's key, and for no other.
            label: what people call it.
            key: a key chosen by the operator, for test systems; none makes 256 random bits.
            expires_at: when it ends to be valid; none means never.

        Raises:
            NotFound: there is no such partner.
            ValueError: a CLEC's key without partner, or another one with.
        """
        if (role is Role.CLEC) != (partner_id is not None):
            raise ValueError("a key of role clec belongs to a partner, and only such a key does")
        if partner_id is not None and await self._record.partner(partner_id) is None:
            raise NotFound(f"partner {partner_id}")
        key = key or _KEY_PREFIX + secrets.token_urlsafe(32)
        now = self._clock.now()
        credential = Credential(self._ids.new("key", now), hash_key(key), role, partner_id, label, now, expires_at)
        await self._record.commit(_Write(Changes(credentials=[credential])))
        return key
