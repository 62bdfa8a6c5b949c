"""`oss-gateway simulate`: a CLEC and a back end from a seed, for demonstrations, load and test environments."""

import asyncio
from collections import Counter
from collections.abc import Callable
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import click

from gateway.app.storage import system_clock
from gateway.cli.options import plain_errors

if TYPE_CHECKING:
    import aiohttp

    from gateway.simulation.back_end import Decided
    from gateway.simulation.clec import Tally

_TARGET = click.option("--target", default="http://127.0.0.1:8080", show_default=True, help="The gateway's address.")
_SEED = click.option("--seed", type=int, default=1, show_default=True, help="The same seed does the same again.")
_FAMILIES = ("lsr", "asr", "collocation")
_FAMILY = click.option(
    "--family", "families", multiple=True, type=click.Choice(_FAMILIES), default=_FAMILIES, help="Of all, if not given."
)
_EVERY = 50
"""Answers from one line of progress to the next."""


@click.group()
def simulate() -> None:
    """Simulated parties; everything they do is bounded and follows from a seed."""


@simulate.command()
@_TARGET
@click.option("--key", required=True, envvar="OSS_GATEWAY_SIMULATE_KEY", help="The CLEC's key.")
@click.option("--orders", type=click.IntRange(1, 100_000), default=100, show_default=True, help="Orders to place.")
@click.option("--at-once", type=click.IntRange(1, 256), default=8, show_default=True, help="Orders under way at once.")
@click.option("--pon", default="SIM", show_default=True, help="What PONs begin with, as a test account; 7 characters.")
@click.option(
    "--run", help="Four characters that follow in each PON; by chance if not given, so that no PON comes twice."
)
@click.option("--ccna", help="The partner's CCNA, if it is not that of the texts.")
@click.option("--cc", help="The partner's company code, likewise.")
@click.option(
    "--wait",
    type=click.FloatRange(0, 600),
    default=0,
    show_default=True,
    help="Seconds without a notice until it ends.",
)
@_FAMILY
@_SEED
@plain_errors
def clec(target: str, key: str, **options: Any) -> None:
    """Order as a CLEC does: loops, ports, trunks, transport and collocation, with what happens to such orders.

    There are supplements, cancellations, repeats and mistakes among them. The mix stands in
    `config/simulation/mix.yaml`. Then the mailbox is read, every notice acknowledged, and a quotation or a deficiency
    answered; with `--wait` until no more notices come, so that `simulate back-end` beside it plays whole lives with it.
    In a test environment orders are dated by the partner's own clock there.
    """
    if len(options["pon"]) > 7:
        raise click.BadParameter("a PON has 16 characters; 7 of them are yours", param_hint="--pon")
    if options["run"] and (len(options["run"]) > 4 or not options["run"].isalnum()):
        raise click.BadParameter("up to four letters and digits", param_hint="--run")
    tally = asyncio.run(_clec(target, key, options))
    _told("answers", tally.answers)
    _told("notices", tally.notices)
    click.echo(f"{tally.orders} orders, {tally.sent} messages")


async def _clec(target: str, key: str, options: dict[str, Any]) -> "Tally":
    from gateway.simulation.clec import SimulatedClec, TargetFailed, pons
    from gateway.simulation.mix import Mix, Requests
    from validators.bundled import bundled_path
    from validators.schema import Schemas

    config = bundled_path("config")
    codes = {"CCNA": options["ccna"], "CC": options["cc"]}
    given = {field: code for field, code in codes.items() if code}
    mix = Mix.read(config / "simulation" / "mix.yaml").of_families(options["families"])
    requests = Requests(mix, config, Schemas(), options["seed"], given)
    progress = _progress("messages answered")
    async with _session(target, key) as http:
        now = await _time_at(http)
        party = SimulatedClec(http, requests, lambda: now, lambda tally: progress(tally.sent))
        try:
            run = (options["run"] or token_hex(2)).upper()
            await party.order(pons(options["pon"].upper(), run, options["orders"]), options["at_once"])
            await party.follow(options["wait"])
        except* TargetFailed as failed:
            raise click.ClickException(str(failed.exceptions[0])) from None
    return party.tally


async def _time_at(http: "aiohttp.ClientSession") -> Any:
    """Give the partner's time in a test environment, else the present."""
    from datetime import datetime

    async with http.get("/v1/sandbox/clock") as reply:
        if reply.status != 200:
            return system_clock().now()
        return datetime.fromisoformat((await reply.json())["now"])


@simulate.command("back-end")
@_TARGET
@click.option("--key", required=True, envvar="OSS_GATEWAY_SIMULATE_BACKEND_KEY", help="The back end's key.")
@click.option("--complete", is_flag=True, help="Complete and bill what is confirmed, on its due date.")
@_FAMILY
@click.option(
    "--idle", type=click.FloatRange(0.5, 600), default=5, show_default=True, help="Seconds without work until it ends."
)
@_SEED
@plain_errors
def back_end(target: str, key: str, **options: Any) -> None:
    """Work as a back end does: of 100 orders 8 are rejected, 7 in jeopardy, 5 not answered, the rest confirmed.

    Applications for collocation are quoted, some of them denied; with `--complete` what the CLEC accepts is built.
    """
    decided = asyncio.run(_back_end(target, key, options))
    _told("decisions", decided.decisions)
    _told("refused", decided.refused)
    click.echo(f"{decided.work} work items")


async def _back_end(target: str, key: str, options: dict[str, Any]) -> "Decided":
    from gateway.simulation.back_end import SimulatedBackEnd
    from gateway.simulation.clec import TargetFailed

    progress = _progress("work items done")
    async with _session(target, key) as http:
        party = SimulatedBackEnd(
            http,
            options["families"],
            options["seed"],
            completes=options["complete"],
            tell=lambda decided: progress(decided.work),
        )
        try:
            await party.run(options["idle"])
        except TargetFailed as failed:
            raise click.ClickException(str(failed)) from None
    return party.decided


def _session(target: str, key: str) -> "aiohttp.ClientSession":
    import aiohttp

    headers = {"Authorization": f"Bearer {key}", "Accept": "application/json"}
    return aiohttp.ClientSession(target, headers=headers, timeout=aiohttp.ClientTimeout(total=60))


def _progress(what: str) -> Callable[[int], None]:
    def tell(count: int) -> None:
        if count % _EVERY == 0:
            click.echo(f"{count} {what}", err=True)

    return tell


def _told(what: str, counts: Counter[str]) -> None:
    for name, count in sorted(counts.items()):
        click.echo(f"{what}: {count} {name}")
