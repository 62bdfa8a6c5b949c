"""Finds out who calls: by a key, by an access token, or by a client certificate."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from aiohttp import web

from gateway.clock import Clock
from gateway.doors.problems import Kind, Problem
from gateway.doors.rates import Drawn, Rate, RateLimiter
from gateway.doors.routes import Principal
from gateway.doors.tls import Certificate, presented
from gateway.record.port import Record
from gateway.record.rows import Credential, CredentialKind
from gateway.services.confidence import ReadsForecasts
from gateway.services.keys import hash_key, hash_of_fingerprint, hash_of_subject
from gateway.services.remembered import Remembered

_MOST_GOOD = 10_000


@dataclass(frozen=True, slots=True)
class Rates:
    """How much may be asked: by one partner (None: any number), and with unknown keys from one address."""

    partner: Rate | None
    bad_keys: Rate
    put_off_seconds: float
    """How long an answer to a flood of unknown keys is held back: who waits for it cannot ask again meanwhile."""


class Gatekeeper:
    """Looks a key or certificate up at most once a second, so a revoked one is refused within a second.

    That is asked with every request, also on a connection that stays open.
    """

    def __init__(self, record: Record, clock: Clock, rates: Rates, reads_forecasts: ReadsForecasts) -> None:
        self._reads_forecasts = reads_forecasts
        self._clock = clock
        self._credentials = Remembered(record.credential, clock)
        self._partners = None if rates.partner is None else RateLimiter(rates.partner, clock)
        self._bad_keys = RateLimiter(rates.bad_keys, clock)
        self._put_off_seconds = rates.put_off_seconds
        self._once_good: set[str] = set()
        """Hashes of keys that were good: they are looked up even from an address that is put off for its bad ones."""

    async def principal(self, request: web.Request) -> Principal:
        """Give the caller of `request`: whose key or token it shows, else whose certificate.

        Raises:
            Problem: no key, or one that is unknown, expired or revoked; or its address tried too many of those.
        """
        certificate, address = presented(request), request.remote or ""
        header = request.headers.get("Authorization")
        if header is None and certificate is not None:
            found = await self.by_certificate(certificate, address)
        else:
            scheme, _, key = (header or "").partition(" ")
            if scheme.lower() != "bearer" or not key or not key.isascii():
                raise _unauthenticated("send your key in the header: Authorization: Bearer <key>")
            found = await self.by_key(key.strip(), certificate, address)
        reads = not found.role.of_partner and self._reads_forecasts(found.id)
        return Principal(found.id, found.role, found.partner_id, found.scopes, reads)

    async def by_key(self, key: str, certificate: Certificate | None, address: str) -> Credential:
        """Give the credential of a key or token that came with `certificate` from `address`.

        Raises:
            Problem: it is unknown, expired or revoked, is bound to another certificate, or comes from a flood.
        """
        found = await self._good(hash_key(key), address)
        if found is None or found.kind is CredentialKind.CERTIFICATE:
            self._bad_keys.draw(address)
            raise _unauthenticated("this key is unknown, expired or revoked; ask the ILEC's operator for a new one")
        if found.thumbprint is not None and (certificate is None or certificate.thumbprint != found.thumbprint):
            raise _unauthenticated("this token is bound to a client certificate, which must come with it (RFC 8705)")
        return found

    async def by_certificate(self, certificate: Certificate, address: str) -> Credential:
        """Give the credential of a client certificate that TLS has verified: bound by fingerprint, else by subject.

        Raises:
            Problem: it is bound to nobody, expired or revoked, or comes from a flood.
        """
        if self._clock.now() <= certificate.not_after:
            for key_hash in (hash_of_fingerprint(certificate.thumbprint), hash_of_subject(certificate.subject)):
                found = await self._good(key_hash, address)
                if found is not None and found.kind is CredentialKind.CERTIFICATE:
                    return found
        self._bad_keys.draw(address)
        raise _unauthenticated("your client certificate is unknown, expired or revoked; ask the ILEC's operator")

    def count(self, principal: Principal) -> Mapping[str, str]:
        """Count a request of a partner, and give the headers that tell how many are left.

        Raises:
            Problem: it has none left (429 with Retry-After).
        """
        if self._partners is None or principal.partner_id is None:
            return {}
        drawn = self._partners.draw(principal.partner_id)
        headers = _rate_headers(self._partners.rate, drawn)
        if not drawn.allowed:
            raise _too_many(
                "your partner has used up its requests for now; see RateLimit-Policy", drawn.retry_after, headers
            )
        return headers

    async def _good(self, key_hash: str, address: str) -> Credential | None:
        """Give the credential with that hash if it is good now."""
        if key_hash not in self._once_good:
            looked = self._bad_keys.look(address)
            if not looked.allowed:
                await asyncio.sleep(self._put_off_seconds)
                raise _too_many("too many unknown keys came from your address; wait a moment", looked.retry_after)
        found = await self._credentials.get(key_hash)
        if found is None or not found.valid_at(self._clock.now()):
            self._once_good.discard(key_hash)
            return None
        if len(self._once_good) >= _MOST_GOOD:
            self._once_good.clear()
        self._once_good.add(key_hash)
        return found


def _unauthenticated(detail: str) -> Problem:
    return Problem(Kind.UNAUTHENTICATED, detail, headers={"WWW-Authenticate": 'Bearer realm="oss-gateway"'})


def _too_many(detail: str, wait: int, headers: Mapping[str, str] = MappingProxyType({})) -> Problem:
    return Problem(Kind.TOO_MANY_REQUESTS, detail, headers={**headers, "Retry-After": str(wait)})


def _rate_headers(rate: Rate, drawn: Drawn) -> dict[str, str]:
    """Give the header fields of the IETF's draft `ratelimit-headers`: the policy, and what is left of it."""
    window = max(1, round(rate.burst / rate.per_second))
    return {
        "RateLimit-Policy": f'"partner";q={rate.burst};w={window}',
        "RateLimit": f'"partner";r={drawn.remaining};t={drawn.seconds_to_full}',
    }
