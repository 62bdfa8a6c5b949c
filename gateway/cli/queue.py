"""`oss-gateway dead` and `oss-gateway replay-outbox`: they work beside a running gateway, on its record.

They need Redis for nothing: a row that is marked is sent by the relay of the running gateway within a second, or by the
next one that starts.
"""

import asyncio
import json
from typing import Any

import click

from gateway.app.commands import open_queue_at
from gateway.cli.options import plain_errors, settings_from, where
from gateway.queue.dead_list import DeadWork, dead_work
from gateway.settings import Settings


@click.group()
def dead() -> None:
    """Work that was given up."""


@dead.command("list")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 10_000), help="At most this many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@where
@plain_errors
def list_command(*, limit: int, as_json: bool, **place: Any) -> None:
    """Print every dead work item, the oldest first, with why it was given up."""
    for item in asyncio.run(_dead(settings_from(**place), limit)):
        click.echo(json.dumps(item.as_json()) if as_json else item.as_line())


async def _dead(settings: Settings, limit: int) -> list[DeadWork]:
    async with open_queue_at(settings) as queue:
        return await dead_work(queue.outbox, limit)


@dead.command()
@click.argument("work_ids", metavar="ID...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that are dead.")
@where
@plain_errors
def retry(*, work_ids: tuple[str, ...], everything: bool, **place: Any) -> None:
    """Have dead work items sent again. Exit status 1 if one that was named is not dead."""
    if everything == bool(work_ids):
        raise click.UsageError("give the ids of dead work items, or --all")
    again = asyncio.run(_retry(settings_from(**place), work_ids))
    click.echo(f"{again} sent again")
    if again < len(set(work_ids)):
        raise click.ClickException("not all of them were dead; see `oss-gateway dead list`")


async def _retry(settings: Settings, work_ids: tuple[str, ...]) -> int:
    async with open_queue_at(settings) as queue:
        return await queue.sweep.retry_dead(work_ids or None)


@click.command("replay-outbox")
@where
@plain_errors
def replay_outbox(**place: Any) -> None:
    """Have everything sent again that the back end has not confirmed, whether Redis still has it or not.

    Nothing depends on this command: what Redis lost is sent again without it. It is for a back end that lost work.
    """
    click.echo(f"{asyncio.run(_replay(settings_from(**place)))} sent again")


async def _replay(settings: Settings) -> int:
    async with open_queue_at(settings) as queue:
        return await queue.sweep.replay()
