"""Calls to a gateway that may be dead just now: tried again until it answers, as a careful peer would."""

import asyncio
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import aiohttp

_RETRY_SECONDS = 0.05
_TIMEOUT = aiohttp.ClientTimeout(total=30)


@dataclass(frozen=True, slots=True)
class Reply:
    """One complete answer."""

    status: int
    headers: dict[str, str]
    body: bytes


class GatewayClient:
    """Calls with one role's key."""

    def __init__(self, url: str, key: str) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {key}"}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the connections."""
        self._session = aiohttp.ClientSession(timeout=_TIMEOUT, headers=self._headers)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        del kind, error, trace
        assert self._session is not None
        await self._session.close()

    async def once(self, method: str, path: str, **request: Any) -> Reply | None:
        """Call once; None if no complete answer came, or only that the gateway cannot serve now (5xx)."""
        assert self._session is not None
        try:
            async with self._session.request(method, self._url + path, **request) as answer:
                body = await answer.read()
                reply = Reply(answer.status, dict(answer.headers), body)
        except (aiohttp.ClientError, OSError, TimeoutError):
            return None
        return None if reply.status >= 500 else reply

    async def until_answered(self, method: str, path: str, **request: Any) -> Reply:
        """Call again and again until an answer below 500 comes. Cancel it to give up."""
        while True:
            reply = await self.once(method, path, **request)
            if reply is not None:
                return reply
            await asyncio.sleep(_RETRY_SECONDS)
