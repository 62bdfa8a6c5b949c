"""Group commit over a writer that does as it is told."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from gateway.record.commit import GroupCommit
from gateway.record.loaded import Loaded
from gateway.record.pending import Mark, Pending
from gateway.record.port import Changes, Needs, OnRecord, RecordUnavailable
from gateway.record.rows import Partner
from gateway.record.writer import CommitConflict


class ScriptedWriter:
    """A writer that keeps what it is given; `refuse` says with which error a commit of these partners fails."""

    def __init__(self, refuse: Callable[[list[str]], Exception | None] = lambda _names: None) -> None:
        self.commits: list[list[str]] = []
        self.tries: list[list[str]] = []
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.closed = False
        self._refuse = refuse

    async def begin(self, needs: Needs) -> Loaded:
        """Give an empty record, once it may go on."""
        del needs
        await self.go_on.wait()
        return Loaded()

    async def finish(self, pending: Pending) -> None:
        """Keep the names of the partners and marks, or fail."""
        names = [partner.name for partner in pending.partners] + [mark.name for mark in pending.marks]
        self.tries.append(names)
        error = self._refuse(names)
        if error is not None:
            raise error
        for mark in pending.marks:
            mark.count = len(mark.rows)
        self.commits.append(names)

    async def abandon(self) -> None:
        """Have nothing to roll back."""

    async def close(self) -> None:
        """Note it."""
        self.closed = True


@dataclass(frozen=True)
class Write:
    """A command that writes a partner of that name and answers with it."""

    name: str

    @property
    def needs(self) -> Needs:
        """Need nothing."""
        return Needs()

    def decide(self, on_record: OnRecord) -> tuple[str, Changes]:
        """Write, unless the name says to refuse."""
        del on_record
        if self.name == "refused":
            raise ValueError("refused")
        return self.name, Changes(partners=[_partner(self.name)])


def _partner(name: str) -> Partner:
    return Partner(name, name, "template", {}, datetime(2026, 11, 20, tzinfo=UTC))


async def _all(commits: GroupCommit, *names: str) -> list[Any]:
    return await asyncio.gather(*(commits.commit(Write(name)) for name in names), return_exceptions=True)


async def test_what_gathers_while_a_commit_runs_goes_into_the_next() -> None:
    """The first command does not wait for others; those that come meanwhile share one commit."""
    writer = ScriptedWriter()
    commits = GroupCommit(writer)
    writer.go_on.clear()
    first = asyncio.create_task(commits.commit(Write("a")))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    later = [asyncio.create_task(commits.commit(Write(name))) for name in "bcd"]
    await asyncio.sleep(0)
    writer.go_on.set()

    assert [await first, *await asyncio.gather(*later)] == ["a", "b", "c", "d"]
    assert writer.commits == [["a"], ["b", "c", "d"]]


async def test_a_commit_takes_no_more_than_its_cap() -> None:
    """Five commands under a cap of two make three commits, in order."""
    writer = ScriptedWriter()

    await _all(GroupCommit(writer, cap=2), *"abcde")

    assert writer.commits == [["a", "b"], ["c", "d"], ["e"]]


async def test_a_commit_in_which_nothing_is_written_is_not_made() -> None:
    """A batch of refusals costs no write."""
    writer = ScriptedWriter()

    (answer,) = await _all(GroupCommit(writer), "refused")

    assert str(answer) == "refused"
    assert writer.tries == []


async def test_after_a_conflict_each_command_is_tried_by_itself() -> None:
    """One that the database always refuses fails after a bounded number of tries; the others are carried out."""
    writer = ScriptedWriter(lambda names: CommitConflict("taken") if "bad" in names else None)

    answers = await _all(GroupCommit(writer), "a", "bad", "b")

    assert [answers[0], answers[2]] == ["a", "b"]
    assert isinstance(answers[1], RecordUnavailable)
    assert writer.commits == [["a"], ["b"]]
    assert writer.tries.count(["bad"]) == 5


async def test_a_conflict_that_passes_is_no_failure() -> None:
    """Losing a race twice and then winning is a success."""
    writer = ScriptedWriter(lambda _names: CommitConflict("deadlock") if len(writer.tries) < 3 else None)

    assert await _all(GroupCommit(writer), "a") == ["a"]
    assert len(writer.tries) == 3


async def test_without_the_database_the_whole_batch_is_unavailable_at_once() -> None:
    """Nobody knows whether it was written, so nothing is tried again; the next batch is."""
    writer = ScriptedWriter(lambda _names: RecordUnavailable("gone") if len(writer.tries) == 1 else None)
    commits = GroupCommit(writer)

    lost = await _all(commits, "a", "b")

    assert [type(answer) for answer in lost] == [RecordUnavailable, RecordUnavailable]
    assert writer.tries == [["a", "b"]]
    assert await _all(commits, "c") == ["c"]


async def test_an_unforeseen_error_reaches_the_callers_and_does_not_stop_the_commits() -> None:
    """A fault of the gateway itself fails the command that meets it, not the ones after."""
    writer = ScriptedWriter(lambda names: KeyError("bug") if "bad" in names else None)
    commits = GroupCommit(writer)

    answers = await _all(commits, "bad", "a")

    assert isinstance(answers[0], KeyError)
    assert answers[1] == "a"
    assert await _all(commits, "b") == ["b"]


async def test_a_mark_is_written_with_the_commands_and_tells_its_count() -> None:
    """Marks share the commits of commands."""
    writer = ScriptedWriter()
    commits = GroupCommit(writer)
    mark = Mark("settled", [("w1",), ("w2",)])

    await asyncio.gather(commits.commit(Write("a")), commits.commit(mark))

    assert writer.commits == [["a", "settled"]]
    assert mark.count == 2


async def test_closing_waits_for_the_commits_and_closes_the_writer() -> None:
    """What was handed in is carried out before the connection goes."""
    writer = ScriptedWriter()
    commits = GroupCommit(writer)
    waiting = asyncio.create_task(commits.commit(Write("a")))
    await asyncio.sleep(0)

    await commits.close()

    assert writer.closed
    assert await waiting == "a"
    with pytest.raises(RecordUnavailable):
        await commits.commit(Write("b"))


async def test_when_the_loop_ends_in_the_middle_nobody_waits_for_ever() -> None:
    """A cancelled commit task tells those that wait that the outcome is unknown."""
    writer = ScriptedWriter()
    commits = GroupCommit(writer)
    writer.go_on.clear()
    waiting = asyncio.create_task(commits.commit(Write("a")))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    (running,) = [task for task in asyncio.all_tasks() if task.get_name() == "group commit"]

    running.cancel()

    with pytest.raises(RecordUnavailable, match="stopped"):
        await waiting
