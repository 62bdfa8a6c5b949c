"""Processes batch files, request by request, each exactly once: a request that was cut short is handed in again.

Handing the same request in twice is the same as handing it in once (`Intake.submit`), so a result that was lost with
the process is made again and is what it was.
"""

import asyncio
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

import structlog

from gateway.clock import Clock
from gateway.metrics import Metrics
from gateway.queue.lease import Lease
from gateway.queue.wakeup import Wakeup
from gateway.record.batches import BatchResultRow, BatchRow, BatchState
from gateway.record.port import Record, RecordUnavailable
from gateway.record.rows import Family
from gateway.services.batches import WriteBeside
from gateway.services.intake import Intake
from gateway.services.refusals import Refused, Unreadable
from gateway.services.right_of_way import RightOfWay
from gateway.services.taken import Duplicate, OutOfSequence, Taken
from validators.batch.delimited_file import split_delimited
from validators.batch.parts import BatchItem, BatchRefused
from validators.batch.xml_file import split_xml
from validators.families import family_in
from validators.releases import FIRST
from validators.schema import Schemas
from validators.verdict import Finding

_AT_ONCE: Final = 8
"""Requests that share a commit while no single order is about."""
_LOOK_EVERY: Final = timedelta(seconds=5)

log = structlog.get_logger("gateway.batches")


@dataclass(frozen=True, slots=True)
class _Told:
    """What became of a request: outcome, order, and what its sender is told."""

    outcome: str
    order_id: str | None
    told: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shift:
    """When the runner works: in its turn among processes, woken by the bell or by time, and after single orders."""

    lease: Lease
    bell: Wakeup
    machine: Clock
    right_of_way: RightOfWay


