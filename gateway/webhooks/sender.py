"""Sends one message to one address, and says what came of it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from yarl import URL

from gateway.webhooks.addresses import AddressGuard, AddressRefused

_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt: a status, or in plain words why there is none."""

    status: int | None
    error: str | None
    milliseconds: int

    @property
    def delivered(self) -> bool:
        """Whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Whether the receiver wants no more (410)."""
        return self.status == 410

    @property
    def of_message(self) -> bool:
        """Whether the receiver refused this message; else it is the endpoint that does not work."""
        return self.status is not None and 400 <= self.status < 500 and self.status not in {404, 408, 410, 421, 429}


class Sender:
    """An HTTP client for webhooks: guarded addresses, no redirects, cookies or proxy, little time, no answer read."""

    def __init__(self, guard: AddressGuard, seconds: float = _SECONDS) -> None:
        self._guard = guard
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Send `body`; whatever happens becomes an outcome."""
        loop = asyncio.get_running_loop()
        begin = loop.time()
        status, error = await self._attempt(url, headers, body)
        return Outcome(status, error, round((loop.time() - begin) * 1000))

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _attempt(self, url: str, headers: Mapping[str, str], body: bytes) -> tuple[int | None, str | None]:
        try:
            self._guard.check_url(url)
            session = self._opened()
            async with session.post(
                URL(url), data=body, headers={**headers, "Content-Type": "application/json"}, allow_redirects=False
            ) as answer:
                return answer.status, None if answer.status < 300 else f"answered {answer.status}"
        except TimeoutError:
            return None, f"no answer within {self._seconds:g} seconds"
        except aiohttp.ClientConnectorError as error:
            return None, _why(error)
        except aiohttp.ClientError:
            return None, "the connection broke off"
        except (ValueError, OSError):
            return None, "the address cannot be called"

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                socket_factory=self._guard.socket_of, use_dns_cache=False, force_close=True
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                timeout=aiohttp.ClientTimeout(total=self._seconds),
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
                headers={"User-Agent": "oss-gateway"},
            )
        return self._session


def _why(error: aiohttp.ClientConnectorError) -> str:
    if isinstance(error.os_error, AddressRefused) or isinstance(error.__cause__, AddressRefused):
        return str(error.os_error)
    if isinstance(error, aiohttp.ClientSSLError):
        return "the TLS certificate is not good"
    return "no connection"
