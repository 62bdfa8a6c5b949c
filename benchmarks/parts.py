"""`python -m benchmarks.parts`: where the processor time of one order goes, each part by itself in this process.

Times are in units of parsing the order and validating it by the schema, which is measured in turns with each part: so a
busy machine slows both, and the figures can be compared from day to day.
"""

import asyncio
import hashlib
import sys
from collections.abc import Callable, Coroutine, Iterator
from statistics import median
from time import thread_time
from typing import Any

from sqlalchemy.dialects import sqlite

from gateway.clock import SystemClock
from gateway.ids import Ids
from gateway.preorder.port import BundledTerritory
from gateway.preorder.territory import Territory
from gateway.preorder.territory_files import read_files
from gateway.record.holds import HoldBook
from gateway.record.identity import Snapshot
from gateway.record.loaded import Loaded
from gateway.record.rows import Family, Partner
from gateway.record.shapes import Shapes
from gateway.record.sql import open_record
from gateway.record.writes import plan
from gateway.services.desk import Desk
from gateway.services.machines import MACHINES
from gateway.services.reference_checks import ReferenceChecks
from gateway.services.take_message import Message, TakeMessage
from gateway.services.taken import Taken
from tests.rig.documents import new_loops, today
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.messages.lsr import read_lsr
from validators.rules import rule_book
from validators.rules.case import PartnerCodes
from validators.schema import Schemas
from validators.xml import parse

Part = tuple[str, Callable[[], object]]

_LOOPS = 12
_ROUNDS, _TIMES = 100, 20


def parts() -> Iterator[Part]:
    """Give the parts of intake in their order, each as something that can be done again and again.

    The first is the unit of the others.
    """
    config, now = bundled_path("config"), SystemClock().now()
    agreements, schemas = load_agreements(config / "agreements"), Schemas()
    judge, desk = Judge(schemas, agreements, rule_book()), Desk(agreements, MACHINES, Ids())
    partner = Partner("sawtooth", "Sawtooth", "template", {"ccna": ["ZQF"], "cc": ["9Z7A"]}, now)
    codes = PartnerCodes.of(partner.codes)
    body = new_loops("P1", today(), loops=_LOOPS)
    root = parse(body)
    yield "parse and schema", lambda: schemas.admits(parse(body), "lsr")
    yield "the message out of the tree", lambda: read_lsr(root)
    message = read_lsr(root)
    yield "content rules, application date, facts", lambda: judge.judge(message, partner.agreement_id, now, codes)
    judgement = judge.judge(message, partner.agreement_id, now, codes)
    # The order names no number, so that the record is not asked for holds.
    book = HoldBook(open_record("sqlite:///none"))
    checks = ReferenceChecks(BundledTerritory(Territory(read_files(config / "territory"))), book, 1.0)
    yield "reference data", lambda: _at_once(checks.look_up(judgement.facts, partner, now))
    digest = hashlib.sha256(body).hexdigest()
    references = _at_once(checks.look_up(judgement.facts, partner, now))
    taken = Message(partner, Family.LSR, body, digest, judgement, now, None, None, references=references)
    command = TakeMessage(desk, judge, taken)
    yield "record rules, life cycle, clocks, events, work", lambda: command.decide(Snapshot(command.needs, Loaded()))
    told, changes = command.decide(Snapshot(command.needs, Loaded()))
    shapes = Shapes(sqlite.dialect())

    def rows() -> None:
        snapshot = Snapshot(command.needs, Loaded())
        snapshot.absorb(changes)
        plan(shapes, snapshot.pending)

    yield "rows and JSON for the writer", rows
    if not isinstance(told, Taken):
        raise TypeError(f"the order was not taken: {told}")
    yield "the acknowledgement as XML", told.acknowledgement.as_xml


def _at_once(asked: Coroutine[Any, Any, Any]) -> Any:
    """Give what a coroutine returns that never waits."""
    try:
        asked.send(None)
    except StopIteration as returned:
        return returned.value
    raise RuntimeError("it waits for something")


def _seconds(work: Callable[[], object]) -> float:
    started = thread_time()
    for _ in range(_TIMES):
        work()
    return thread_time() - started


async def main() -> None:
    """Print each part with its time in units of the first; asynchronous only since the parts want a running loop."""
    unit: Callable[[], object] | None = None
    for name, work in parts():
        unit = unit or work
        share = median(_seconds(work) / _seconds(unit) for _ in range(_ROUNDS))
        sys.stdout.write(f"{share:6.2f}  {name}\n")


if __name__ == "__main__":
    asyncio.run(main())
