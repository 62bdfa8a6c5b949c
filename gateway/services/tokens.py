"""OAuth access tokens: short-lived, for some of what their client may do, kept as a hash like every key."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from gateway.clock import Clock
from gateway.ids import Ids
from gateway.record.port import Changes, Record
from gateway.record.rows import Credential, CredentialKind
from gateway.services.keys import Issued, Write, hash_key

_PREFIX = "ossat_"
_TIDY_EVERY = 100


class Tokens:
    """Issues access tokens."""

    def __init__(self, record: Record, clock: Clock, ids: Ids, lasts: timedelta) -> None:
        self._record = record
        self._clock = clock
        self._ids = ids
        self._lasts = lasts
        self._issued = 0

    async def issue(self, client: Credential, scopes: Iterable[str], thumbprint: str | None) -> Issued:
        """Issue a token for a client.

        Args:
            client: the key or certificate that it authenticated with; the token ends with it at the latest.
            scopes: what the token is good for; at least one.
            thumbprint: of the client certificate that must come with the token (RFC 8705); None: it needs none.
        """
        now = self._clock.now()
        if self._issued % _TIDY_EVERY == 0:
            await self._record.forget_tokens(now)
        self._issued += 1
        token = _PREFIX + secrets.token_urlsafe(32)
        ends = now + self._lasts
        credential = Credential(
            id=self._ids.new("key", now),
            key_hash=hash_key(token),
            role=client.role,
            partner_id=client.partner_id,
            label=f"token of {client.id}",
            created_at=now,
            expires_at=min(ends, client.expires_at) if client.expires_at else ends,
            kind=CredentialKind.TOKEN,
            scopes=tuple(sorted(scopes)),
            thumbprint=thumbprint,
            parent_id=client.id,
        )
        await self._record.commit(Write(Changes(credentials=[credential])))
        return Issued(token, credential)
