"""The stage: a data folder with a partner and its keys, the embedded gateway, the back end beside it."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import aiohttp

from gateway.app.commands import open_partners
from gateway.app.storage import redis_url
from gateway.demo.back_end_process import KEY_VARIABLE
from gateway.demo.players import Players
from gateway.demo.processes import ProcessFailed, Running, started
from gateway.record.rows import Role
from gateway.settings import Settings

ENVIRONMENT: Final = "demo"
AGREEMENT: Final = "template"
PARTNER: Final = "sawtooth"
PARTNER_NAME: Final = "Sawtooth Lantern Telecom LLC"
CCNA: Final = "ZQF"
COMPANY_CODE: Final = "9Z7A"

_READY = "ready on "

Progress = Callable[[str], None]
"""Hears in a line what is being done."""


@asynccontextmanager
async def stage(data: Path, script: Path, begins: datetime, progress: Progress) -> AsyncIterator[Players]:
    """Set everything up under the folder `data` with the clock at `begins`, give the players, and clear it all away.

    Raises:
        ProcessFailed: gateway or back end did not start; the text has the end of its log.
    """
    # Given, not left out: nobody's own settings may turn the demo to a server of theirs.
    settings = Settings(data=data, environment=ENVIRONMENT, database=None, redis=None)
    progress(f"adding the trading partner {PARTNER_NAME}, under the agreement {AGREEMENT!r}, and keys for all")
    keys = await _keys(settings)
    progress("starting the gateway: SQLite and a private Redis under one folder")
    async with started("gateway", _gateway(settings, begins), data, {}) as gateway:
        url = (await gateway.line()).removeprefix(_READY)
        progress("starting the back end, a process that reads the work stream of that Redis")
        command = _back_end(settings, url, script, begins)
        async with started("back end", command, data, {KEY_VARIABLE: keys[Role.BACKEND]}) as back_end:
            await _hear_ready(back_end)
            progress(f"ready on {url}")
            async with (
                aiohttp.ClientSession(url) as http,
                _listened_to(Players.of(http, url, keys, back_end)) as players,
            ):
                yield players


async def _keys(settings: Settings) -> dict[str, str]:
    async with open_partners(settings) as (_, partners):
        await partners.add(PARTNER, PARTNER_NAME, AGREEMENT, ccna=[CCNA], cc=[COMPANY_CODE])
        return {
            role.value: await partners.issue_key(role, PARTNER if role.of_partner else None, "demo") for role in Role
        }


def _gateway(settings: Settings, begins: datetime) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "gateway", "serve", "--port", "0", "--log-level", "warning"),
        *("--data", str(settings.data), "--environment", settings.environment, "--manual-clock", begins.isoformat()),
    )


def _back_end(settings: Settings, url: str, script: Path, begins: datetime) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "gateway.demo.back_end_process", "--gateway", url, "--redis", redis_url(settings)),
        *("--environment", settings.environment, "--script", str(script.resolve()), "--now", begins.isoformat()),
    )


async def _hear_ready(back_end: Running) -> None:
    if '"start"' not in (said := await back_end.line()):
        raise ProcessFailed(f"the back end began with {said!r}")


@asynccontextmanager
async def _listened_to(players: Players) -> AsyncIterator[Players]:
    listening = asyncio.create_task(players.back_end.listen())
    try:
        yield players
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
