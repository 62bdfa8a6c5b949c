"""Client certificates and OAuth tokens, on a gateway that speaks TLS."""

import asyncio
import json
import ssl
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from click.testing import CliRunner, Result

from gateway.cli.partner import partner
from tests.rig.authority import Authority
from tests.rig.gateway_server import KEYS, PARTNER, GatewayServer
from tests.rig.street import started_gateway
from tests.rig.waiting import until


@dataclass(frozen=True)
class House:
    """A gateway with TLS, and the authority of its certificates."""

    server: GatewayServer
    authority: Authority

    async def command(self, *arguments: str) -> str:
        """Run `oss-gateway partner …` beside it and give what it printed."""
        result = await self.tried(*arguments)
        assert result.exit_code == 0, result.output
        return result.output.strip()

    async def tried(self, *arguments: str) -> Result:
        """Run one of these commands, whatever comes of it."""
        told = [*arguments, "--data", str(self.server.data)]
        return await asyncio.to_thread(CliRunner().invoke, partner, told)

    async def bind(self, *what: str, partner_id: str = PARTNER) -> str:
        """Bind a certificate to a partner and give the binding's id."""
        return await self.command("certificate", *what, "--partner", partner_id)

    async def call(
        self, method: str, path: str, certificate: Path | None = None, key: str | None = None, **request: Any
    ) -> tuple[int, Any, Any]:
        """Call with a certificate, a key, both or none; give status, headers and JSON."""
        headers = {"Accept": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
        tls = self.authority.client(certificate)
        headers |= request.pop("headers", {})
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, self.server.url + path, headers=headers, ssl=tls, **request) as answer,
        ):
            return answer.status, answer.headers, json.loads(await answer.read() or b"null")

    async def token(self, certificate: Path | None = None, **form: str) -> tuple[int, Any]:
        """Ask for an access token."""
        status, _, told = await self.call(
            "POST", "/oauth/token", certificate, data={"grant_type": "client_credentials", **form}
        )
        return status, told


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Give a gateway with TLS that takes client certificates."""
    authority = Authority(tmp_path_factory.mktemp("authority"))
    own = authority.issue("gateway")
    server = started_gateway(
        tmp_path_factory.mktemp("tls"),
        tls_certificate=str(own),
        tls_key=str(own),
        tls_client_ca=str(authority.file),
        log_level="info",
    )
    yield House(server, authority)
    server.stop()


async def test_a_bound_certificate_gets_in_without_a_key(house: House) -> None:
    """By its fingerprint; it may do what a CLEC may and sees its partner's data."""
    certificate = house.authority.issue("sawtooth")
    unknown, _, _ = await house.call("GET", "/v1/orders", certificate)
    await house.bind(str(certificate))

    async def is_in() -> bool:
        return (await house.call("GET", "/v1/orders", certificate))[0] == 200

    await until("the certificate is let in", is_in, 5)

    assert 401 == unknown
    assert 403 == (await house.call("POST", "/v1/operations/replay", certificate))[0]


async def test_all_certificates_of_a_subject_get_in_and_others_do_not(house: House) -> None:
    """A renewed certificate needs no further binding."""
    await house.bind("--subject", "CN=renewing")
    first, renewed, other = (house.authority.issue(name) for name in ("renewing", "renewing", "other"))

    assert [200, 200, 401] == [
        (await house.call("GET", "/v1/orders", certificate))[0] for certificate in (first, renewed, other)
    ]


async def test_two_certificates_are_good_at_once_and_a_revoked_one_is_refused_within_a_second(house: House) -> None:
    """Also on a connection that stays open, while the other one goes on."""
    old, new = house.authority.issue("rotated"), house.authority.issue("rotated")
    old_id = await house.bind(str(old))
    await house.bind(str(new))
    url = f"{house.server.url}/v1/orders"
    connector = aiohttp.TCPConnector(limit=1, ssl=house.authority.client(old))
    async with aiohttp.ClientSession(connector=connector) as session:

        async def status() -> int:
            async with session.get(url) as answer:
                return answer.status

        before = [await status(), (await house.call("GET", "/v1/orders", new))[0]]
        await house.command("key", "revoke", old_id)

        async def refused() -> bool:
            return await status() == 401

        seconds = await until("the revoked certificate is refused", refused, 5)

    assert [200, 200] == before
    assert seconds < 1.5
    assert 200 == (await house.call("GET", "/v1/orders", new))[0]


async def test_a_certificate_of_another_issuer_does_not_get_through(house: House, tmp_path: Path) -> None:
    """TLS itself refuses it, whatever its subject says; so it does one that has ended."""
    stranger = Authority(tmp_path).issue("sawtooth")
    ended = house.authority.issue("ended", ends=datetime(2021, 1, 1, tzinfo=UTC))
    for certificate in (stranger, ended):
        with pytest.raises((aiohttp.ClientError, ssl.SSLError)):
            await house.call("GET", "/v1/orders", certificate)


