"""Random orders and random payment chains, computed by the product from the event log on, and by the oracle.

This module alone knows both; the oracle itself shares no code with the product.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from gateway.record.gathered import PastEvent
from gateway.record.histories import History
from gateway.record.rows import Family
from gateway.reports.measures.month import Month
from gateway.reports.measures.outcome import Counted, Measured
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.pap.feed import Feed
from gateway.reports.pap.statement import PapReport, Statement
from gateway.reports.pid.figures import Figure, figure_of
from gateway.reports.pid.judging import Book, judge_order
from gateway.reports.pid.tally import Line, Sum
from gateway.reports.plan.terms_file import load_plan_terms
from tests.oracle import exhibit_b, exhibit_k
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path

_CUTOFFS = {"loop-2w-nonloaded": 19, "eel": 15, "loop-xdsl-i": 19}
_FIRST = datetime(2025, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RandomOrder:
    """What happened to an order, as nobody but the generator knows it."""

    number: int
    product: str
    received: datetime
    original: date
    changes: tuple[exhibit_b.Change, ...]
    completed: date | None

    @property
    def month(self) -> Month:
        """The month of its completion; of a pending order the one after its first due date."""
        day = self.completed or self.original + 30 * _DAY
        return Month(day.year, day.month)


def random_order(number: int, chance: Random) -> RandomOrder:
    """Make an order with up to six changes of its due date."""
    received = _FIRST + chance.randrange(3 * 365 * 24 * 3600) * timedelta(seconds=1)
    applied = received.astimezone(exhibit_b.DENVER).date() + 4 * _DAY
    original = applied + chance.randrange(1, 20) * _DAY
    changes: list[exhibit_b.Change] = []
    due = original
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3, 4, 6))):
        moved = due + chance.choice((-3, -1, 1, 2, 5, 7, 12)) * _DAY
        if moved > applied:
            changes.append((chance.choice(("customer", "ilec")), moved))
            due = moved
    completed = None if chance.random() < 0.25 else max(applied, due + chance.choice((-2, 0, 0, 0, 1, 3)) * _DAY)
    return RandomOrder(number, chance.choice(tuple(_CUTOFFS)), received, original, tuple(changes), completed)


def history_of(order: RandomOrder) -> History:
    """Write what happened as the event log has it."""
    request = {"product": order.product, "activity": "N", "quantity": 1, "desired_due_date": None, "project": False}
    told = [PastEvent("order.received", order.received, {"ver": "01", "outcome": "accepted", "request": request})]
    at = order.received + timedelta(hours=2)
    told.append(_foc("01", at, order.original))
    for step, (who, day) in enumerate(order.changes, start=2):
        ver = f"{step:02}"
        at += timedelta(minutes=10)
        if who == "customer":
            told.append(PastEvent("submission.received", at, {"ver": ver, "outcome": "accepted", "request": request}))
            told.append(PastEvent("order.superseded", at, {"ver": ver, "sup": "2"}))
        else:
            told.append(PastEvent("order.jeopardy", at, {"cause": "ilec", "decision": {"rcode": "1B"}}))
        told.append(_foc(ver if who == "customer" else "01", at + timedelta(minutes=5), day))
    if order.completed:
        done = datetime(order.completed.year, order.completed.month, order.completed.day, 20, tzinfo=UTC)
        told.append(
            PastEvent(
                "order.completed", max(at, done), {"decision": {"completed_on": order.completed.isoformat(), "zone": 1}}
            )
        )
    return History(f"ord_{order.number}", "clec", "template", Family.LSR, f"PON{order.number}", "LSR", tuple(told))


def _foc(ver: str, at: datetime, due: date) -> PastEvent:
    return PastEvent(
        "order.confirmed", at, {"ver": ver, "due_date": due.isoformat(), "decision": {"decision": "confirm"}}
    )


def by_the_product(order: RandomOrder, book: Book) -> dict[str, Any]:
    """Give OP-3, OP-4 and OP-15 as the report counts the order."""
    found: dict[str, Any] = {}
    for judged in judge_order(history_of(order), order.month, book):
        match judged.outcome:
            case Counted(met=met) if judged.measure.startswith("OP-3"):
                found["OP-3"] = met
            case Measured(value=value) if judged.measure.startswith("OP-4"):
                found["OP-4"] = int(value)
            case Measured(value=value) if judged.measure == "OP-15A":
                found["OP-15"] = int(value)
    return found


def by_the_oracle(order: RandomOrder) -> dict[str, Any]:
    """Give the same by the oracle."""
    applied = exhibit_b.application(order.received, _CUTOFFS[order.product], flows=False, flow_spares_cutoff=False)
    applied_on = applied.astimezone(ZoneInfo("America/Denver")).date()
    if order.completed:
        met = order.completed <= exhibit_b.applicable_due_date(order.original, order.changes)
        days = exhibit_b.installation_days(applied_on, order.original, order.changes, order.completed)
        return {"OP-3": met, "OP-4": days}
    pending = exhibit_b.pending_days(order.original, order.changes, order.month.last_day)
    return {} if pending is None else {"OP-15": pending}


def differing_orders(count: int, seed: int) -> Iterator[str]:
    """Compare so many random orders and tell of each difference."""
    chance = Random(seed)  # noqa: S311 - the same orders for everybody who repeats it
    agreements = load_agreements(bundled_path("config") / "agreements")
    book = Book.of(agreements["template"], load_measure_terms())
    for number in range(count):
        order = random_order(number, chance)
        ours, theirs = by_the_product(order, book), by_the_oracle(order)
        if ours != theirs:
            yield f"{order}: product {ours}, oracle {theirs}"


Volume = tuple[int, int]
"""Count and misses of a month."""


def random_chain(chance: Random) -> list[tuple[Volume, Volume]]:
    """Make two years of months, each with what the CLEC has and what all others have."""
    badness = chance.choice((0.05, 0.12, 0.2, 0.35))
    return [(_volume(chance, badness), _volume(chance, 0.08)) for _ in range(24)]


def _volume(chance: Random, badness: float) -> Volume:
    count = chance.choice((0, 1, 4, 9, 10, 25, 60, 200))
    return count, sum(chance.random() < badness for _ in range(count))


def chain_by_the_product(
    months: Sequence[tuple[Volume, Volume]], statement: Statement
) -> list[tuple[int, int | None, str]]:
    """Give level, escalation month and dollars of each month, as the payment report has them."""
    terms, first = load_measure_terms(), Month(2026, 1)
    figures: dict[Month, list[Figure]] = {}
    for step, (own, others) in enumerate(months):
        together = (own[0] + others[0], own[1] + others[1])
        figures[first.later(step)] = [
            figure_of(Line("PO-5B(b)", "UBL_2WNL", "ID", clec), Sum(met=count - misses, missed=misses), terms)
            for clec, (count, misses) in (("clec", own), ("", together))
        ]
    report: PapReport = statement.of(first.later(len(months) - 1), figures)
    return [
        (one.payment.level, one.payment.escalation_month, str(one.paid))
        for chain in report.history.values()
        for one in chain
    ]


def chain_by_the_oracle(months: Sequence[tuple[Volume, Volume]]) -> list[tuple[int, int | None, str]]:
    """Give the same by the oracle."""
    judged = [_judged(own, others) for own, others in months]
    outcome = exhibit_k.chain([(result, extent) for result, extent, _ in judged])
    return [
        (level, month, f"{Decimal(str(exhibit_k.payment(level, month, occurrences))):.2f}")
        for (level, month), (_, _, occurrences) in zip(outcome, judged, strict=True)
    ]


def _judged(own: Volume, others: Volume) -> tuple[str, int, float]:
    count, misses = own
    if not count:
        return "none", 0, 0.0
    met = Fraction(count - misses, count)
    if met * 10 >= 9 or (misses == 1 and count <= 9 and _aggregate_conforms(count + others[0], misses + others[1])):
        return "pass", 0, 0.0
    short = (Fraction(9, 10) - met) / Fraction(9, 10) * 100
    return "fail", exhibit_k.benchmark_extent(float(short), (5, 15)), float((Fraction(9, 10) - met) * count)


def _aggregate_conforms(count: int, misses: int) -> bool:
    return (count - misses) * 10 >= 9 * count or (count <= 9 and misses <= 1)


def differing_chains(count: int, seed: int) -> Iterator[str]:
    """Compare so many random chains of payments and tell of each difference."""
    chance = Random(seed)  # noqa: S311 - the same chains for everybody who repeats it
    agreements: Mapping[str, Any] = load_agreements(bundled_path("config") / "agreements")
    statement = Statement(load_plan_terms(), agreements["template"].calendar, Feed())
    for _ in range(count):
        months = random_chain(chance)
        ours, theirs = chain_by_the_product(months, statement), chain_by_the_oracle(months)
        if ours and ours != theirs:
            yield f"{months}: product {ours}, oracle {theirs}"
