"""A child process that serves on the loopback or a unix socket: started, watched, stopped or killed by its own id."""

import os
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from gateway.embedded.parent_death import die_with_parent


class ChildFailedError(Exception):
    """Raised when a child ended, or did not get ready, before it was told to end."""


class Child:
    """One child process; its output goes to a log file beside its data."""

    def __init__(
        self,
        command: Sequence[str],
        log: Path,
        *,
        environment: Mapping[str, str] | None = None,
        user: str | None = None,
    ) -> None:
        self.log = log
        self._name = Path(command[0]).name
        with log.open("ab") as output:
            # Nothing may outlive a run that breaks off.
            self._process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(environment or {})},
                user=user,
                preexec_fn=die_with_parent(),  # noqa: PLW1509 - one call of the C library, from the only thread
            )
        self._watched = psutil.Process(self._process.pid)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def must_run(self) -> None:
        """Do nothing while it runs.

        Raises:
            ChildFailedError: it has ended; the message has the end of its log.
        """
        if not self.runs:
            raise ChildFailedError(f"{self._name} ended by itself:\n{self.last_words()}")

    def cpu_seconds(self) -> float:
        """Give the processor time that it and its own children have used so far."""
        total = 0.0
        for process in (self._watched, *self._watched.children(recursive=True)):
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system
        return total

    def rss_megabytes(self) -> float:
        """Give the resident memory of the process itself."""
        return float(self._watched.memory_info().rss) / 1e6

    def kill(self) -> None:
        """End it as a power cut would: SIGKILL, nothing is flushed or said."""
        self._process.kill()
        self._process.wait()

    def stop(self, sent: signal.Signals = signal.SIGTERM, patience: float = 30) -> int:
        """Ask it to end and give its exit status.

        Raises:
            ChildFailedError: it did not end in time, and was killed.
        """
        if self.runs:
            self._process.send_signal(sent)
        try:
            return self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            raise ChildFailedError(f"{self._name} did not stop in {patience:g} s:\n{self.last_words()}") from None

    def wait(self, patience: float) -> int:
        """Give the exit status of one that ends by itself.

        Raises:
            ChildFailedError: it did not end in time, and was killed.
        """
        try:
            return self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            raise ChildFailedError(f"{self._name} did not end in {patience:g} s:\n{self.last_words()}") from None

    def last_words(self, lines: int = 15) -> str:
        """Give the end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def free_port() -> int:
    """Give a port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
