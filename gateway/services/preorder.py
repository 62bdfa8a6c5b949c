"""Pre-order questions of a trading partner: asked of the reference data, timed, and noted for the measures."""

from datetime import timedelta
from time import perf_counter
from typing import TypeVar

from gateway.clock import Clock
from gateway.metrics import Metrics
from gateway.preorder.caller import Caller
from gateway.preorder.port import Answered, ReferenceData, SourceSilent
from gateway.preorder.queries.table import Query
from gateway.preorder.shapes import Answer, Shape
from gateway.record.port import Record
from gateway.record.rows import Partner
from gateway.services.refusals import NotFound
from gateway.services.remembered import Remembered
from validators.rules.case import PartnerCodes

Asked = TypeVar("Asked", bound=Shape)
Told = TypeVar("Told", bound=Answer)


class PreOrder:
    """Answers the questions that the reference data alone can answer."""

    def __init__(self, sources: ReferenceData, record: Record, clock: Clock, metrics: Metrics) -> None:
        self._sources = sources
        self._record = record
        self._clock = clock
        self._metrics = metrics
        self._partners = Remembered(self._known_partner, clock)

    async def caller(self, partner_id: str) -> Caller:
        """Give the partner as the reference data know it.

        Raises:
            NotFound: there is no such partner.
        """
        partner = await self._partners.get(partner_id)
        return Caller(partner.id, PartnerCodes.of(partner.codes).ccna)

    async def ask(self, query: Query[Asked, Told], asked: Asked, partner_id: str) -> Told:
        """Answer one question of a partner.

        Raises:
            NotFound: there is no such partner.
            SourceSilent: the ILEC's system does not answer.
        """
        caller = await self.caller(partner_id)
        began, outcome = perf_counter(), "error"
        try:
            answered = await self._sources.answer(query, asked, caller)
            outcome = "found" if answered.answer.found else "not-found"
        except SourceSilent:
            outcome = "silent"
            raise
        finally:
            took = timedelta(seconds=perf_counter() - began)
            self._metrics.preorder_seconds.labels(query=query.name).observe(took.total_seconds())
            self._metrics.preorder_queries.labels(query=query.name, outcome=outcome).inc()
        return self._dated(answered)

    def _dated(self, answered: Answered[Told]) -> Told:
        told = {"as_of": self._clock.now() - answered.age, "age_seconds": int(answered.age.total_seconds())}
        return answered.answer.model_copy(update=told)

    async def _known_partner(self, partner_id: str) -> Partner:
        partner = await self._record.partner(partner_id)
        if partner is None:
            raise NotFound(f"partner {partner_id}")
        return partner
