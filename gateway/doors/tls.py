"""TLS of the listening socket, and the client certificate that came with a request."""

import hashlib
import ssl
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Where the server's certificate is, and whom it takes client certificates from."""

    certificate: Path
    """The server's certificate and its chain, PEM."""
    key: Path
    client_ca: Path | None = None
    """Issuers of client certificates, PEM; None: none are asked for."""
    required: bool = False
    """Whether nobody is let in without one."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A client certificate that TLS has verified."""

    thumbprint: str
    """SHA-256 of the certificate, hex."""
    subject: str
    """Its subject in the form of RFC 4514."""
    not_after: datetime


class TlsUnusable(OSError):  # noqa: N818 - it says what is so
    """Raised when certificate, key or issuers cannot be read, or do not fit together."""


def server_context(files: TlsFiles) -> ssl.SSLContext:
    """Give the context of the listening socket: TLS 1.2 at least.

    Raises:
        TlsUnusable: the files cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(files.certificate, files.key)
        if files.client_ca is not None:
            context.load_verify_locations(files.client_ca)
            context.verify_mode = ssl.CERT_REQUIRED if files.required else ssl.CERT_OPTIONAL
    except OSError as wrong:  # ssl.SSLError is one
        raise TlsUnusable(f"TLS cannot be set up with {files.certificate} and {files.key}: {wrong}") from wrong
    return context


def certificate_of(pem_or_der: bytes) -> Certificate:
    """Read a certificate.

    Raises:
        ValueError: it is none.
    """
    if b"-----BEGIN" in pem_or_der:
        pem_or_der = x509.load_pem_x509_certificate(pem_or_der).public_bytes(Encoding.DER)
    return _read(pem_or_der)


def presented(request: web.Request) -> Certificate | None:
    """Give the client certificate of the request's connection; None without TLS or without one."""
    transport = request.transport
    tls: Any = transport and transport.get_extra_info("ssl_object")
    der = tls.getpeercert(binary_form=True) if tls else None
    return _read(der) if der else None


def subject_of(text: str) -> str:
    """Give a subject that a person wrote in the one form that certificates are compared in.

    Raises:
        ValueError: it is no distinguished name of RFC 4514.
    """
    return x509.Name.from_rfc4514_string(text).rfc4514_string()


@lru_cache(maxsize=1024)
def _read(der: bytes) -> Certificate:
    found = x509.load_der_x509_certificate(der)
    return Certificate(hashlib.sha256(der).hexdigest(), found.subject.rfc4514_string(), found.not_valid_after_utc)
