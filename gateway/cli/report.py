"""`oss-gateway report`: what is reported of a day or a month. Each kind of report adds its commands here."""

import click

from gateway.cli.report_daily import completion, loss


@click.group()
def report() -> None:
    """Reports: the loss and completion reports of a day."""


report.add_command(loss)
report.add_command(completion)
