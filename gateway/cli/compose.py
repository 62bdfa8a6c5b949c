"""`oss-gateway compose`: field=value text to the XML of the release."""

import sys
from typing import TextIO

import click

from validators.messages.compose import ComposeError
from validators.messages.compose import compose as compose_order


@click.command()
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option(
    "--set", "sets", metavar="FORM.FIELD=VALUE", multiple=True, help="Put a value in; an empty one is allowed."
)
@click.option(
    "--drop", "drops", metavar="FORM.FIELD", multiple=True, help="Take a field, a form or a detail (LS[2]) out."
)
def compose(file: TextIO, sets: tuple[str, ...], drops: tuple[str, ...]) -> None:
    """Print the XML document of the order that FILE holds as lines of FORM.FIELD=VALUE; `-` reads standard input.

    A field of a service detail without a number, such as LS.CFA, means that field in every detail. Drops come after
    sets. The values are not judged: `oss-gateway validate` does that.
    """
    for pair in sets:
        if "=" not in pair:
            raise click.BadParameter(f"{pair!r} has no '=': write FORM.FIELD=VALUE", param_hint="--set")
    values = {name: value for name, _, value in (pair.partition("=") for pair in sets)}
    try:
        document = compose_order(_text(file), values, drops)
    except ComposeError as error:
        click.echo("\n".join(error.errors), err=True)
        sys.exit(2)
    click.echo(document, nl=False)


def _text(file: TextIO) -> str:
    try:
        return file.read()
    except UnicodeDecodeError:
        raise click.BadParameter("the text is not UTF-8", param_hint="FILE") from None
