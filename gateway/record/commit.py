"""Group commit: whatever gathered while the last commit ran goes into the next one. No artificial wait."""

import asyncio
from collections.abc import Sequence
from typing import Any

from gateway.record.identity import Snapshot
from gateway.record.pending import Mark
from gateway.record.port import Command, Needs, RecordUnavailable
from gateway.record.writer import CommitConflict, Writer

BATCH_CAP = 256
"""Commands a commit: beyond it a larger batch only makes the first of them wait longer."""
_TRIES_ALONE = 5


class _Entry:
    """A command that waits, and what became of it."""

    __slots__ = ("answer", "command", "error", "waiting")

    def __init__(self, command: Command[Any] | Mark, waiting: asyncio.Future[Any]) -> None:
        self.command = command
        self.waiting = waiting
        self.answer: Any = None
        self.error: BaseException | None = None

    def decide(self, snapshot: Snapshot) -> None:
        """Let the command decide; its refusal is kept for its caller and disturbs nobody else."""
        self.answer = self.error = None
        if isinstance(self.command, Mark):
            snapshot.pending.marks.append(self.command)
            return
        try:
            self.answer, changes = self.command.decide(snapshot)
            snapshot.absorb(changes)
        except Exception as refusal:  # noqa: BLE001 - whatever it is, it is handed to the caller of `commit`
            self.error = refusal

    def deliver(self) -> None:
        """Wake the caller, unless it has gone away."""
        if self.waiting.done():
            return
        if self.error is None:
            self.waiting.set_result(self.answer)
        else:
            self.waiting.set_exception(self.error)

    def fail(self, error: BaseException) -> None:
        """Wake the caller with `error`."""
        self.error = error
        self.deliver()


class GroupCommit:
    """Gathers commands and carries them out, batch after batch, in the order of their arrival."""

    def __init__(self, writer: Writer, *, cap: int = BATCH_CAP) -> None:
        self._writer = writer
        self._cap = cap
        self._gathered: list[_Entry] = []
        self._running: asyncio.Task[None] | None = None
        self._closed = False

    async def commit(self, command: Command[Any] | Mark) -> Any:
        """Carry out one command; a caller that is cancelled does not take it back, it is done or refused as a whole.

        Raises:
            RecordUnavailable: the database is away, or the record is closed.
        """
        if self._closed:
            raise RecordUnavailable("the record is closed")
        entry = _Entry(command, asyncio.get_running_loop().create_future())
        self._gathered.append(entry)
        if self._running is None:
            self._running = asyncio.create_task(self._run(), name="group commit")
        return await entry.waiting

    async def close(self) -> None:
        """Finish what was handed in, refuse anything further, give up the connection."""
        self._closed = True
        if self._running is not None:
            await self._running
        await self._writer.close()

    async def _run(self) -> None:
        batch: list[_Entry] = []
        try:
            while self._gathered:
                batch, self._gathered = self._gathered[: self._cap], self._gathered[self._cap :]
                await self._carry_out(batch)
        finally:
            # Only a cancelled task (the loop ends) leaves anybody waiting here.
            self._running = None
            left, self._gathered = (*batch, *self._gathered), []
            for entry in left:
                entry.fail(RecordUnavailable("the gateway stopped during the commit"))

    async def _carry_out(self, batch: Sequence[_Entry]) -> None:
        try:
            await self._attempt(batch)
        except RecordUnavailable as unavailable:
            for entry in batch:
                entry.fail(unavailable)
        except Exception:  # noqa: BLE001 - one entry's fault; each by itself shows whose
            for entry in batch:
                await self._carry_out_alone(entry)
        else:
            for entry in batch:
                entry.deliver()

    async def _carry_out_alone(self, entry: _Entry) -> None:
        error: Exception = RecordUnavailable("the command was not tried")
        for _ in range(_TRIES_ALONE):
            try:
                await self._attempt((entry,))
            except CommitConflict as conflict:
                error = RecordUnavailable(f"the database refuses to write: {conflict.__cause__ or conflict}")
                error.__cause__ = conflict
            except Exception as broken:  # noqa: BLE001 - its caller gets it
                error = broken
                break
            else:
                entry.deliver()
                return
        entry.fail(error)

    async def _attempt(self, batch: Sequence[_Entry]) -> None:
        needs = union(batch)
        snapshot = Snapshot(needs, await self._writer.begin(needs))
        try:
            for entry in batch:
                entry.decide(snapshot)
            if snapshot.pending:
                await self._writer.finish(snapshot.pending)
        finally:
            await self._writer.abandon()


def union(entries: Sequence[_Entry]) -> Needs:
    """Give what all of them need to see."""
    if len(entries) == 1:
        return entries[0].command.needs
    all_needs = [entry.command.needs for entry in entries]
    return Needs(
        **{name: frozenset().union(*(getattr(needs, name) for needs in all_needs)) for name in Needs.__slots__}
    )
