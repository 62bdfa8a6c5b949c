"""The codes that an authenticator shows: TOTP (RFC 6238), six digits, half a minute each."""

import hashlib
import hmac
from base64 import b32encode
from datetime import datetime

import pyotp

from gateway.record.people import Person

_STEP_SECONDS = 30
_STEPS_EITHER_WAY = 1
_SECRET_BYTES = 20


class Codes:
    """Knows everybody's codes: each person's secret follows from the gateway's own, so that none is stored."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def uri(self, person: Person) -> str:
        """Give what an authenticator is enrolled with, as its QR code holds it. It is a secret."""
        return self._generator(person).provisioning_uri(name=person.login, issuer_name="OSS gateway")

    def shown(self, person: Person, now: datetime) -> str:
        """Give the code that a person's authenticator shows at an instant."""
        return self._generator(person).generate_otp(int(now.timestamp()) // _STEP_SECONDS)

    def step_of(self, person: Person, code: str, now: datetime, last: int) -> int | None:
        """Give the time step whose code this is: the present one or a neighbour, and later than the `last` taken."""
        codes, present = self._generator(person), int(now.timestamp()) // _STEP_SECONDS
        told = code.encode("utf-8", "replace")
        for step in range(present - _STEPS_EITHER_WAY, present + _STEPS_EITHER_WAY + 1):
            if hmac.compare_digest(codes.generate_otp(step).encode(), told) and step > last:
                return step
        return None

    def _generator(self, person: Person) -> pyotp.TOTP:
        purpose = f"totp\0{person.id}\0{person.generation}".encode()
        secret = hmac.new(self._secret, purpose, hashlib.sha256).digest()[:_SECRET_BYTES]
        return pyotp.TOTP(b32encode(secret).decode())
