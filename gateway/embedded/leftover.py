"""Ends a server that an earlier gateway left behind on the same folder, so that no two ever write the same files."""

import asyncio
import os
import signal
from contextlib import suppress
from pathlib import Path

import structlog

log = structlog.get_logger("gateway.embedded")


async def end_leftover(pid_file: Path, socket: Path, seconds: float) -> None:
    """End the server that listens on `socket`, in good order if it manages within `seconds`, else by its pid file.

    Call it with the folder locked: then nobody needs that server any more.
    """
    await _ask_to_end(socket, seconds)
    pid = _pid_of(pid_file)  # a server that is on its way out listens no more but still writes; its pid file goes last
    if pid is not None and _serves(pid, socket):
        await _until_gone(pid, seconds)


async def _ask_to_end(socket: Path, seconds: float) -> None:
    try:
        reader, writer = await asyncio.open_unix_connection(str(socket))
    except OSError:
        return
    log.warning("ending a server that was left over", socket=str(socket))
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(seconds):
            writer.write(b"SHUTDOWN\r\n")
            await reader.read()
    writer.close()


def _pid_of(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text("ascii"))
    except (OSError, ValueError):
        return None


def _serves(pid: int, socket: Path) -> bool:
    """Whether process `pid` is the server of `socket`: pids are used again, and others are not ours to end."""
    try:
        return os.fsencode(socket) in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


async def _until_gone(pid: int, seconds: float) -> None:
    """Return when a process that is not our child has ended; it is killed if it has not within `seconds`."""
    with suppress(ProcessLookupError):
        handle = os.pidfd_open(pid)
        gone = asyncio.Event()
        asyncio.get_running_loop().add_reader(handle, gone.set)
        try:
            async with asyncio.timeout(seconds):
                await gone.wait()
        except TimeoutError:
            os.kill(pid, signal.SIGKILL)
            await gone.wait()
        finally:
            asyncio.get_running_loop().remove_reader(handle)
            os.close(handle)
