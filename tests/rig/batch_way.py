"""Scenarios by batch file: the gateway in process, whose CLECs hand in each message in a file of its own."""

import csv
import io
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Final

from gateway.clock import Clock, ManualClock
from gateway.conformance.in_process import InProcess, InProcessSession
from gateway.conformance.port import Answer
from gateway.conformance.scenario import Scenario
from gateway.doors.problems import Kind
from gateway.metrics import Metrics
from gateway.queue.lease import Lease
from gateway.queue.wakeup import Wakeup
from gateway.record.rows import Family
from gateway.record.sql import SqlRecord
from gateway.services.batch_runner import BatchRunner, Shift
from gateway.services.batches import Batches
from gateway.services.intake import Intake
from gateway.services.right_of_way import RightOfWay
from validators.releases import SECOND
from validators.schema import Schemas

ResponseRow = Mapping[str, str]
_TAKEN: Final = frozenset({"accepted", "deferred"})
_PROBLEMS: Final = {
    "rejected": Kind.CONTENT_REJECTED,
    "duplicate": Kind.DUPLICATE,
    "out-of-sequence": Kind.OUT_OF_SEQUENCE,
}
"""What a CLEC is answered over HTTP to a request that ends so."""


def batch_runner(record: SqlRecord, intake: Intake, clock: Clock, schemas: Schemas, holder: str = "one") -> BatchRunner:
    """Give what works batches off, in a process known as `holder`."""
    lease = Lease(record, clock, "batches", holder, timedelta(seconds=10))
    shift = Shift(lease, Wakeup(clock), clock, RightOfWay(clock))
    return BatchRunner(record, intake, schemas, Schemas(SECOND), clock, shift, Metrics())


class ByBatchFile:
    """A `GatewayUnderTest`. What its CLECs know of their requests they know from the response files.

    Attributes:
        told: the rows of all response files.
    """

    one_time_for_all = False

    def __init__(self, gateway: InProcess, filed: Callable[[bytes], bytes], schemas: Schemas) -> None:
        """Take the gateway, and what makes a batch file of a document."""
        self._gateway = gateway
        self._filed = filed
        self._schemas = schemas
        self.told: list[ResponseRow] = []

    @property
    def name(self) -> str:
        """What reports call it."""
        return f"{self._gateway.name}, by batch file"

    @asynccontextmanager
    async def session(self, scenario: Scenario) -> AsyncIterator["BatchSession"]:
        """Open a session with new partners."""
        clock = ManualClock(datetime.fromisoformat(scenario.start))
        async with self._gateway.session(scenario) as session:
            runner = batch_runner(session._record, session._intake, clock, self._schemas)
            yield BatchSession(session, clock, runner, self._filed, self.told)


class BatchSession:
    """One scenario's dealings: messages by batch file, all else as over any way."""

    def __init__(
        self,
        session: InProcessSession,
        clock: ManualClock,
        runner: BatchRunner,
        filed: Callable[[bytes], bytes],
        told: list[ResponseRow],
    ) -> None:
        self._session = session
        self._clock = clock
        self._runner = runner
        self._batches = Batches(session._record, clock, lambda: None)
        self._filed = filed
        self._told = told
        self.decide = session.decide
        self.enter = session.enter
        self.read = session.read
        self.mailbox = session.mailbox
        self.acknowledge = session.acknowledge

    async def move_to(self, instant: datetime) -> None:
        """Let time pass until `instant`."""
        await self._session.move_to(instant)
        self._clock.move_to(instant)

    async def submit(
        self, partner: str, family: Family, body: bytes, *, idempotency_key: str | None, if_match: int | None
    ) -> Answer:
        """Hand in a file with the message, and give what its response file says as it is answered over HTTP."""
        assert (None, None) == (idempotency_key, if_match), "a request of a file has neither"
        del family
        batch = await self._batches.receive(self._session._partners[partner], self._filed(body))
        await self._runner.work_off()
        response = (await self._batches.response(batch)).decode()
        rows = list(csv.DictReader(io.StringIO(response, newline="")))
        self._told += rows
        return self._answer(rows)

    @staticmethod
    def _answer(rows: Sequence[ResponseRow]) -> Answer:
        row, findings = rows[0], [one for one in rows if one["code"]]
        if row["outcome"] in _TAKEN:
            told = {"order_id": row["order"], "outcome": row["outcome"], "findings": findings}
            return Answer(202, {**told, "application_date": row["application_date"]})
        kind = _PROBLEMS[row["outcome"]]
        return Answer(kind.status, {"type": kind.type_uri, "order": f"/v1/orders/{row['order']}", "errors": findings})
