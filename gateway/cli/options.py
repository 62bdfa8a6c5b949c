"""Options that several commands share, and the settings that they make."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError

from gateway.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

_WHERE = (
    click.option("--environment", help="Prefix of the Redis stream names."),
    click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder of the embedded servers."),
    click.option(
        "--database", metavar="URL", help="postgresql://USER@HOST/NAME; without it SQLite in the data folder."
    ),
    click.option("--redis", metavar="URL", help="redis://HOST:PORT/0; without it a private server is started."),
)


def where(command: Command) -> Command:
    """Give a command the options that say where record and queue are."""
    for option in reversed(_WHERE):
        command = option(command)
    return command


def settings_from(**given: Any) -> Settings:
    """Make the settings from the options that were given, the environment and the file.

    Raises:
        click.UsageError: a setting is wrong; each is named with what is wrong.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors())
        raise click.UsageError(wrong) from None


def plain_errors(command: Command) -> Command:
    """Have the errors that a user can cure end a command with one line and status 1, not with a trace."""
    from gateway.embedded import EmbeddedFailed, FolderInUse
    from gateway.preorder.territory_files import TerritoryWrong
    from gateway.record.port import RecordUnavailable
    from gateway.record.schema import SchemaOutdated
    from gateway.reports.pid.stored import StoredReportWrong
    from gateway.reports.terms_source import TermsError
    from gateway.services.refusals import Refused
    from validators.agreement.load import AgreementError

    curable = (
        RecordUnavailable,
        SchemaOutdated,
        AgreementError,
        EmbeddedFailed,
        FolderInUse,
        Refused,
        StoredReportWrong,
        TermsError,
        TerritoryWrong,
        OSError,
    )

    @wraps(command)
    def explained(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except curable as error:
            raise click.ClickException(str(error) or repr(error)) from None

    return explained  # type: ignore[return-value] # wraps keeps the signature
