"""Where a webhook may go: the open Internet by TLS, and nowhere into our own house (SSRF)."""

import ipaddress
import socket
from collections.abc import Iterable
from typing import Any

from yarl import URL

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_LONGEST = 2000
# Ways to write an IPv4 address inside an IPv6 one, which lead into our own house where a translator stands.
_TRANSLATED = (
    ipaddress.IPv6Network("64:ff9b::/96"),
    ipaddress.IPv6Network("64:ff9b:1::/48"),
    ipaddress.IPv6Network("2002::/16"),
    ipaddress.IPv6Network("2001::/32"),
    ipaddress.IPv6Network("::/96"),
)


class AddressRefused(OSError):  # noqa: N818 - it says what happened
    """Raised when a name leads to an address that webhooks must not go to; connecting fails with it."""


class WrongUrl(ValueError):  # noqa: N818 - it says what is so
    """Raised when a URL cannot be a webhook's; the text says why, for the partner."""


class AddressGuard:
    """Says where webhooks may go: to public addresses, and to the private networks that the operator allowed."""

    def __init__(self, private: Iterable[Network] = ()) -> None:
        self._private = tuple(private)

    def check_url(self, text: str) -> str:
        """Give the URL as it will be called.

        Raises:
            WrongUrl: it is no URL for a webhook: not https, with a user or a fragment, or at a private address.
        """
        if len(text) > _LONGEST or not text.isascii() or not text.isprintable() or " " in text:
            raise WrongUrl(f"a webhook's URL has up to {_LONGEST} printable ASCII characters")
        try:
            url = URL(text)
            host, port = url.host, url.port
        except ValueError:
            raise WrongUrl("that is no URL") from None
        if not host or url.scheme not in {"https", "http"} or port is None:
            raise WrongUrl("a webhook's URL is like https://host/path")
        if url.user is not None or url.password is not None or url.fragment:
            raise WrongUrl("a webhook's URL has no user, no password and no fragment")
        literal = _literal(host)
        if literal is not None and not self.allows(literal):
            raise WrongUrl("a webhook's URL does not lead to a private, local or reserved address")
        if url.scheme == "http" and (literal is None or not self._is_private(literal)):
            raise WrongUrl("a webhook's URL begins with https://")
        return str(url)

    def allows(self, address: Address) -> bool:
        """Tell whether a webhook may go to this address."""
        plain = getattr(address, "ipv4_mapped", None) or address
        if self._is_private(plain):
            return True
        translated = isinstance(plain, ipaddress.IPv6Address) and any(plain in network for network in _TRANSLATED)
        return plain.is_global and not plain.is_multicast and not translated

    def socket_of(self, found: tuple[Any, Any, int, str, Any]) -> socket.socket:
        """Give the socket for one address that a name led to, just before it is connected: nothing comes in between.

        Raises:
            AddressRefused: a webhook must not go there.
        """
        family, kind, protocol, _, target = found
        address = _literal(str(target[0]))
        if address is None or not self.allows(address):
            raise AddressRefused("the host leads to an address that webhooks do not go to")
        return socket.socket(family, kind, protocol)

    def _is_private(self, address: Address) -> bool:
        return any(address.version == network.version and address in network for network in self._private)


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
