"""Signatures as Standard Webhooks has them."""

from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gateway.webhooks.signing import Signer, SigningKey, signed_headers

AT = datetime(2021, 2, 25, 15, 2, 10, tzinfo=UTC)
BODY = b'{"test": 2432232314}'
SECRET = b"s" * 32


def test_the_symmetric_signature_is_the_standards() -> None:
    """The example that receivers' libraries are tested with comes out the same."""
    symmetric = b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    key = SigningKey(symmetric, Ed25519PrivateKey.generate())

    headers = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", AT.replace(microsecond=0), BODY, [key])

    assert "1614265330" == headers["webhook-timestamp"]
    assert "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" == headers["webhook-signature"].split()[0]


def test_the_public_key_checks_the_asymmetric_signature() -> None:
    """`v1a` is Ed25519 over id, timestamp and body; another body does not fit."""
    key = Signer(SECRET).key("sawtooth", 1)
    headers = signed_headers("ntc_1", AT, BODY, [key])
    signature = b64decode(headers["webhook-signature"].split()[1].removeprefix("v1a,"))
    public = Ed25519PublicKey.from_public_bytes(b64decode(key.public_key.removeprefix("whpk_")))
    message = f"ntc_1.{headers['webhook-timestamp']}.".encode()

    public.verify(signature, message + BODY)
    with pytest.raises(InvalidSignature):
        public.verify(signature, message + BODY + b" ")


def test_each_partner_and_generation_has_keys_of_its_own_and_always_the_same() -> None:
    """They follow from the gateway's secret alone, so that none is stored."""
    keys = [Signer(SECRET).key(partner, generation) for partner in ("a", "b") for generation in (1, 2)]

    assert 4 == len({key.secret for key in keys}) == len({key.public_key for key in keys})
    assert keys[0].secret == Signer(SECRET).key("a", 1).secret != Signer(b"t" * 32).key("a", 1).secret
    assert keys[0].public_key == Signer(SECRET).key("a", 1).public_key
    assert b64encode(keys[0].symmetric).decode() == keys[0].secret.removeprefix("whsec_")


def test_two_keys_sign_four_times() -> None:
    """After a rotation a receiver finds its own signature, whichever secret it has."""
    signer = Signer(SECRET)
    headers = signed_headers("m", AT + timedelta(seconds=1), BODY, [signer.key("a", 2), signer.key("a", 1)])

    assert ["v1", "v1a", "v1", "v1a"] == [part.partition(",")[0] for part in headers["webhook-signature"].split()]


def test_a_short_secret_is_no_secret() -> None:
    """31 bytes are refused."""
    with pytest.raises(ValueError, match="32 bytes"):
        Signer(b"s" * 31)
