"""`oss-gateway demo`: six stories that a CLEC knows, played on the real gateway in a few seconds."""

import asyncio
import json
import os
import shutil
import signal
import tempfile
from pathlib import Path
from time import monotonic
from typing import Final

import click

from gateway.cli.options import plain_errors
from gateway.demo.expectations import Outcome, results_as_json
from gateway.demo.play import play, shipped_script
from gateway.demo.processes import ProcessFailed
from gateway.demo.teller import Teller

_ENDED_BY_SIGTERM: Final = 128 + signal.SIGTERM

_TITLE: Final = "oss-gateway demo: six stories between a CLEC and an ILEC"
_REAL: Final = (
    "Everything here is real: the gateway with its record and its queue, the XML, the agreement's rules and clocks, "
    "and a back end in a process of its own. Only the clock is moved by hand, so that weeks pass in seconds."
)
_LEGEND: Final = (
    "Each line has the local time of the agreement, who does what, and in [brackets] the clause that it rests on."
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
@plain_errors
def demo(results_file: Path | None, *, keep: bool) -> None:
    """Play six stories that a CLEC knows on the real gateway, and print a timeline with clauses.

    Nothing is needed and nothing is left behind. Exit status 1 if any story ends otherwise than it should.
    """
    columns = shutil.get_terminal_size((_WIDEST, 24)).columns
    colour = False if "NO_COLOR" in os.environ else None  # None: on a terminal alone
    teller = Teller(lambda line: click.echo(line, color=colour), max(_NARROWEST, min(columns, _WIDEST)))
    teller.opening(_TITLE, (_REAL, _LEGEND))
    data = Path(tempfile.mkdtemp(prefix="oss-gateway-demo-"))
    try:
        outcomes = _played(data, teller)
    finally:
        if not keep:
            shutil.rmtree(data, ignore_errors=True)
    if results_file is not None:
        results_file.write_text(json.dumps(results_as_json(outcomes), indent=2) + "\n", encoding="utf-8")
        teller.closing((f"Results are in {results_file}.",))
    teller.closing(_after(data) if keep else _NEXT)
    if not all(outcome.good for outcome in outcomes):
        raise SystemExit(1)


def _played(data: Path, teller: Teller) -> list[Outcome]:
    began = monotonic()
    try:
        outcomes = asyncio.run(_until_told_to_end(data, teller))
    except ProcessFailed as failure:
        raise click.ClickException(str(failure)) from None
    except asyncio.CancelledError:
        raise SystemExit(_ENDED_BY_SIGTERM) from None
    lines = [line.at for outcome in outcomes for line in outcome.lines]
    days = (max(lines) - min(lines)).days if lines else 0
    teller.summary(outcomes, f"{days} days of contract time in {monotonic() - began:.1f} s.")
    return outcomes


async def _until_told_to_end(data: Path, teller: Teller) -> list[Outcome]:
    playing = asyncio.current_task()
    assert playing is not None  # noqa: S101 - a coroutine runs in a task
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, playing.cancel)
    return await play(data, shipped_script(), teller)


_NEXT: Final = ("Next: `oss-gateway serve` runs the gateway by itself; the README shows an order by curl.",)


def _after(data: Path) -> tuple[str, ...]:
    return (
        f"The data is kept in {data}; look at it with",
        f"  oss-gateway serve --environment demo --data {data}",
    )
