"""The drop folder: batch files that partners put down by SFTP, and the response files that they take away.

Below the folder each partner has one of its own, by its id: it puts files into `in`; a file that was recorded moves to
`taken`; its response file appears in `out` once every request was processed, and the file itself moves to `done`. It
counts as put down when its size has not changed between two looks; names that end in `.part`, `.tmp` or `.filepart`, or
begin with a point, are left alone.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import structlog

from gateway.clock import Clock
from gateway.record.batches import BatchState
from gateway.record.port import RecordUnavailable
from gateway.services.batches import Batches
from gateway.services.refusals import NotFound

_UNFINISHED: Final = (".part", ".tmp", ".filepart")
_LOOK_EVERY: Final = timedelta(seconds=2)

log = structlog.get_logger("gateway.drop_folder")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it was seen: size and time of its last change."""

    size: int
    changed_ns: int


class DropFolder:
    """Watches one folder."""

    def __init__(self, folder: Path, batches: Batches, machine: Clock, most_bytes: int) -> None:
        self._folder = folder
        self._batches = batches
        self._machine = machine
        self._most_bytes = most_bytes
        self._seen: dict[Path, _Seen] = {}

    async def run(self) -> None:
        """Look every two seconds until cancelled; a folder or database that is away is waited for."""
        while True:
            try:
                await self.look()
            except (OSError, RecordUnavailable) as error:
                log.warning("drop folder waits", error=str(error))
            await self._machine.wait_until(self._machine.now() + _LOOK_EVERY)

    async def look(self) -> None:
        """Take what was put down since the last look, and answer what was processed."""
        for partner in sorted(path for path in self._folder.iterdir() if path.is_dir()):
            for file in await asyncio.to_thread(self._put_down, partner / "in"):
                await self._take(partner, file)
            for file in sorted((partner / "taken").glob("bat_*")):
                await self._answer(partner, file)

    def _put_down(self, folder: Path) -> list[Path]:
        if not folder.is_dir():
            return []
        before, self._seen = self._seen, {path: seen for path, seen in self._seen.items() if path.parent != folder}
        ready = []
        for path in sorted(folder.iterdir()):
            if path.name.startswith(".") or path.name.endswith(_UNFINISHED) or not path.is_file():
                continue
            stat = path.stat()
            self._seen[path] = _Seen(stat.st_size, stat.st_mtime_ns)
            if before.get(path) == self._seen[path]:
                ready.append(path)
        return ready

    async def _take(self, partner: Path, file: Path) -> None:
        if self._seen[file].size > self._most_bytes:
            log.error("a file is larger than a batch may be", file=file.name, partner=partner.name)
            return
        body = await asyncio.to_thread(file.read_bytes)
        try:
            batch = await self._batches.receive(partner.name, body, file.name)
        except NotFound as stranger:
            log.warning("a folder is of no partner", partner=partner.name, error=str(stranger))
            return
        # Recorded, so it may leave: had the gateway stopped before this, the same file would be the same batch again.
        await asyncio.to_thread(_move, file, partner / "taken" / f"{batch.id}.{file.name}")

    async def _answer(self, partner: Path, file: Path) -> None:
        batch_id, _, name = file.name.partition(".")
        progress = await self._batches.progress(partner.name, batch_id)
        if progress.batch.state is BatchState.RECEIVED:
            return
        response = await self._batches.response(progress.batch)
        draft = partner / "out" / f".{name}.response.csv"
        await asyncio.to_thread(_write, draft, response)
        await asyncio.to_thread(_move, draft, partner / "out" / f"{name}.response.csv")
        await asyncio.to_thread(_move, file, partner / "done" / file.name)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)


def _move(file: Path, to: Path) -> None:
    to.parent.mkdir(exist_ok=True)
    file.replace(to)
