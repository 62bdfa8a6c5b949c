"""What the door of batches answers."""

from datetime import datetime
from typing import Any

from pydantic import Field

from gateway.doors.models import Shape
from gateway.services.batches import Progress


class BatchView(Shape):
    """Where a batch file stands."""

    id: str
    name: str = Field(description="The file's name, empty where it came without.")
    state: str = Field(description="received, done, or refused where the file cannot be taken apart.")
    received_at: datetime
    finished_at: datetime | None
    total: int | None = Field(description="Requests in the file; null until it was taken apart.")
    processed: int = Field(description="Requests that have their result.")
    outcomes: dict[str, int] = Field(
        description="Results by outcome: accepted, deferred, rejected, duplicate, out-of-sequence, unreadable, refused."
    )
    faults: list[dict[str, Any]] = Field(description="Why the file was refused: row, column, text and cure.")
    response: str = Field(description="Where the response file is.")

    @classmethod
    def of(cls, progress: Progress) -> "BatchView":
        """Give a batch as it is shown."""
        batch = progress.batch
        return cls(
            id=batch.id,
            name=batch.name,
            state=batch.state.value,
            received_at=batch.received_at,
            finished_at=batch.finished_at,
            total=batch.total,
            processed=progress.processed,
            outcomes=dict(progress.outcomes),
            faults=list(batch.told.get("faults", [])),
            response=f"/v1/batches/{batch.id}/response",
        )
