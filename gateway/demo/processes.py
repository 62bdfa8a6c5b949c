"""The processes that a demo starts: each watched while it starts, and ended whatever happens."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import gateway
from gateway.embedded.parent_death import die_with_parent

_START_SECONDS: Final = 60.0
_STOP_SECONDS: Final = 15.0
_LAST_LINES: Final = 15
_SETTINGS_PREFIX: Final = "OSS_GATEWAY_"


class ProcessFailed(Exception):  # noqa: N818 - it says what is so
    """Raised when a process ends or keeps silent where it should say something; carries the end of its log."""


@dataclass(frozen=True, slots=True)
class Running:
    """A process that runs: what it is called, itself, and where its standard error goes."""

    name: str
    process: asyncio.subprocess.Process
    log: Path

    async def line(self, patience: float | None = _START_SECONDS) -> str:
        """Give the next line of its standard output.

        Raises:
            ProcessFailed: none came within `patience` seconds (None: for ever), or it has ended.
        """
        assert self.process.stdout is not None  # noqa: S101 - it was asked for when it was started
        try:
            line = await asyncio.wait_for(self.process.stdout.readline(), patience)
        except TimeoutError:
            raise ProcessFailed(f"the {self.name} said nothing for {patience:g} s:\n{self._last_words()}") from None
        if not line:
            raise ProcessFailed(f"the {self.name} ended by itself:\n{self._last_words()}")
        return line.decode().rstrip()

    def write(self, line: str) -> None:
        """Give it a line on its standard input; one that has ended hears nothing."""
        assert self.process.stdin is not None  # noqa: S101 - as above
        if not self.process.stdin.is_closing():
            self.process.stdin.write(f"{line}\n".encode())

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-_LAST_LINES:])


@asynccontextmanager
async def started(
    name: str, command: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> AsyncIterator[Running]:
    """Start `command` in `folder`, give it, and end it: SIGTERM, then wait.

    It gets none of the settings that the gateway reads from the environment, and finds no settings file, so that the
    demo is the same wherever it is played.
    """
    log = folder / f"{name.replace(' ', '-')}.log"
    with log.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
            cwd=folder,
            env={**_without_settings(), **environment},
            start_new_session=True,  # Ctrl-C comes to us alone, and we end the others in good order
            preexec_fn=die_with_parent(),
        )
    try:
        yield Running(name, process, log)
    finally:
        await _end(process)


def _without_settings() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(_SETTINGS_PREFIX)}
    # The package is found from another working directory too, installed or not.
    places = [str(Path(gateway.__file__).resolve().parent.parent), os.environ.get("PYTHONPATH", "")]
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, places))}


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), _STOP_SECONDS)
    except (TimeoutError, asyncio.CancelledError) as hurry:
        process.kill()
        await process.wait()
        if isinstance(hurry, asyncio.CancelledError):
            raise
