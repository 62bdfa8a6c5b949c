"""The scripted back end as a process: hears the contract's time on standard input, tells what it does on its output.

Each line of both is one JSON object: `{"now": "2026-11-23T10:15:00-07:00"}` comes in, `{"did": "took", …}` goes out.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import click
from redis.asyncio import Redis

from gateway.clock import ManualClock
from gateway.demo.back_end import BackEnd, Streams
from gateway.sandbox.script import Script

KEY_VARIABLE = "OSS_GATEWAY_BACK_END_KEY"
"""Environment variable that holds the bearer key: an argument could be read by everybody on the machine."""


@click.command()
@click.option("--gateway", required=True, help="Address of the gateway.")
@click.option("--redis", required=True, help="URL of its Redis.")
@click.option("--environment", required=True, help="Prefix of its streams.")
@click.option("--script", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--now", required=True, help="Where the contract's time stands, with offset.")
def main(gateway: str, redis: str, environment: str, script: Path, now: str) -> None:
    """Answer orders by SCRIPT until SIGTERM."""
    clock = ManualClock(datetime.fromisoformat(now))
    asyncio.run(_run(gateway, redis, Streams.of(environment), Script.read(script), clock))


async def _run(gateway: str, redis: str, streams: Streams, script: Script, clock: ManualClock) -> None:
    headers = {"Authorization": f"Bearer {os.environ[KEY_VARIABLE]}", "Accept": "application/json"}
    async with (
        aiohttp.ClientSession(gateway, headers=headers) as http,
        Redis.from_url(redis, decode_responses=True) as connection,
    ):
        await connection.ping()
        work = asyncio.create_task(BackEnd(connection, http, streams, script, clock, _say).run())
        time = asyncio.create_task(_hear_the_time(clock))
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, time.cancel)
        _say({"did": "start"})
        done, left = await asyncio.wait((work, time), return_when=asyncio.FIRST_COMPLETED)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        for task in done:
            if not task.cancelled():
                task.result()


async def _hear_the_time(clock: ManualClock) -> None:
    """Move `clock` as it is told; return when nobody is left to tell."""
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        clock.move_to(datetime.fromisoformat(json.loads(line)["now"]))


def _say(what: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