async def test_the_text_of_a_fingerprint_is_no_key(house: House) -> None:
    """Fingerprints and subjects are no secrets: shown as a bearer key they open nothing."""
    await house.bind("--subject", "CN=well-known")
    for key in ("subject CN=well-known", "CN=well-known"):
        assert 401 == (await house.call("GET", "/v1/orders", None, key))[0]


async def test_a_client_gets_a_token_and_uses_it(house: House) -> None:
    """By key in the form or in the header; what it is for is said and kept to."""
    status, told = await house.token(client_id=PARTNER, client_secret=KEYS["clec"], scope="orders:read")
    basic = b64encode(f"{PARTNER}:{KEYS['clec']}".encode()).decode()
    again, _, _ = await house.call(
        "POST",
        "/oauth/token",
        headers={"Authorization": f"Basic {basic}"},
        data={"grant_type": "client_credentials"},
    )
    reads, _, _ = await house.call("GET", "/v1/orders", None, told["access_token"])
    writes, headers, problem = await house.call("POST", "/v1/lsr", None, told["access_token"])

    assert [(200, "Bearer", 900, "orders:read"), 200, 200, 403] == [
        (status, told["token_type"], told["expires_in"], told["scope"]),
        again,
        reads,
        writes,
    ]
    assert 'error="insufficient_scope", scope="orders:write"' in headers["WWW-Authenticate"]
    assert "orders:write" in problem["detail"]


async def test_a_token_ends_with_its_key(house: House) -> None:
    """Revoking the key revokes what was issued for it."""
    key = await house.command("key", "--partner", PARTNER)
    (key_id,) = [line.split()[0] for line in (await house.command("key", "list")).splitlines()][-1:]
    _, told = await house.token(client_id=key_id, client_secret=key)
    before, _, _ = await house.call("GET", "/v1/orders", None, told["access_token"])
    await house.command("key", "revoke", key_id)

    async def refused() -> bool:
        return (await house.call("GET", "/v1/orders", None, told["access_token"]))[0] == 401

    await until("the token is refused", refused, 5)
    assert 200 == before


async def test_a_token_is_bound_to_the_certificate_it_was_asked_with(house: House) -> None:
    """Without that certificate, or with another, it opens nothing (RFC 8705)."""
    mine, other = house.authority.issue("bound"), house.authority.issue("other")
    binding = await house.bind(str(mine))
    _, told = await house.token(mine, client_id=binding)
    tried = [
        (await house.call("GET", "/v1/orders", certificate, told["access_token"]))[0]
        for certificate in (mine, other, None)
    ]

    assert [200, 401, 401] == tried


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"client_id": PARTNER, "client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "other", "client_secret": KEYS["clec"]}, 401, "invalid_client"),
        ({"client_id": PARTNER}, 401, "invalid_client"),
        ({"client_id": PARTNER, "client_secret": KEYS["clec"], "scope": "operations:write"}, 400, "invalid_scope"),
        (
            {"client_id": PARTNER, "client_secret": KEYS["clec"], "grant_type": "password"},
            400,
            "unsupported_grant_type",
        ),
    ],
)
async def test_a_token_is_refused_in_the_words_of_the_standard(
    house: House, form: dict[str, str], status: int, error: str
) -> None:
    """RFC 6749, 5.2."""
    assert (status, error) == ((answer := await house.token(None, **form))[0], answer[1]["error"])


async def test_a_token_gets_no_further_token(house: House) -> None:
    """Only keys and certificates do."""
    _, told = await house.token(client_id=PARTNER, client_secret=KEYS["clec"])

    assert 401 == (await house.token(client_id=PARTNER, client_secret=told["access_token"]))[0]


async def test_the_endpoint_describes_itself(house: House) -> None:
    """RFC 8414: where tokens are issued, and every scope."""
    _, _, told = await house.call("GET", "/.well-known/oauth-authorization-server")

    assert f"{house.server.url}/oauth/token" == told["token_endpoint"]
    assert {"orders:read", "orders:write", "notices:read", "backend:write"} <= set(told["scopes_supported"])


async def test_the_command_says_what_cannot_be_bound(house: House, tmp_path: Path) -> None:
    """What is no certificate, has ended, or is bound already."""
    nothing = tmp_path / "nothing.pem"
    nothing.write_text("word", encoding="ascii")
    ended = house.authority.issue("ended", ends=datetime(2021, 1, 1, tzinfo=UTC))
    twice = house.authority.issue("twice")
    await house.bind(str(twice))
    said = [
        await house.tried("certificate", *what, "--partner", PARTNER)
        for what in ([str(nothing)], [str(ended)], [str(twice)], ["--subject", "no name"], [])
    ]

    assert [1, 1, 1, 1, 2] == [result.exit_code for result in said]
    assert "the certificate ended on 2021-01-01" in said[1].output
    assert "exists already" in said[2].output
