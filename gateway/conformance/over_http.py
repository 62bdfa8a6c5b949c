"""Any gateway that speaks the API, at a URL: a black box that is reached over HTTP alone.

Its clock is one for all, so scenarios are played together. PONs and Premises are replaced by unused ones on the way out
and put back on the way in, so that scenarios do not meet and a run leaves room for the next one.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

import aiohttp

from gateway.conformance.casting import key_name
from gateway.conformance.port import OWN, Answer, CannotPlay, OutOfReach, Part
from gateway.conformance.scenario import Scenario
from gateway.conformance.shared_time import SharedTime
from gateway.conformance.unused_names import UnusedNames
from gateway.record.rows import Family

_PAGE = 500
_PATIENCE = aiohttp.ClientTimeout(total=60)


@dataclass(frozen=True, slots=True)
class Keys:
    """The bearer keys that the tester was given.

    Attributes:
        clec: `OWN` for the usual partner, the id of its agreement for one under another agreement than the usual one,
            and a partner's name in scenarios for a further one.
        backend: the back end's.
        operations: one that may move the clock; without it each CLEC moves its own, as a test environment has it.
        apart: of further CLECs that are like the usual one, which collocation scenarios take: how many a CLEC
            has applied for in a week, and what it has at a Premises, decides about its next application.
    """

    clec: Mapping[str, str] = field(repr=False)
    backend: str | None = field(default=None, repr=False)
    operations: str | None = field(default=None, repr=False)
    apart: Sequence[str] = field(default=(), repr=False)


@asynccontextmanager
async def open_over_http(url: str, keys: Keys, scenarios: int) -> AsyncIterator["OverHttp"]:
    """Open the way to the gateway at `url`, for a run of that many scenarios."""
    async with aiohttp.ClientSession(timeout=_PATIENCE) as http:
        yield OverHttp(http, url.rstrip("/"), keys, scenarios)


class OverHttp:
    """A `GatewayUnderTest` at a URL."""

    one_time_for_all = True

    def __init__(self, http: aiohttp.ClientSession, url: str, keys: Keys, scenarios: int) -> None:
        self._http = http
        self._url = url
        self._keys = keys
        self._apart = list(keys.apart)
        self._time = SharedTime(self._move_clock, scenarios)

    @property
    def name(self) -> str:
        """What reports call it."""
        return f"the gateway at {self._url}"

    @asynccontextmanager
    async def session(self, scenario: Scenario) -> AsyncIterator["HttpSession"]:
        """Open a session; its PONs are new."""
        named = {OWN: scenario.partner.id} | {name: name for name in scenario.others}
        async with self._time.player():
            session = HttpSession(self, self._time, UnusedNames(), self._clec_keys(scenario), named)
            try:
                yield session
            finally:
                await session.withdraw_all()

    def _clec_keys(self, scenario: Scenario) -> Mapping[str, str]:
        named = {OWN: key_name(scenario)} | {name: name for name in scenario.others}
        apart = self._apart_for(scenario, named)
        missing = [name or "the usual partner" for name in named.values() if name not in {*self._keys.clec, *apart}]
        if missing:
            raise CannotPlay(f"no key was given for {', '.join(missing)}")
        return {partner: apart.get(name) or self._keys.clec[name] for partner, name in named.items()}

    def _apart_for(self, scenario: Scenario, named: Mapping[str, str]) -> Mapping[str, str]:
        """Give keys of CLECs that stand apart, by name, to those of a collocation scenario that have none."""
        if scenario.family is not Family.COLLOCATION or not self._keys.apart:
            return {}
        wanting = [name for name in named.values() if name == OWN or name not in self._keys.clec]
        if len(wanting) > len(self._apart):
            raise CannotPlay(f"collocation scenarios need more CLECs than the {len(self._keys.apart)} that stand apart")
        return {name: self._apart.pop() for name in wanting}

    async def call(
        self,
        key: str | None,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes]:
        """Give status and body of what a request is answered.

        Raises:
            CannotPlay: there is no key for it.
            OutOfReach: the gateway does not answer.
        """
        if key is None:
            raise CannotPlay(f"no key was given for {method} {path}")
        sent = {"Authorization": f"Bearer {key}", "Accept": "application/json", **(headers or {})}
        try:
            async with self._http.request(method, self._url + path, data=body, headers=sent) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise OutOfReach(f"{method} {path}: {str(error) or type(error).__name__}") from None

    @property
    def operations_key(self) -> str | None:
        """The operators' key, None without one."""
        return self._keys.operations

    @property
    def backend_key(self) -> str | None:
        """The back end's key, None without one."""
        return self._keys.backend

    async def _move_clock(self, instant: datetime, whose: Collection[str]) -> None:
        """Move the target's clock, or in a test environment, where there is none for all, those of `whose` keys.

        Nobody else's clock needs to move: of those who share a CLEC the one whose instant comes first goes first.
        """
        refusal = (0, b"")
        if self._keys.operations is not None:
            refusal = await self._move(self._keys.operations, "/v1/operations/clock", instant)
            if refusal[0] == HTTPStatus.OK:
                return
        for answer in await asyncio.gather(*(self._move(key, "/v1/sandbox/clock", instant) for key in whose)):
            if answer[0] != HTTPStatus.OK:
                status, told = refusal if refusal[0] and answer[0] == HTTPStatus.NOT_FOUND else answer
                words = told.decode(errors="replace")[:300]
                raise CannotPlay(f"the target's clock does not move to {instant.isoformat()}: {status} {words}")

    async def _move(self, key: str, path: str, instant: datetime) -> tuple[int, bytes]:
        body = json.dumps({"to": instant.isoformat()}).encode()
        return await self.call(key, "POST", path, body=body, headers={"Content-Type": "application/json"})


