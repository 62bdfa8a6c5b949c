"""Pre-order questions of a trading partner: answered, timed, and noted for the measures."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

from prometheus_client import Counter, Histogram

from gateway.clock import Clock
from gateway.metrics import Metrics
from gateway.preorder.caller import Caller
from gateway.preorder.port import Answered, ReferenceData, SourceSilent
from gateway.preorder.queries import holding
from gateway.preorder.queries.holding import RecordQuery
from gateway.preorder.queries.query import Query
from gateway.preorder.queries.table import REFERENCE_QUERIES
from gateway.preorder.shapes import Answer, Shape
from gateway.record.port import Record
from gateway.record.preorder import QueryEntry
from gateway.services.customer_records import CustomerRecords
from gateway.services.desk import Desk
from gateway.services.holds import Holds
from gateway.services.query_log import QueryLog
from gateway.services.refusals import NotFound, Refused
from gateway.services.remembered import Remembered
from validators.agreement.terms import Agreement
from validators.rules.case import PartnerCodes

AnyQuery = Query[Any, Any] | RecordQuery[Any, Any]

QUERIES: Final[tuple[AnyQuery, ...]] = (*REFERENCE_QUERIES, *holding.RECORD_QUERIES)
"""Every question that a CLEC may ask, by whatever door."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the partner as the reference data know it, its agreement, and the credential that was used."""

    caller: Caller
    agreement: Agreement
    credential_id: str


Answering = Callable[[Any, Asker], Awaitable[Answered[Any]]]


class PreOrder:
    """Answers every pre-order question."""

    def __init__(
        self,
        record: Record,
        desk: Desk,
        sources: ReferenceData,
        of_record: Mapping[str, Answering],
        query_log: QueryLog,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        """Take the parts; `of_record` is what `answered_of_record` gives."""
        self._record = record
        self._desk = desk
        self._sources = sources
        self._log = query_log
        self._clock = clock
        self._metrics = metrics
        self._partners = Remembered(self._known_partner, clock)
        self._of_record = of_record
        self._measured: dict[tuple[str, str], tuple[Histogram, Counter]] = {}

    async def ask(self, query: AnyQuery, asked: Shape, partner_id: str, credential_id: str) -> Answer:
        """Answer one question of a partner.

        Raises:
            NotFound, NoAgreement: the partner is not known, or its agreement is not loaded.
            NotAuthorized: a customer's record without the end user's authorization.
            SourceSilent: the ILEC's system does not answer.
            RecordUnavailable: what must be recorded with the answer cannot be.
        """
        caller, agreement = await self._partners.get(partner_id)
        asker = Asker(caller, agreement, credential_id)
        now = self._clock.of(partner_id).now()
        began, outcome = perf_counter(), "error"
        answered: Answered[Any] | None = None
        try:
            answered = await self._answered(query, asked, asker)
            outcome = "found" if answered.answer.found else "not-found"
        except SourceSilent:
            outcome = "silent"
            raise
        except Refused:
            outcome = "refused"
            raise
        finally:
            took = perf_counter() - began
            self._measure(query.name, outcome, took)
            self._log.note(
                QueryEntry(
                    id=self._desk.ids.new("qry", now),
                    at=now,
                    partner_id=partner_id,
                    query=query.name,
                    measure=query.measure,
                    outcome=outcome,
                    micros=round(took * 1_000_000),
                    source=answered.source if answered is not None else "",
                    age_seconds=int(answered.age.total_seconds()) if answered is not None else 0,
                )
            )
        told = {"as_of": now - answered.age, "age_seconds": int(answered.age.total_seconds())}
        answer: Answer = answered.answer.model_copy(update=told)
        return answer

    async def _answered(self, query: AnyQuery, asked: Shape, asker: Asker) -> Answered[Any]:
        if isinstance(query, Query):
            return await self._sources.answer(query, asked, asker.caller)
        return await self._of_record[query.name](asked, asker)

    def _measure(self, query: str, outcome: str, seconds: float) -> None:
        """Count an answer. Looking a metric's child up costs more than an address: each is looked up once."""
        found = self._measured.get((query, outcome))
        if found is None:
            metrics = self._metrics
            found = metrics.preorder_seconds.labels(query=query), metrics.preorder_queries.labels(query, outcome)
            self._measured[query, outcome] = found
        found[0].observe(seconds)
        found[1].inc()

    async def _known_partner(self, partner_id: str) -> tuple[Caller, Agreement]:
        partner = await self._record.partner(partner_id)
        if partner is None:
            raise NotFound(f"partner {partner_id}")
        return Caller(partner.id, PartnerCodes.of(partner.codes).ccna), self._desk.agreement_with(partner)


def answered_of_record(holds: Holds, customers: CustomerRecords) -> Mapping[str, Answering]:
    """Give who answers the questions that need the record, by the query's name."""
    return {
        holding.AUTHORIZATION.name: lambda asked, by: customers.authorize(asked, by.caller, by.credential_id),
        holding.CUSTOMER_RECORD.name: lambda asked, by: customers.show(
            asked, by.caller, by.agreement, by.credential_id
        ),
        holding.NUMBER_SELECTION.name: lambda asked, by: holds.select_numbers(asked, by.caller),
        holding.NUMBER_HOLD.name: lambda asked, by: holds.hold_numbers(asked, by.caller),
        holding.NUMBER_RELEASE.name: lambda asked, by: holds.release(asked, by.caller),
        holding.APPOINTMENT_AVAILABILITY.name: lambda asked, by: holds.find_appointments(
            asked, by.caller, by.agreement
        ),
        holding.APPOINTMENT_RESERVATION.name: lambda asked, by: holds.reserve(asked, by.caller, by.agreement),
        holding.APPOINTMENT_RELEASE.name: lambda asked, by: holds.release(asked, by.caller),
    }
