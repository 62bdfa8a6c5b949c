"""Where webhooks may go."""

import ipaddress
import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.webhooks.addresses import AddressGuard, AddressRefused, WrongUrl

GUARD = AddressGuard()
TEST_GUARD = AddressGuard([ipaddress.ip_network("127.0.0.0/8")])
INSIDE = [
    *("127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("0.0.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1"),
    *("::1", "::", "fe80::1", "fc00::1", "ff02::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "2001:0:7f00:1::"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_no_webhook_goes_into_our_own_house(address: str) -> None:
    """Private, local, reserved, multicast, and IPv4 inside IPv6: neither as a URL nor when a name leads there."""
    literal = f"[{address}]" if ":" in address else address
    with pytest.raises(WrongUrl):
        GUARD.check_url(f"https://{literal}/hook")
    with pytest.raises(AddressRefused):
        GUARD.socket_of(found(address))


def found(address: str) -> tuple[Any, Any, int, str, Any]:
    """Give what the resolver gives for an address."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, 443)


@given(st.ip_addresses(v=4))
def test_an_address_is_judged_alike_however_it_is_written(address: ipaddress.IPv4Address) -> None:
    """An IPv4 address mapped into IPv6 is as allowed as it is itself."""
    assert GUARD.allows(address) == GUARD.allows(ipaddress.IPv6Address(f"::ffff:{address}"))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111"])
def test_the_open_internet_is_allowed(address: str) -> None:
    """Public addresses of both kinds."""
    literal = f"[{address}]" if ":" in address else address

    assert GUARD.allows(ipaddress.ip_address(address))
    assert f"https://{literal}/a?b=c" == GUARD.check_url(f"https://{literal}/a?b=c")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hook",
        "ftp://example.com/",
        "https://user:word@example.com/",
        "https://example.com/#part",
        "https:///path",
        "example.com/hook",
        "https://exa mple.com/",
        "https://example.com:99999/",
        "https://ex\u00e4mple.com/",
        "https://example.com/\n",
        "https://example.com/" + "x" * 2000,
        "http://8.8.8.8/",
        "",
    ],
)
def test_what_is_no_decent_url_is_refused(url: str) -> None:
    """Plain HTTP, users, fragments, odd characters, and what is no URL at all."""
    with pytest.raises(WrongUrl):
        GUARD.check_url(url)


@given(st.text(max_size=100))
def test_any_text_is_a_url_or_refused(text: str) -> None:
    """Nothing else comes out of the check."""
    try:
        GUARD.check_url(text)
    except WrongUrl:
        return
    assert text.startswith("https://")


def test_the_loopback_is_for_who_allows_it() -> None:
    """With the setting a test's receiver may stand there without TLS; other private networks stay closed."""
    assert "http://127.0.0.1:8080/hook" == TEST_GUARD.check_url("http://127.0.0.1:8080/hook")
    for url in ("http://10.0.0.1/", "https://10.0.0.1/", "http://localhost/"):
        with pytest.raises(WrongUrl):
            TEST_GUARD.check_url(url)
