"""Somebody who uses the portal without a browser: opens pages, fills in forms. Quick, and no script runs."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from lxml import html

from tests.rig.people import OTHER_PERSON, session_of


@dataclass(frozen=True, slots=True)
class Seen:
    """A page, or a file, as it was answered."""

    status: int
    address: str
    headers: Mapping[str, str]
    text: str

    @property
    def tree(self) -> Any:
        """The page's elements (lxml)."""
        return html.fromstring(self.text)

    @property
    def words(self) -> str:
        """What stands in the main part, blanks made one."""
        (main,) = self.tree.xpath("//main")
        return " ".join(main.text_content().split())

    def form(self, action: str) -> Any:
        """Give the form whose address ends so; of several, the first."""
        return next(form for form in self.tree.forms if (form.action or self.address).endswith(action))


class Heard:
    """What comes live to somebody."""

    def __init__(self, stream: aiohttp.StreamReader) -> None:
        self._stream = stream

    async def next(self) -> list[str]:
        """Give the orders of the next message."""
        async with asyncio.timeout(20):
            while not (told := await self._stream.readuntil(b"\n\n")).startswith(b"data: "):
                pass  # a sign of life
        orders: list[str] = json.loads(told[6:])["orders"]
        return orders


class Visitor:
    """One person with a session."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def open(self, address: str) -> Seen:
        """Open a page, following where it leads."""
        async with self._session.get(self._url + address) as answer:
            return await _seen(answer)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Heard"]:
        """Listen to what comes live, as an open page does, from now on."""
        async with self._session.get(f"{self._url}/portal/live") as answer:
            await answer.content.readuntil(b"\n\n")
            yield Heard(answer.content)

    async def send(self, page: Seen, action: str, *, button: str = "", **filled: object) -> Seen:
        """Send a form of a page: what stands in it, with `filled` over that, by `button` (`name=value`) if named.

        A list fills a name more than once; a tuple (file name, bytes) is a file.
        """
        form = page.form(action)
        values: list[tuple[str, object]] = [(name, value) for name, value in form.form_values() if name not in filled]
        for name, value in filled.items():
            values += [(name, one) for one in (value if isinstance(value, list) else [value])]
        if button:
            name, _, value = button.partition("=")
            values.append((name, value))
        address = form.action or page.address
        if (form.method or "GET").upper() == "GET":
            return await self.open(address + "?" + "&".join(f"{name}={value}" for name, value in values))
        return await self.post(address, values)

    async def post(self, address: str, values: list[tuple[str, object]]) -> Seen:
        """Send fields to an address, as any program could."""
        data = aiohttp.FormData()
        for name, value in values:
            if isinstance(value, tuple):
                data.add_field(name, value[1], filename=value[0], content_type="application/octet-stream")
            else:
                data.add_field(name, str(value))
        async with self._session.post(self._url + address, data=data) as answer:
            return await _seen(answer)


async def _seen(answer: aiohttp.ClientResponse) -> Seen:
    return Seen(answer.status, answer.url.path_qs, answer.headers.copy(), await answer.text())


@asynccontextmanager
async def visiting(url: str, login: str | None) -> AsyncIterator[Visitor]:
    """Visit as somebody of the rig's people who has signed in, or as a stranger."""
    cookies = {"session": session_of(login)} if login else {}
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookies=cookies, cookie_jar=jar) as session:
        yield Visitor(session, url)


class House:
    """Lets the rig's people in, each once."""

    def __init__(self, stack: AsyncExitStack, url: str) -> None:
        self._stack = stack
        self._url = url
        self._inside: dict[str | None, Visitor] = {}

    async def visitor(self, login: str | None) -> Visitor:
        """Give the visitor with that login (a role's name is one); None for a stranger."""
        if login not in self._inside:
            self._inside[login] = await self._stack.enter_async_context(visiting(self._url, login))
        return self._inside[login]

    async def other(self) -> Visitor:
        """Give the supervisor of another partner."""
        return await self.visitor(OTHER_PERSON)