class BatchRunner:
    """Works off the batches on record, the oldest first; one process at a time."""

    def __init__(
        self,
        record: Record,
        intake: Intake,
        schemas: Schemas,
        later: Schemas,
        clock: Clock,
        shift: Shift,
        metrics: Metrics,
    ) -> None:
        """Take the parts; rows of who is on a `later` release are written in it."""
        self._record = record
        self._intake = intake
        self._schemas = schemas
        self._later = later
        self._clock = clock
        self._shift = shift
        self._metrics = metrics

    async def run(self) -> None:
        """Process batches until cancelled; a database that is away is waited for."""
        while True:
            try:
                if await self._shift.lease.held():
                    await self.work_off()
            except RecordUnavailable as error:
                log.warning("batches wait for the record", error=str(error))
            except Exception:  # a runner that ended would leave every later file unprocessed
                log.exception("batch runner failed")
            await self._shift.bell.rest(self._shift.machine.now() + _LOOK_EVERY)

    async def work_off(self) -> None:
        """Process every batch that waits."""
        for batch_id in await self._record.batches.waiting():
            batch = await self._record.batches.batch(batch_id)
            if batch is not None and not await self._process(batch):
                return

    async def _process(self, batch: BatchRow) -> bool:
        """Process one batch; False where another process has taken the turn meanwhile."""
        try:
            items = await asyncio.to_thread(self._split, batch.body, await self._release(batch))
        except BatchRefused as refused:
            faults = [fault.as_json() for fault in refused.faults]
            await self._finish(batch, BatchState.REFUSED, told={"faults": faults})
            log.warning("batch refused", batch=batch.id, faults=faults)
            return True
        batch = replace(batch, total=len(items))
        await self._record.commit(WriteBeside([batch]))
        done = await self._record.batches.processed(batch.id)
        left = (items[place] for place in range(len(items)) if place + 1 not in done)
        began = self._shift.right_of_way.now()
        for window in _windows(left, lambda: 1 if self._shift.right_of_way.busy else _AT_ONCE):
            if not await self._shift.lease.held():
                return False
            await self._take(batch, window)
            await self._shift.right_of_way.rest(began)
            began = self._shift.right_of_way.now()
        await self._finish(batch, BatchState.DONE, total=len(items))
        log.info("batch processed", batch=batch.id, requests=len(items))
        return True

    async def _take(self, batch: BatchRow, window: Sequence[BatchItem]) -> None:
        """Hand in some requests, and keep what became of them."""
        rows = await asyncio.gather(*(self._result(batch, item) for item in window))
        await self._record.commit(WriteBeside(rows))
        for row in rows:
            self._metrics.batch_requests.labels(outcome=row.outcome).inc()

    async def _release(self, batch: BatchRow) -> str:
        """Give the release in which the rows of a file are written: that of its sender when it came."""
        try:
            return (await self._intake.support(batch.partner_id, batch.received_at)).release
        except Refused:
            # Nothing is taken from this partner now; each request is told so by itself.
            return FIRST

    def _split(self, body: bytes, release: str) -> Sequence[BatchItem]:
        if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return split_xml(body)
        return split_delimited(body, self._schemas, self._later if release == self._later.release else None)

    async def _finish(self, batch: BatchRow, state: BatchState, **fields: Any) -> None:
        await self._record.commit(
            WriteBeside([replace(batch, state=state, finished_at=self._clock.of(batch.partner_id).now(), **fields)])
        )

    async def _result(self, batch: BatchRow, item: BatchItem) -> BatchResultRow:
        told = await self._submit(batch, item)
        row = {"row": item.row} if item.row is not None else {}
        return BatchResultRow(
            f"{batch.id}:{item.number:05d}", batch.id, item.number, told.outcome, told.order_id, {**row, **told.told}
        )

    async def _submit(self, batch: BatchRow, item: BatchItem) -> _Told:
        family = None if item.document is None else family_in(item.document)
        if item.document is None or family is None:
            return _Told("unreadable", None, {"findings": [fault.as_json() for fault in item.faults]})
        try:
            result = await self._intake.submit(
                batch.partner_id,
                Family(family),
                item.document,
                idempotency_key=_key(batch, item),
                if_match=None,
                received_at=batch.received_at,
            )
        except Unreadable as unreadable:
            return _Told("unreadable", None, {"findings": _findings(item, unreadable.findings)})
        except Refused as refused:
            return _Told("refused", None, {"findings": [{"text": str(refused)}]})
        return _told(item, result)


def _key(batch: BatchRow, item: BatchItem) -> str:
    """Give the key by which a request is known again, whatever process hands it in."""
    return hashlib.sha256(f"{batch.id} {item.number}".encode()).hexdigest()[:40]


def _told(item: BatchItem, result: Taken | Duplicate | OutOfSequence) -> _Told:
    if not isinstance(result, Taken):
        return _Told(result.name, result.order_id, {"findings": _findings(item, result.findings)})
    answer = result.acknowledgement
    told = {"pon": answer.pon, "ver": answer.ver, "provider_number": answer.number}
    if answer.application_date is not None:
        told["application_date"] = answer.application_date.isoformat()
    return _Told(answer.outcome, answer.order_id, {**told, "findings": _findings(item, answer.findings)})


def _findings(item: BatchItem, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    return [
        {**finding.as_json(), **({"column": column} if (column := item.column_of(finding.path)) else {})}
        for finding in findings
    ]


def _windows(items: Iterator[BatchItem], most: Callable[[], int]) -> Iterator[list[BatchItem]]:
    """Give the requests in runs of as many as may be; one that may go on from another of its run begins a new one."""
    window: list[BatchItem] = []
    pons: set[bytes] = set()
    for item in items:
        pon = _pon(item)
        if window and (len(window) >= most() or pon in pons):
            yield window
            window, pons = [], set()
        window.append(item)
        if pon:
            pons.add(pon)
    if window:
        yield window


def _pon(item: BatchItem) -> bytes:
    before, opening, after = (item.document or b"").partition(b"PON>")
    del before, opening
    return after.partition(b"<")[0].strip()
