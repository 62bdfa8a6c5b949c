"""The command `oss-gateway`: one file a group of commands, imported only when it is called."""

from importlib import import_module

import click

from gateway import __version__

_COMMANDS = {
    "audit": ("gateway.cli.audit", "audit"),
    "certification": ("gateway.cli.certification", "certification"),
    "clocks": ("gateway.cli.clocks", "clocks"),
    "compose": ("gateway.cli.compose", "compose"),
    "conformance": ("gateway.cli.conformance", "conformance"),
    "db": ("gateway.cli.db", "db"),
    "dead": ("gateway.cli.queue", "dead"),
    "demo": ("gateway.cli.demo", "demo"),
    "measures": ("gateway.cli.measures", "measures"),
    "partner": ("gateway.cli.partner", "partner"),
    "person": ("gateway.cli.person", "person"),
    "register": ("gateway.cli.register", "register"),
    "replay-outbox": ("gateway.cli.queue", "replay_outbox"),
    "report": ("gateway.cli.report", "report"),
    "retention": ("gateway.cli.retention", "retention"),
    "rules": ("gateway.cli.rules", "rules"),
    "serve": ("gateway.cli.serve", "serve"),
    "territory": ("gateway.cli.territory", "territory"),
    "simulate": ("gateway.cli.simulate", "simulate"),
    "validate": ("gateway.cli.validate", "validate"),
}


class _LazyGroup(click.Group):
    """Imports a command's module only when the command is called, so that small commands start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give all command names."""
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and give one command; None if there is none of that name."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, attribute = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="oss-gateway")
def main() -> None:
    """Take wholesale telecom orders (LSR, ASR, collocation) by the CLEC's own interconnection agreement.

    Exit status: 0 good, 1 the thing checked does not hold, 2 usage.
    """
