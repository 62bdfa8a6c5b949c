"""`oss-gateway demo`: six stories that a CLEC knows, played on the real gateway in a few seconds."""

import asyncio
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

import click

from gateway.demo.expectations import Outcome, results_as_json
from gateway.demo.teller import Teller

if TYPE_CHECKING:
    from gateway.demo.stories import Story

_ENDED_BY_SIGTERM: Final = 128 + signal.SIGTERM

_TITLE: Final = "oss-gateway demo: six stories between a CLEC and an ILEC"
_REAL: Final = (
    "Everything here is real: the gateway with its record and its queue, the XML, the agreement's rules and clocks, "
    "and a back end in a process of its own. Only the clock is moved by hand, so that weeks pass in seconds."
)
_LEGEND: Final = (
    "Each line has the local time of the agreement, who does what, and in [brackets] the clause that it rests on."
)
_NEXT: Final = (
    "Next: `oss-gateway serve` runs the gateway by itself; the README shows an order by curl. "
    "`oss-gateway demo --keep` leaves the record, for `oss-gateway report pid`."
)
_WIDEST: Final = 120
_NARROWEST: Final = 80


@click.command()
@click.option(
    "--json",
    "results_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the timelines and checks to this file.",
)
@click.option("--keep", is_flag=True, help="Keep the data folder to look at afterwards.")
def demo(results_file: Path | None, *, keep: bool) -> None:
    """Play six stories that a CLEC knows on the real gateway, and print a timeline with clauses.

    Nothing is needed and nothing is left behind. Exit status 1 if any story ends otherwise than it should.
    """
    teller = _teller()
    teller.opening(_TITLE, (_REAL, _LEGEND))
    teller.progress("loading")
    # What follows takes a second to import, and nobody should look at an empty screen meanwhile.
    from gateway.demo.play import shipped_script
    from gateway.demo.stories import STORIES

    perform(teller, shipped_script(), STORIES, results_file, keep=keep)


def perform(
    teller: Teller, script: Path, stories: Sequence["Story"], results_file: Path | None, *, keep: bool = False
) -> None:
    """Play `stories` with a back end that answers by `script`, and tell how they ended.

    Raises:
        SystemExit: with status 1, if any story ended otherwise than it should.
        click.ClickException: gateway or back end could not be started.
    """
    from gateway.cli.options import plain_errors

    data = Path(tempfile.mkdtemp(prefix="oss-gateway-demo-"))
    try:
        outcomes = plain_errors(_played)(data, teller, script, stories)
    finally:
        if not keep:
            shutil.rmtree(data, ignore_errors=True)
    if results_file is not None:
        results_file.write_text(json.dumps(results_as_json(outcomes), indent=2) + "\n", encoding="utf-8")
        teller.closing(f"Results are in {results_file}.")
    if keep:
        teller.closing(f"The record and the logs are kept in {data}")
        teller.closing(
            f"Their performance: oss-gateway report pid --month 2026-12 --format html --data {data} > pid.html"
        )
    teller.closing(_NEXT)
    if not all(outcome.good for outcome in outcomes):
        raise SystemExit(1)


def _teller() -> Teller:
    columns = shutil.get_terminal_size((_WIDEST, 24)).columns
    colour = False if "NO_COLOR" in os.environ else None  # None: on a terminal alone
    return Teller(lambda line: click.echo(line, color=colour), max(_NARROWEST, min(columns, _WIDEST)))


def _played(data: Path, teller: Teller, script: Path, stories: Sequence["Story"]) -> list[Outcome]:
    from gateway.demo.processes import ProcessFailed

    began = monotonic()
    try:
        outcomes = asyncio.run(_until_told_to_end(data, teller, script, stories))
    except ProcessFailed as failure:
        raise click.ClickException(str(failure)) from None
    except asyncio.CancelledError:
        raise SystemExit(_ENDED_BY_SIGTERM) from None
    lines = [line.at for outcome in outcomes for line in outcome.lines]
    days = (max(lines) - min(lines)).days if lines else 0
    teller.summary(outcomes, f"{days} days of contract time in {monotonic() - began:.1f} s.")
    return outcomes


async def _until_told_to_end(data: Path, teller: Teller, script: Path, stories: Sequence["Story"]) -> list[Outcome]:
    from gateway.demo.play import play

    playing = asyncio.current_task()
    assert playing is not None  # noqa: S101 - a coroutine runs in a task
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, playing.cancel)
    return await play(data, script, teller, stories)
