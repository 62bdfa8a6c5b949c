"""`oss-gateway territory`: the ILEC's reference data as CSV files."""

import shutil
from pathlib import Path

import click

from gateway.cli.options import plain_errors
from gateway.preorder.invented import SEED, write_territory
from gateway.preorder.territory_files import TerritoryWrong, read_files
from gateway.preorder.territory_rows import ROWS, Files

_FOLDER = click.Path(path_type=Path, file_okay=False)
_SOURCE = click.Path(path_type=Path, file_okay=False, exists=True)


@click.group()
def territory() -> None:
    """The ILEC's reference data: addresses, loops, numbers, facilities, codes, accounts."""


@territory.command()
@click.argument("folder", type=_SOURCE)
def check(folder: Path) -> None:
    """Check the files of FOLDER, and print every line that is wrong. Exit status 1 if there is one."""
    files = _read(folder)
    counts = ", ".join(f"{len(getattr(files, name))} {name}" for name in ("wire_centers", "addresses", "loops"))
    click.echo(f"{counts}: good")


@territory.command()
@click.argument("source", type=_SOURCE)
@click.argument("folder", type=_FOLDER)
@plain_errors
def load(source: Path, folder: Path) -> None:
    """Check the files of SOURCE and put them into FOLDER, which the setting `territory` names; all of them, or none."""
    _read(source)
    fresh, old = folder.with_name(f"{folder.name}.new"), folder.with_name(f"{folder.name}.old")
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in ROWS:
        shutil.copy(source / f"{name}.csv", fresh)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    click.echo(f"loaded {len(ROWS)} files into {folder}; a gateway takes them when it starts")


@territory.command()
@click.argument("folder", type=_FOLDER)
@click.option("--seed", default=SEED, show_default=True, help="The same seed gives the same files.")
@plain_errors
def make(folder: Path, seed: int) -> None:
    """Write the fictional territory into FOLDER."""
    write_territory(folder, seed)
    click.echo(f"wrote {len(ROWS)} files to {folder}")


def _read(folder: Path) -> Files:
    try:
        return read_files(folder)
    except TerritoryWrong as wrong:
        for error in wrong.errors:
            click.echo(str(error))
        raise click.ClickException(f"{len(wrong.errors)} wrong in {folder}") from None
