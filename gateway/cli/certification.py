"""`oss-gateway certification`: what a partner has shown in the test environment, and its grant in production."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import yaml

from gateway.app.commands import open_certifying, open_examination
from gateway.app.storage import system_clock
from gateway.cli.options import plain_errors, settings_from, where
from gateway.record.registers import RegisterRow
from gateway.settings import Settings
from validators.registers.certifications import CERTIFICATIONS
from validators.registers.given import GivenEntry

if TYPE_CHECKING:
    from gateway.sandbox.examination import Result

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def certification() -> None:
    """Certification of partners' systems (12.2.9): shown in the test environment, granted in production."""


@certification.command()
@click.argument("partner_id", metavar="PARTNER")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write the certificate as a page.")
@click.option("--grants", type=click.Path(dir_okay=False, path_type=Path), help="Write what is passed for `grant`.")
@click.option("--day", type=_DAY, help="Day of the certificate; today without it.")
@where
@plain_errors
def show(partner_id: str, html: Path | None, grants: Path | None, day: datetime | None, **place: Any) -> None:
    """Print what a partner has passed in the test environment; run it there (--environment sate)."""
    from gateway.sandbox.certificate import certificate_page
    from gateway.sandbox.examination import certifications

    on = (day or system_clock().now()).date()
    release, results = asyncio.run(_results(settings_from(**place), partner_id))
    for result in results:
        if result.begun:
            done = sum(shown is not None for _, shown in result.cases)
            state = "passed" if result.passed else "begun"
            click.echo(f"{state:7} {result.suite.id} {result.product}  {done} of {len(result.cases)} cases")
    if html is not None:
        html.write_text(certificate_page(partner_id, release, on, results), encoding="utf-8")
    if grants is not None:
        began = min((result.began_on for result in results if result.begun), default=on)
        content = {"testing_began": began, "entries": certifications(results, partner_id, release, on)}
        grants.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")


async def _results(settings: Settings, partner_id: str) -> "tuple[str, list[Result]]":
    async with open_examination(settings) as examination:
        return examination.suites.release, await examination.results(partner_id)


@certification.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", default=lambda: f"cli:{getuser()}", show_default="cli: and your user", help="Who grants it.")
@where
@plain_errors
def grant(file: Path, by: str, **place: Any) -> None:
    """Put the certifications of FILE (`show --grants`) on record in production, or none of them if one is barred.

    A certification that came too late for its release is refused with the section that says so (12.2.9.6.1).
    """
    from gateway.cli.register_file import FileInvalid, read_entries

    try:
        given = [entry for entry in read_entries(file) if entry.register is CERTIFICATIONS]
    except FileInvalid as invalid:
        for problem in invalid.problems:
            click.echo(str(problem), err=True)
        raise click.exceptions.Exit(1) from None
    began = yaml.safe_load(file.read_text(encoding="utf-8")).get("testing_began")
    rows = asyncio.run(_grant(settings_from(**place), given, began, by))
    click.echo(f"{len(rows)} certifications")


async def _grant(settings: Settings, given: Sequence[GivenEntry], began: date | None, by: str) -> list[RegisterRow]:
    async with open_certifying(settings) as certifying:
        return await certifying.grant(given, began, by)
