"""Signatures of webhooks as Standard Webhooks has them: `v1` (HMAC-SHA256) and `v1a` (Ed25519).

No secret of an endpoint is stored: each is reckoned from the gateway's own secret, the partner and a generation.
"""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What one endpoint's messages are signed with."""

    symmetric: bytes
    private: Ed25519PrivateKey

    @property
    def secret(self) -> str:
        """The symmetric secret as the partner is shown it."""
        return f"whsec_{b64encode(self.symmetric).decode()}"

    @property
    def public_key(self) -> str:
        """The public key, which need not be kept secret."""
        raw = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return f"whpk_{b64encode(raw).decode()}"

    def signatures(self, message: bytes) -> tuple[str, str]:
        """Sign in both ways."""
        mac = hmac.new(self.symmetric, message, hashlib.sha256).digest()
        return f"v1,{b64encode(mac).decode()}", f"v1a,{b64encode(self.private.sign(message)).decode()}"


class Signer:
    """Makes the keys of every endpoint from the gateway's own secret (at least 32 bytes)."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 32:
            raise ValueError("the gateway's secret has at least 32 bytes")
        self._secret = secret

    def key(self, partner_id: str, generation: int) -> SigningKey:
        """Give the key of one endpoint's generation."""
        private = Ed25519PrivateKey.from_private_bytes(self._derived("webhook-v1a", partner_id, generation))
        return SigningKey(self._derived("webhook-v1", partner_id, generation), private)

    def _derived(self, purpose: str, partner_id: str, generation: int) -> bytes:
        return hmac.new(self._secret, f"{purpose}\0{partner_id}\0{generation}".encode(), hashlib.sha256).digest()


def signed_headers(message_id: str, at: datetime, body: bytes, keys: Iterable[SigningKey]) -> dict[str, str]:
    """Give the headers of a message: id, time of this attempt, and a signature of each kind by each key."""
    timestamp = str(int(at.timestamp()))
    message = f"{message_id}.{timestamp}.".encode() + body
    signatures = [signature for key in keys for signature in key.signatures(message)]
    return {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": " ".join(signatures)}
