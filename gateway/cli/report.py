"""`oss-gateway report`: what is reported of a day or a month. Each kind of report adds its commands here."""

import click

from gateway.cli.report_daily import completion, loss
from gateway.cli.report_monthly import pap, pid


@click.group()
def report() -> None:
    """Reports: losses and completions of a day, performance of a month."""


report.add_command(loss)
report.add_command(completion)
report.add_command(pid)
report.add_command(pap)
