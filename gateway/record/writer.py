"""What group commit asks of a database: one open transaction at a time."""

from typing import Protocol

from gateway.record.loaded import Loaded
from gateway.record.pending import Pending
from gateway.record.port import Needs


class CommitConflict(Exception):  # noqa: N818 - it says what happened
    """Raised when the database refuses what is written: another process was faster, or a value does not fit.

    Nothing of the transaction stands.
    """


class Writer(Protocol):
    """The one connection that writes. `begin`, then `finish` or `abandon`, and again.

    All raise RecordUnavailable when the database cannot be reached.
    """

    async def begin(self, needs: Needs) -> Loaded:
        """Open a transaction and load, and lock against other processes, what `needs` names."""

    async def finish(self, pending: Pending) -> None:
        """Write all and commit; fills in the counts of marks.

        Raises:
            CommitConflict: the transaction is rolled back and may be tried again.
        """

    async def abandon(self) -> None:
        """Roll back the open transaction, if there is one."""

    async def close(self) -> None:
        """Give up the connection."""
