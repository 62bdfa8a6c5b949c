"""A gateway that is served with made-up orders behind it, and a little trade that goes on while somebody looks."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex
from typing import Final

import aiohttp

from gateway.app.commands import open_partners
from gateway.app.serving import serve
from gateway.app.storage import system_clock
from gateway.demo.past import CODES, SEED
from gateway.portal.guests import CLEC
from gateway.record.rows import Role
from gateway.settings import Settings
from gateway.simulation.back_end import decisions_on
from gateway.simulation.mix import Mix, Requests
from validators.bundled import bundled_path
from validators.schema import Schemas

_ORDER_EVERY: Final = timedelta(seconds=20)
_ANSWER_AFTER: Final = timedelta(seconds=8)
_MOST_ORDERS: Final = 500
"""Then the made-up trade stops by itself."""
_KEYS_HOLD: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Keys:
    clec: str
    back_end: str


async def demonstrate(settings: Settings, ready: Callable[[str], None], stop: asyncio.Event) -> None:
    """Serve with a little trade beside until `stop` is set; the past has been made."""
    keys, address = await _keys(settings), asyncio.get_running_loop().create_future()

    def announce(url: str) -> None:
        ready(f"{url}, portal at {url}/portal")
        address.set_result(url)

    trade = asyncio.create_task(_trade(address, keys), name="made-up trade")
    try:
        await serve(settings, announce, stop)
    finally:
        trade.cancel()
        with suppress(asyncio.CancelledError):
            await trade


async def _keys(settings: Settings) -> _Keys:
    async with open_partners(settings) as (_, partners):
        until = system_clock().now() + _KEYS_HOLD
        return _Keys(
            await partners.issue_key(Role.CLEC, CLEC, "made-up trade", expires_at=until),
            await partners.issue_key(Role.BACKEND, None, "made-up trade", expires_at=until),
        )


async def _trade(address: "asyncio.Future[str]", keys: _Keys) -> None:
    """Order now and then as the CLEC, and answer that as the ILEC; what a person orders waits for a person."""
    url, clock, run = await address, system_clock(), token_hex(2).upper()
    config, (ccna, cc) = bundled_path("config"), CODES[CLEC]
    mix = Mix.read(config / "simulation" / "mix.yaml").of_families(("lsr", "asr"))
    requests = Requests(mix, config, Schemas(), SEED, {"CCNA": ccna, "CC": cc})
    async with aiohttp.ClientSession(url, headers={"Accept": "application/json"}) as http:
        for number in range(_MOST_ORDERS):
            await clock.wait_until(clock.now() + _ORDER_EVERY)
            _, request = requests.first(f"LIVE{run}{number:04d}", clock.now())
            headers = {"Authorization": f"Bearer {keys.clec}", "Content-Type": "application/xml"}
            with suppress(aiohttp.ClientError, TimeoutError):
                async with http.post(f"/v1/{request.family}", data=request.body, headers=headers) as taken:
                    await taken.read()
                if taken.status == 202:
                    await clock.wait_until(clock.now() + _ANSWER_AFTER)
                    await _answer(http, taken.headers["Location"], keys)


async def _answer(http: aiohttp.ClientSession, order_url: str, keys: _Keys) -> None:
    """Decide an order once, as the simulated back end begins."""
    async with http.get(order_url, headers={"Authorization": f"Bearer {keys.back_end}"}) as found:
        order = json.loads(await found.read())
    if found.status == 200 and (decisions := decisions_on({**order, "supplement": None}, SEED, completes=False)):
        headers = {"Authorization": f"Bearer {keys.back_end}"}
        path = f"/v1/backend/orders/{order['id']}/decisions"
        async with http.post(path, json={**decisions[0], "ver": order["ver"]}, headers=headers) as decided:
            await decided.read()
