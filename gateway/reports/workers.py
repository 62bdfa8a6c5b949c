"""Judges the orders of a month in processes of their own, a share each: on all cores, and beside the gateway's work.

The shares are parted by id and joined in that order, so that the report is the same to the byte as one made in a row.
"""

import asyncio
import gc
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from gateway.record.engine import open_engine
from gateway.record.histories import Wanted, histories
from gateway.record.port import RecordUnavailable
from gateway.reports.measures.month import Month
from gateway.reports.measures.terms import MeasureTerms
from gateway.reports.pid.record_file import Records
from gateway.reports.pid.report import Part, PidMonth
from validators.agreement.load import load_agreements

LEAST: Final = 2_000
"""Orders of a share below which a process costs more than it saves: it has the agreements to read first."""


class WorkerLost(Exception):  # noqa: N818 - it says what is so
    """Raised when a process ended without an answer."""


@dataclass(frozen=True, slots=True)
class Share:
    """Some orders of a month, and all that a process needs to judge them."""

    database: str
    agreements: Path
    terms: MeasureTerms
    month: Month
    wanted: Wanted
    records: Records


Answer = tuple[Part, Records] | RecordUnavailable


class Workers:
    """Starts a process for each share.

    Args:
        database: URL of the record.
        agreements: folder of the agreements.
        count: how many processes at once.
        least: orders of a share below which none is started.
    """

    def __init__(self, database: str, agreements: Path, count: int, least: int = LEAST) -> None:
        self.count = count
        self.least = least
        self._database = database
        self._agreements = agreements

    async def judged(self, month: Month, terms: MeasureTerms, shares: Sequence[Wanted], records: Records) -> Part:
        """Judge all shares, write their records to `records`, and give what they add up to.

        Raises:
            RecordUnavailable: the database cannot be reached.
            WorkerLost: a process was ended from outside.
        """
        aside = [records.aside() for _ in shares]
        work = [
            Share(self._database, self._agreements, terms, month, wanted, into)
            for wanted, into in zip(shares, aside, strict=True)
        ]
        try:
            answers = await asyncio.gather(*(asyncio.to_thread(_in_a_process, share) for share in work))
            whole = Part()
            for part, found in answers:
                whole.join(part)
                records.join(found)
        finally:
            for into in aside:
                into.let_go()
        return whole


def _in_a_process(share: Share) -> tuple[Part, Records]:
    # A fresh process: a fork of one with threads and connections may hang or spoil them.
    context = get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(share, theirs), daemon=True)
    process.start()
    theirs.close()
    with mine:
        try:
            answer: Answer = mine.recv()
        except EOFError:
            raise WorkerLost(f"a process that judged orders of {share.month} ended without an answer") from None
        finally:
            process.join()
    if isinstance(answer, RecordUnavailable):
        raise answer
    return answer


def _work(share: Share, answers: "Connection[Answer, None]") -> None:
    with answers:
        try:
            answers.send(asyncio.run(_judged(share)))
        except RecordUnavailable as away:
            answers.send(away)


async def _judged(share: Share) -> tuple[Part, Records]:
    engine = open_engine(share.database)
    try:
        month = PidMonth(share.month, share.terms, load_agreements(share.agreements))
        gc.freeze()  # what is loaded by now stays; the collector need not look at it again with every page of orders
        return await month.part(histories(engine, share.wanted), share.records), share.records
    finally:
        await engine.dispose()