class HttpSession:
    """One scenario's dealings with the gateway."""

    def __init__(
        self,
        gateway: OverHttp,
        time: SharedTime,
        names: UnusedNames,
        keys: Mapping[str, str],
        partner_ids: Mapping[str, str | None],
    ) -> None:
        self._gateway = gateway
        self._partner_ids = partner_ids
        self._entered: list[str] = []
        self._time = time
        self._names = names
        self._keys = keys
        self._cursors: dict[str, int] = {}
        self._orders: set[str] = set()

    async def move_to(self, instant: datetime) -> None:
        """Let time pass until `instant`, for every scenario of the run."""
        await self._time.reach(instant, self._keys.values())

    async def submit(
        self, partner: str, family: Family, body: bytes, *, idempotency_key: str | None, if_match: int | None
    ) -> Answer:
        """Hand in a message as a partner."""
        headers = {"Content-Type": "application/xml"}
        if idempotency_key is not None:
            headers["Idempotency-Key"] = self._own(idempotency_key)
        if if_match is not None:
            headers["If-Match"] = f'"{if_match}"'
        key = self._keys[partner]
        answer = self._read(
            await self._gateway.call(key, "POST", f"/v1/{family}", body=self._names.outward(body), headers=headers)
        )
        address = answer.body.get("order") or answer.body.get("order_id")
        if isinstance(address, str):
            self._orders.add(address.rpartition("/")[2])
        return answer

    async def decide(self, order_id: str, body: Mapping[str, Any], *, idempotency_key: str | None) -> Answer:
        """Decide an order as the back end."""
        headers = {"Content-Type": "application/json"}
        if idempotency_key is not None:
            headers["Idempotency-Key"] = self._own(idempotency_key)
        path = f"/v1/backend/orders/{order_id}/decisions"
        sent = json.dumps(body).encode()
        return self._read(await self._gateway.call(self._gateway.backend_key, "POST", path, body=sent, headers=headers))

    async def enter(self, partner: str, register: str, body: Mapping[str, Any]) -> Answer:
        """Put an entry that concerns a partner into a register, as an operator."""
        path = f"/v1/operations/registers/{register}"
        answer = self._read(await self._operate(path, {**body, "partner": self._partner_ids[partner]}))
        if answer.good:
            self._entered.append(f"{path}/{answer.body['id']}/withdrawal")
        return answer

    async def withdraw_all(self) -> None:
        """Withdraw what was entered, so that it holds for no later run."""
        for path in self._entered:
            await self._operate(path, {"because": "the scenario that entered it has ended"})

    async def _operate(self, path: str, body: Mapping[str, Any]) -> tuple[int, bytes]:
        sent, headers = json.dumps(body).encode(), {"Content-Type": "application/json"}
        return await self._gateway.call(self._gateway.operations_key, "POST", path, body=sent, headers=headers)

    async def read(self, partner: str, order_id: str, part: Part) -> Answer:
        """Read a part of an order as a partner."""
        path = f"/v1/orders/{order_id}" + ("" if part == "order" else f"/{part}")
        got = await self._gateway.call(self._keys[partner], "GET", path)
        if part == "document" and got[0] == HTTPStatus.OK:
            return Answer(got[0], {"document": self._names.inward(got[1])})
        return self._read(got)

    async def mailbox(self, partner: str) -> Sequence[Mapping[str, Any]]:
        """Give the partner's new notices about orders of this session or about none; others' are there, too."""
        found: list[Mapping[str, Any]] = []
        more = True
        while more:
            after = self._cursors.get(partner, 0)
            path = f"/v1/notices?after={after}&limit={_PAGE}"
            answer = self._read(await self._gateway.call(self._keys[partner], "GET", path))
            if not answer.good:
                raise OutOfReach(f"the mailbox cannot be read: {answer.status} {answer.problem or ''}")
            found += [notice for notice in answer.body["notices"] if notice["order"] in (None, *self._orders)]
            self._cursors[partner], more = answer.body["cursor"], answer.body["more"]
        return found

    async def acknowledge(self, partner: str, notice_id: str) -> Answer:
        """Acknowledge a notice as a partner."""
        key = self._keys[partner]
        return self._read(await self._gateway.call(key, "POST", f"/v1/notices/{notice_id}/ack"))

    def _own(self, idempotency_key: str) -> str:
        return f"{self._names.run}-{idempotency_key}"

    def _read(self, got: tuple[int, bytes]) -> Answer:
        status, body = got
        try:
            members = json.loads(self._names.inward(body))
        except ValueError:
            raise OutOfReach(f"it answered {status} with no JSON: {body[:200]!r}") from None
        if not isinstance(members, dict):
            raise OutOfReach(f"it answered {status} with no JSON object: {body[:200]!r}")
        return Answer(status, members)
