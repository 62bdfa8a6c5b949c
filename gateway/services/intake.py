"""Takes a message: judged, recorded once and for ever, acknowledged; all of it in one commit, or none of it."""

import asyncio
import hashlib
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime

import structlog

from gateway.clock import Clock
from gateway.record.port import OrderQuery, Record
from gateway.record.rows import Family, Partner
from gateway.services.desk import Desk
from gateway.services.reference_checks import ReferenceChecks
from gateway.services.refusals import NotFound, Unreadable
from gateway.services.releases import Support, support_of
from gateway.services.remembered import Remembered
from gateway.services.right_of_way import RightOfWay
from gateway.services.take_message import Message, TakeMessage
from gateway.services.take_request import TakeRequest
from gateway.services.taken import Duplicate, OutOfSequence, Taken
from gateway.services.trial import Trial
from validators.judge import Judge, Judgement
from validators.messages.request import Request
from validators.releases import release_of
from validators.rules.case import PartnerCodes, References

_LARGE = 65_536
"""Bytes from which a document is judged in a worker thread, so that it holds up nobody else."""

log = structlog.get_logger("gateway.intake")


class Intake:
    """The way of a message from its bytes to its acknowledgement."""

    def __init__(
        self,
        record: Record,
        desk: Desk,
        judge: Judge,
        clock: Clock,
        wake: Callable[[], None],
        checks: ReferenceChecks | None = None,
        right_of_way: RightOfWay | None = None,
    ) -> None:
        """Take the parts; without `checks` nothing that an order names is looked up."""
        self._right_of_way = right_of_way
        self._checks = checks
        self._record = record
        self._desk = desk
        self._judge = judge
        self._clock = clock
        self._wake = wake
        self._partners = Remembered(self._known_partner, clock)

    async def submit(
        self,
        partner_id: str,
        family: Family,
        body: bytes,
        *,
        idempotency_key: str | None,
        if_match: int | None,
        received_at: datetime | None = None,
    ) -> Taken | Duplicate | OutOfSequence:
        """Take one message and give what became of it. Nothing is given before it is durable.

        Args:
            partner_id: who sends it, as the door found out.
            family: which family the address stands for.
            body: the document's bytes.
            idempotency_key: the sender's, if any.
            if_match: the revision of the order that the sender means, if it says one.
            received_at: when it was received, if that was before now: with the batch file that it stood in.

        Raises:
            Unreadable: it does not parse or does not fit its schema; every error is listed.
            KeyReused, StaleRevision, NoAgreement: see `refusals`.
            RecordUnavailable: nothing is recorded; the same bytes may be sent again.
        """
        at = received_at or self._clock.of(partner_id).now()
        # What stood in a batch file has no right of way.
        single = nullcontext() if self._right_of_way is None or received_at else self._right_of_way.single()
        with single:
            partner = await self._partners.get(partner_id)
            message = await self._read(partner, family, body, at, idempotency_key, if_match)
            take = TakeRequest if family is Family.COLLOCATION else TakeMessage
            result = await self._record.commit(take(self._desk, self._judge, message))
        if family is Family.COLLOCATION:
            await self._desk.look_again()
        self._wake()
        log.debug("message taken", order=result.order_id, partner=partner_id, result=result.name)
        return result

    async def try_out(
        self, partner_id: str, family: Family, body: bytes, *, idempotency_key: str | None = None
    ) -> Taken | Duplicate | OutOfSequence:
        """Give what would become of a message if it came now; nothing is recorded, and nobody is told.

        Raises:
            Unreadable, KeyReused, NoAgreement, RecordUnavailable: as `submit`.
        """
        partner = await self._partners.get(partner_id)
        at = self._clock.of(partner_id).now()
        message = await self._read(partner, family, body, at, idempotency_key, None)
        take = TakeRequest if family is Family.COLLOCATION else TakeMessage
        return await self._record.commit(Trial(take(self._desk, self._judge, message)))

    async def _read(
        self,
        partner: Partner,
        family: Family,
        body: bytes,
        received_at: datetime,
        idempotency_key: str | None,
        if_match: int | None,
    ) -> Message:
        """Read and judge a message, with what has to be known of it before the commit."""
        if family is Family.LSR:
            refusal = support_of(self._desk, partner, received_at).refusal(release_of(body), received_at)
            if refusal is not None:
                raise Unreadable((refusal,))
        judgement = await self._judged(partner, family, body, received_at)
        return Message(
            partner=partner,
            family=family,
            body=body,
            digest=hashlib.sha256(body).hexdigest(),
            judgement=judgement,
            received_at=received_at,
            idempotency_key=idempotency_key,
            if_match=if_match,
            in_force=await self._in_force(partner, family, judgement),
            references=await self._looked_up(partner, judgement),
        )

    async def support(self, partner_id: str, at: datetime | None = None) -> Support:
        """Give the release that a partner is on at an instant, now without one, and how long it is supported.

        Raises:
            NotFound, NoAgreement: see `refusals`.
        """
        partner = await self._partners.get(partner_id)
        return support_of(self._desk, partner, at or self._clock.of(partner_id).now())

    async def _looked_up(self, partner: Partner, judgement: Judgement) -> References:
        if self._checks is None:
            return References()
        return await self._checks.look_up(judgement.facts, partner, self._clock.now())

    async def _known_partner(self, partner_id: str) -> Partner:
        partner = await self._record.partner(partner_id)
        if partner is None:
            raise NotFound(f"partner {partner_id}")
        return partner

    async def _judged(self, partner: Partner, family: Family, body: bytes, received_at: datetime) -> Judgement:
        agreement = self._desk.agreement_with(partner)
        codes = PartnerCodes.of(partner.codes, self._desk.dossier_of(partner.id), active=partner.active)
        if len(body) <= _LARGE:
            message = self._judge.read_valid(body, family.message)
            if message is not None:
                return self._judge.judge(message, agreement.id, received_at, codes)
        # A large document, or one whose every mistake must be found, holds up nobody else.
        return await asyncio.to_thread(self._judge_at_leisure, body, family, agreement.id, received_at, codes)

    def _judge_at_leisure(
        self, body: bytes, family: Family, agreement_id: str, received_at: datetime, codes: PartnerCodes
    ) -> Judgement:
        reading = self._judge.read(body, family.message)
        if reading.message is None:
            raise Unreadable(self._judge.explain_refusal(reading, agreement_id, received_at, codes))
        return self._judge.judge(reading.message, agreement_id, received_at, codes)

    async def _in_force(self, partner: Partner, family: Family, judgement: Judgement) -> Request | None:
        """Give the version that a supplement of the due date alone is compared with."""
        if judgement.message is None or judgement.facts.supplement_type is None:
            return None
        found = await self._record.orders(OrderQuery(partner.id, pon=judgement.facts.pon, family=family, limit=1))
        for order in found:
            for submission in await self._record.submissions(order.id):
                if submission.id == order.submission_id:
                    return self._judge.read(submission.body, family.message).message
        return None
