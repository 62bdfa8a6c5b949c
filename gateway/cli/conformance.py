"""`oss-gateway conformance`: play scenarios of the agreement against this gateway, or against one at a URL."""

import asyncio
import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gateway.cli.conformance_prepare import prepare
from gateway.cli.options import plain_errors

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from gateway.conformance.over_http import Keys
    from gateway.conformance.port import GatewayUnderTest
    from gateway.conformance.reading import ReadyScenario
    from gateway.conformance.results import Run, ScenarioResult
    from gateway.conformance.runner import Choice
    from validators.judge import Judge
    from validators.rules.catalogue import Entry


_TO_WRITE = click.Path(dir_okay=False, writable=True, path_type=Path)


def _in_a_folder(context: click.Context, option: click.Parameter, file: Path | None) -> Path | None:
    """Refuse a file whose folder is not there, before anything is played."""
    if file is not None and not file.parent.is_dir():
        raise click.BadParameter(f"there is no folder {file.parent}; make it first", context, option)
    return file


@click.group()
def conformance() -> None:
    """Whether a gateway does what the agreement says, shown by scenarios."""


@conformance.command()
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="SCENARIO…")
@click.option("--target", metavar="URL", help="A running gateway; without it the gateway is run in this process.")
@click.option(
    "--key",
    "keys",
    metavar="[NAME=]KEY",
    multiple=True,
    envvar="OSS_GATEWAY_CONFORMANCE_KEYS",
    help="A CLEC's key at the target. NAME: who, in `others` of scenarios; or the agreement, if not the usual one.",
)
@click.option(
    "--apart-key",
    "apart",
    metavar="KEY",
    multiple=True,
    envvar="OSS_GATEWAY_CONFORMANCE_APART_KEYS",
    help="Key of a further CLEC like the usual one, for one collocation scenario: one decides about the next.",
)
@click.option("--backend-key", envvar="OSS_GATEWAY_CONFORMANCE_BACKEND_KEY", help="The back end's key at the target.")
@click.option(
    "--operations-key",
    envvar="OSS_GATEWAY_CONFORMANCE_OPERATIONS_KEY",
    help="Operations' key: it moves the target's clock (in sate each CLEC moves its own) and fills registers.",
)
@click.option(
    "--database", metavar="URL", help="Database of the gateway in this process; a new SQLite file without it."
)
@click.option("--family", "families", multiple=True, metavar="NAME", help="Only scenarios of this message family.")
@click.option("--product", "products", multiple=True, metavar="ID", help="Only scenarios that order this product.")
@click.option("--section", "sections", multiple=True, metavar="SECTION", help="Only scenarios of this section.")
@click.option(
    "--release", "releases", multiple=True, metavar="NAME", help="Only scenarios under agreements of this release."
)
@click.option("--junit", type=_TO_WRITE, callback=_in_a_folder, help="Write the results as JUnit XML.")
@click.option("--html", type=_TO_WRITE, callback=_in_a_folder, help="Write a report for people.")
@plain_errors
def run(
    scenarios: tuple[Path, ...],
    target: str | None,
    database: str | None,
    junit: Path | None,
    html: Path | None,
    **options: Any,
) -> None:
    """Play the scenario files SCENARIO, and those in the folders among them, and compare what comes with what must.

    Exit status: 0 all hold, 1 a scenario does not hold or was not played to its end, 2 a file or option is wrong.
    """
    if target is not None and database is not None:
        raise click.UsageError("--database is for the gateway in this process; --target has its own")
    _check_database(database)
    from gateway.conformance.in_process import open_in_process
    from gateway.conformance.over_http import open_over_http
    from gateway.conformance.runner import Choice
    from validators.bundled import bundled_path
    from validators.rules.catalogue import read_catalogue

    _quiet()
    judge, catalogue = _judge(), read_catalogue(bundled_path("config") / "catalogue")
    of_release = [name for name, one in judge.agreements.items() if one.release in options["releases"]]
    agreements = of_release if options["releases"] else None
    choice = Choice(options["families"], options["products"], options["sections"], agreements)
    chosen = _read(judge, catalogue, scenarios, choice)
    opened: AbstractAsyncContextManager[GatewayUnderTest] = (
        open_in_process(judge, database) if target is None else open_over_http(target, _keys(options), len(chosen))
    )
    result = asyncio.run(_run(chosen, judge, opened))
    _write(result, catalogue, junit, html)
    sys.exit(0 if result.good else 1)


conformance.add_command(prepare)


@conformance.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from gateway.conformance.json_schema import scenario_schema

    click.echo(scenario_schema(), nl=False)


def _check_database(url: str | None) -> None:
    from gateway.record.engine import database_url

    if url is None:
        return
    try:
        database_url(url)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--database") from None


def _quiet() -> None:
    """Keep what the gateway logs of refusals, which scenarios provoke on purpose, out of the output."""
    import structlog

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _judge() -> "Judge":
    from validators.agreement.load import load_agreements
    from validators.bundled import bundled_path
    from validators.judge import Judge
    from validators.rules import rule_book
    from validators.schema import Schemas

    return Judge(Schemas(), load_agreements(bundled_path("config") / "agreements"), rule_book())


def _read(
    judge: "Judge", catalogue: "tuple[Entry, ...]", paths: tuple[Path, ...], choice: "Choice"
) -> "list[ReadyScenario]":
    from gateway.conformance.reading import ScenarioError, ScenarioReader
    from validators.schema import Schemas

    reader = ScenarioReader(judge.agreements, catalogue, Schemas())
    try:
        found = [ready for ready in reader.read_all(paths) if choice.takes(ready)]
    except ScenarioError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    if not found:
        raise click.UsageError("no scenario is of that family, product, section and release")
    return found


def _keys(options: Mapping[str, Any]) -> "Keys":
    """Give the keys by whom they are for: `--key NAME=KEY` is that of a partner, `--key KEY` that of the usual one."""
    from gateway.conformance.over_http import Keys

    clec: dict[str, str] = {}
    for given in options["keys"]:
        name, _, key = given.rpartition("=")
        clec[name] = key
    return Keys(clec, options["backend_key"], options["operations_key"], options["apart"])


async def _run(
    scenarios: "list[ReadyScenario]", judge: "Judge", opened: "AbstractAsyncContextManager[GatewayUnderTest]"
) -> "Run":
    from gateway.conformance.runner import run as run_scenarios
    from gateway.conformance.telling import result_lines, summary

    ended: list[ScenarioResult] = []

    def tell(result: "ScenarioResult") -> None:
        ended.append(result)
        for line in result_lines(result, len(ended), len(scenarios)):
            click.echo(line)

    async with opened as gateway:
        result = await run_scenarios(scenarios, gateway, judge.agreements, tell)
    click.echo(summary(result))
    return result


def _write(result: "Run", catalogue: "tuple[Entry, ...]", junit: Path | None, html: Path | None) -> None:
    from gateway.conformance.html_report import html_report
    from gateway.conformance.junit import junit_xml

    if junit is not None:
        junit.write_bytes(junit_xml(result))
    if html is not None:
        html.write_text(html_report(result, catalogue), encoding="utf-8")
