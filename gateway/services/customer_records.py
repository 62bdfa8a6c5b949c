"""Customer service records: shown only under the end user's authorization on record, and each look is written down."""

from dataclasses import dataclass
from datetime import date

from gateway.clock import Clock
from gateway.ids import Ids
from gateway.preorder.caller import Caller
from gateway.preorder.port import Answered, ReferenceData
from gateway.preorder.queries.customers import (
    AuthorizationAnswer,
    EndUserAuthorization,
    RecordAnswer,
    RecordQuestion,
)
from gateway.preorder.queries.table import CUSTOMER_SERVICE_RECORD
from gateway.record.port import Changes, Needs, OnRecord, Record
from gateway.record.preorder import Authorization, CustomerView, PreOrderReads
from gateway.services.refusals import NotAuthorized
from validators.agreement.terms import Agreement


@dataclass(frozen=True, slots=True)
class WriteBeside:
    """Writes rows that stand beside the orders and depend on nothing."""

    rows: tuple[object, ...]
    needs: Needs = Needs()  # noqa: RUF009 - frozen and empty

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        """Give the rows."""
        del on_record
        return None, Changes(beside=list(self.rows))


class CustomerRecords:
    """The only way to a customer's record."""

    def __init__(self, record: Record, reads: PreOrderReads, sources: ReferenceData, clock: Clock, ids: Ids) -> None:
        self._record = record
        self._reads = reads
        self._sources = sources
        self._clock = clock
        self._ids = ids

    async def authorize(
        self, asked: EndUserAuthorization, caller: Caller, credential_id: str
    ) -> Answered[AuthorizationAnswer]:
        """Put an authorization on record; it stands there for ever, as it was asserted."""
        now = self._clock.of(caller.partner_id).now()
        kept = Authorization(
            self._ids.new("aut", now),
            caller.partner_id,
            asked.wtn,
            asked.authnm,
            asked.dated,
            asked.until,
            now,
            credential_id,
        )
        await self._record.commit(WriteBeside((kept,)))
        return Answered(AuthorizationAnswer(found=True, id=kept.id), source="record")

    async def show(
        self, asked: RecordQuestion, caller: Caller, agreement: Agreement, credential_id: str
    ) -> Answered[RecordAnswer]:
        """Show a record. Who saw it, when and under which authorization is durable before anything is shown.

        Raises:
            NotAuthorized: no authorization of this end user that holds today stands on record.
            SourceSilent: the ILEC's system does not answer.
        """
        now = self._clock.of(caller.partner_id).now()
        under = await self._holding(caller.partner_id, asked.wtn, agreement.calendar.local_date(now))
        if under is None:
            raise NotAuthorized(asked.wtn)
        told = await self._sources.answer(CUSTOMER_SERVICE_RECORD, asked, caller)
        view = CustomerView(
            self._ids.new("viw", now), now, caller.partner_id, credential_id, asked.wtn, under.id, told.answer.found
        )
        await self._record.commit(WriteBeside((view,)))
        return Answered(told.answer.model_copy(update={"authorization": under.id}), told.age, told.source)

    async def _holding(self, partner_id: str, wtn: str, today: date) -> Authorization | None:
        known = await self._reads.authorizations(partner_id, wtn)
        return next((one for one in known if one.dated <= today and (one.until is None or one.until >= today)), None)
