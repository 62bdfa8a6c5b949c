"""`oss-gateway conformance prepare`: the CLECs that scenarios need, put on the record of a gateway of one's own."""

import asyncio
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from getpass import getuser
from pathlib import Path
from typing import Any

import click

from gateway.app.commands import open_partner_files, open_partners
from gateway.cli.options import plain_errors, settings_from, where
from gateway.conformance.casting import Actor, Cast, cast_of
from gateway.conformance.port import OWN
from gateway.conformance.reading import ScenarioError, ScenarioReader
from gateway.conformance.scenario import USUAL_AGREEMENT
from gateway.record.rows import Role
from gateway.settings import Settings
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.rules.catalogue import read_catalogue
from validators.schema import Schemas

_USUAL = "conformance"
_LONG_AGO = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Issued:
    """The keys of those who were added: by name, and of those that stand apart."""

    named: Mapping[str, str]
    apart: Sequence[str]
    backend: str
    operations: str


@click.command()
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="SCENARIO…")
@where
@plain_errors
def prepare(scenarios: tuple[Path, ...], **place: Any) -> None:
    """Add the CLECs that the scenario files need to a gateway's record, and print their keys for `conformance run`.

    The lines are for a shell: eval "$(oss-gateway conformance prepare tests/scenarios --data FOLDER)".
    The record should be a new one.
    """
    settings = settings_from(**place)
    agreements = load_agreements(bundled_path("config") / "agreements")
    reader = ScenarioReader(agreements, read_catalogue(bundled_path("config") / "catalogue"), Schemas())
    try:
        found = reader.read_all(scenarios)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None
    issued = asyncio.run(put_on_record(settings, cast_of(ready.scenario for ready in found)))
    for name, value in _variables(issued):
        click.echo(f"export OSS_GATEWAY_CONFORMANCE_{name}={shlex.quote(value)}")


async def put_on_record(settings: Settings, cast: Cast) -> Issued:
    """Add the CLECs of `cast`, with a key each, and keys of the back end and of operations.

    Raises:
        AlreadyExists: a partner of that id is there.
        RecordUnavailable: not all is on record.
    """
    ids = {name: _USUAL if name == OWN else name for name in cast.named}
    async with open_partners(settings) as (_, partners):

        async def key_of(partner_id: str, actor: Actor) -> str:
            await partners.add(partner_id, partner_id, actor.agreement, ccna=list(actor.ccna), cc=list(actor.cc))
            return await partners.issue_key(Role.CLEC, partner_id, _USUAL)

        named = {name: await key_of(ids[name], actor) for name, actor in cast.named.items()}
        usual = Actor(USUAL_AGREEMENT)
        apart = [await key_of(f"{_USUAL}-apart-{number}", usual) for number in range(cast.apart)]
        backend = await partners.issue_key(Role.BACKEND, None, _USUAL)
        operations = await partners.issue_key(Role.OPERATIONS, None, _USUAL)
    async with open_partner_files(settings) as files:
        for name, actor in cast.named.items():
            if actor.onboarded and (await files.of(ids[name])).tracked:
                await files.all_done(ids[name], _LONG_AGO, f"cli:{getuser()}")
    return Issued(named, apart, backend, operations)


def _variables(issued: Issued) -> Iterator[tuple[str, str]]:
    keys = [f"{name}={key}" if name else key for name, key in issued.named.items()]
    yield "KEYS", " ".join(keys)
    if issued.apart:
        yield "APART_KEYS", " ".join(issued.apart)
    yield "BACKEND_KEY", issued.backend
    yield "OPERATIONS_KEY", issued.operations
