"""Takes batch files: recorded first, as they came; what is in them is processed afterwards (`batch_runner.py`)."""

import asyncio
import csv
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import structlog

from gateway.clock import Clock
from gateway.record.batches import BatchResultRow, BatchRow, BatchState
from gateway.record.port import Changes, Needs, OnRecord, Record
from gateway.services.refusals import NotFound, refuse_if_purged

_HEADING: Final = (
    "number", "row", "pon", "ver", "outcome", "order", "provider_number", "application_date",
    "severity", "rule", "section", "code", "path", "column", "value", "text", "cure",
)  # fmt: skip

log = structlog.get_logger("gateway.batches")


@dataclass(frozen=True, slots=True)
class WriteBeside:
    """Writes rows of tables that stand beside the orders."""

    rows: Sequence[object]

    @property
    def needs(self) -> Needs:
        """Nothing."""
        return Needs()

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        """Give the rows as they are."""
        del on_record
        return None, Changes(beside=[*self.rows])


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a batch stands: the file, and how many of its requests ended how."""

    batch: BatchRow
    outcomes: Mapping[str, int]

    @property
    def processed(self) -> int:
        """How many requests were processed."""
        return sum(self.outcomes.values())


class Batches:
    """Receives batch files and tells how far they are."""

    def __init__(self, record: Record, clock: Clock, wake: Callable[[], None]) -> None:
        self._record = record
        self._rows = record.batches
        self._clock = clock
        self._wake = wake
        self._turn = asyncio.Lock()

    async def receive(self, partner_id: str, body: bytes, name: str = "") -> BatchRow:
        """Put a file on record and give its batch; the same file again is the batch that it was.

        Raises:
            NotFound: there is no such partner.
            RecordUnavailable: it is not on record, or it cannot be known; it may be sent again.
        """
        batch_id = batch_id_of(partner_id, body)
        async with self._turn:
            known = await self._rows.batch(batch_id)
            if known is not None:
                return known
            if await self._record.partner(partner_id) is None:
                raise NotFound(f"partner {partner_id}")
            row = BatchRow(
                batch_id, partner_id, name, body, self._clock.of(partner_id).now(), BatchState.RECEIVED, None, {}
            )
            await self._record.commit(WriteBeside([row]))
        log.info("batch received", batch=batch_id, partner=partner_id, bytes=len(body), name=name)
        self._wake()
        return row

    async def progress(self, partner_id: str | None, batch_id: str) -> Progress:
        """Give where a batch stands; `partner_id` is whose it must be, None for anybody's.

        Raises:
            NotFound: that partner has no such batch.
        """
        batch = await self._rows.batch(batch_id)
        if batch is None or partner_id not in (None, batch.partner_id):
            raise NotFound(f"batch {batch_id}")
        return Progress(batch, await self._rows.counts(batch_id))

    async def response(self, batch: BatchRow) -> bytes:
        """Give the response file: for each request processed so far a row, one more for each further finding.

        Raises:
            Purged: the personal data in it were purged.
        """
        told_at = batch.told.get("purged_at")
        refuse_if_purged(f"batch {batch.id}", told_at and datetime.fromisoformat(told_at))
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, _HEADING, extrasaction="ignore", restval="", lineterminator="\r\n")
        writer.writeheader()
        for fault in batch.told.get("faults", ()):
            writer.writerow({"outcome": BatchState.REFUSED.value, **fault})
        for result in await self._rows.results(batch.id):
            writer.writerows(_response_rows(result))
        return text.getvalue().encode()


def batch_id_of(partner_id: str, body: bytes) -> str:
    """Give the id of a file of a partner: it follows from the bytes, so a file that comes twice is one batch."""
    return f"bat_{hashlib.sha256(partner_id.encode() + b' ' + body).hexdigest()[:32]}"


def _response_rows(result: BatchResultRow) -> Sequence[Mapping[str, Any]]:
    base = {"number": result.number, "outcome": result.outcome, "order": result.order_id or "", **result.told}
    findings = base.pop("findings", [])
    return [{**base, **finding} for finding in findings] or [base]
