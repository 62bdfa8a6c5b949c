"""A message about collocation as a form: written, checked as intake would, sent; an application or a later message."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from gateway.doors.acceptance import submitted
from gateway.doors.problems import Kind, Problem
from gateway.portal.collocation.asked_for import WHOLE, AskedForm, forms_of
from gateway.portal.collocation.letter import Letter, Sheet
from gateway.portal.collocation.requests import own_request
from gateway.portal.collocation.written import Values, document, rows_of, typed, values_of
from gateway.portal.pages import Answer, Asked, Elsewhere, Page, Shown
from gateway.portal.services import Services
from gateway.record.rows import ClockState, Family, Order
from gateway.services.premises_list import PremisesList
from gateway.services.refusals import KeyReused, Unreadable
from gateway.services.request_outlook import Outlooks
from gateway.services.taken import Taken
from validators.agreement.terms import Agreement
from validators.messages.collocation import APPLICATION, CollocationRequest
from validators.messages.compose import ComposeError
from validators.verdict import Finding, Outcome, Severity, Verdict

_CHECK, _ANYWAY = "check", "send-anyway"
_ADD = "line:"
"""What the buttons of the form stand for; the last one is followed by the form that it adds a line to."""
_SENT_BEFORE = (
    "This form was sent already, and what it said then is on record. What stands in it now is another message."
)


class WritingPages:
    """The wizard of an application, and the forms of what may be sent about one later."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._outlooks = Outlooks(services.record, services.desk, services.clock)
        self._full = PremisesList(services.record, services.registers, services.clock)

    async def begin(self, asked: Asked) -> Answer:
        """Ask for kind and Premises, and then for what an application of that kind holds."""
        agreement = await self._agreement(asked)
        kind = asked.query("kind")
        terms = agreement.collocation
        if terms is None or kind not in terms.kinds:
            return Shown("collocation/begin.html", {"terms": terms, "full": await self._full.now()})
        values = await self._known_of(asked)
        if premises := asked.query("premises").upper():
            values["COLLO.PREM"] = premises
        letter = Letter(
            asked.principal.partner, agreement, kind, APPLICATION, self._forms(agreement, kind, APPLICATION)
        )
        return _shown(letter, Sheet(values, asked.query("pon").upper()))

    async def begin_sent(self, asked: Asked) -> Answer:
        """Check, or send, the first message of a request."""
        agreement, kind = await self._agreement(asked), asked.text("kind")
        if agreement.collocation is None or kind not in agreement.collocation.kinds:
            raise Problem(Kind.MALFORMED_REQUEST, "the form names no kind of request; begin again")
        letter = Letter(
            asked.principal.partner, agreement, kind, APPLICATION, self._forms(agreement, kind, APPLICATION)
        )
        return await self._acted(asked, letter, asked.text("pon"))

    async def go_on(self, asked: Asked) -> Answer:
        """Ask for what a later message holds; one that carries the whole application begins with the last one."""
        letter = await self._later(asked)
        values: Values = {}
        if letter.says in WHOLE and letter.order is not None:
            values = await self._last_whole(letter, letter.order)
        return _shown(letter, Sheet(values, letter.order.pon if letter.order else ""))

    async def go_on_sent(self, asked: Asked) -> Answer:
        """Check, or send, a later message."""
        letter = await self._later(asked)
        return await self._acted(asked, letter, letter.order.pon if letter.order else "")

    async def _acted(self, asked: Asked, letter: Letter, pon: str) -> Answer:
        """Do what the button that was used stands for."""
        act = asked.text("act")
        sheet = Sheet(typed(asked.form, letter.forms), pon, asked.text("key"))
        if act.startswith(_ADD):
            form = act.removeprefix(_ADD)
            return _shown(letter, replace(sheet, lines={form: rows_of(sheet.values, form) + 1}))
        try:
            body = document(sheet.values, letter.head(pon), self._services.schemas)
        except ComposeError as error:
            raise Problem(Kind.MALFORMED_MESSAGE, str(error)) from None
        found = await self._found(letter, body, sheet.key)
        outcome = Verdict.of(found).outcome
        waits = outcome is Outcome.REJECTED or (outcome is Outcome.DEFERRED and act != _ANYWAY)
        if act == _CHECK or waits:
            return _shown(letter, replace(sheet, findings=found, checked=True), 200 if act == _CHECK else 422)
        return await self._sent(letter, sheet, body)

    async def _found(self, letter: Letter, body: bytes, key: str) -> Sequence[Finding]:
        """Give what intake would find now: errors of the schema, what is on record, what the notice would list."""
        intake, family = self._services.trade.intake, Family.COLLOCATION
        try:
            result = await intake.try_out(letter.partner_id, family, body, idempotency_key=key or None)
        except Unreadable as unreadable:
            return unreadable.findings
        except KeyReused:
            return ()
        if not isinstance(result, Taken):
            return result.findings
        return () if result.again else result.acknowledgement.findings

    async def _sent(self, letter: Letter, sheet: Sheet, body: bytes) -> Answer:
        trade, metrics = self._services.trade, self._services.metrics
        key = sheet.key or None
        try:
            result = await submitted(
                trade.intake, metrics, letter.partner_id, Family.COLLOCATION, body, idempotency_key=key
            )
        except KeyReused:
            return _shown(letter, replace(sheet, key="", refused=_SENT_BEFORE), 409)
        if not isinstance(result, Taken):
            return _shown(letter, replace(sheet, findings=result.findings, checked=True), 409)
        return Elsewhere(f"/portal/collocation/{result.order_id}", _told(letter, sheet.pon, result))

    async def _later(self, asked: Asked) -> Letter:
        order = await own_request(self._services, asked)
        says, agreement = asked.part("says"), self._services.desk.agreement_of(order)
        clocks = [clock for clock in await self._services.record.clocks(order.id) if clock.state is ClockState.OPEN]
        outlook = await self._outlooks.of(order, clocks)
        now = outlook.may_send(says)
        if now is None:
            known = ", ".join(message.says for message in outlook.messages if not message.refused) or "nothing"
            raise Problem(Kind.STATE_FORBIDS, f"the request is {order.state}; what may be sent now: {known}")
        submissions = await self._services.record.submissions(order.id)
        ver = max((int(sent.ver) for sent in submissions if sent.ver.isdecimal()), default=0) + 1
        kind = order.facts["kind"]
        forms = self._forms(agreement, kind, says)
        return Letter(order.partner_id, agreement, kind, says, forms, order, f"{ver:02}", now)

    async def _last_whole(self, letter: Letter, order: Order) -> Values:
        """Give what the last message said that carried the whole application."""
        for submission in reversed(await self._services.record.submissions(order.id)):
            message = self._services.judge.read(submission.body, "collocation").message
            if isinstance(message, CollocationRequest) and message.says in WHOLE:
                return values_of(message, letter.forms)
        return {}

    def _forms(self, agreement: Agreement, kind: str, says: str) -> tuple[AskedForm, ...]:
        return forms_of(self._services.schemas.catalogue("collocation"), agreement, kind, says)

    async def _agreement(self, asked: Asked) -> Agreement:
        partner = await self._services.record.partner(asked.principal.partner)
        if partner is None:
            raise Problem(Kind.NOT_FOUND, "there is no such partner")
        return self._services.desk.agreement_with(partner)

    async def _known_of(self, asked: Asked) -> Values:
        """Give what is known of the CLEC: its codes."""
        partner = await self._services.record.partner(asked.principal.partner)
        codes: Mapping[str, Any] = partner.codes if partner else {}
        return {f"COLLO.{name.upper()}": codes[name][0] for name in ("ccna", "cc") if codes.get(name)}

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        send, later = ("submitCollocation",), "/portal/collocation/{id}/{says}"
        both = ("submitCollocation", "readOrder", "readDocument")
        return (
            Page("GET", "/portal/collocation/new", "collocationNew", self.begin, send),
            Page("POST", "/portal/collocation/new", "collocationNewSent", self.begin_sent, send),
            Page("GET", later, "collocationMessage", self.go_on, both),
            Page("POST", later, "collocationMessageSent", self.go_on_sent, both),
        )


def _shown(letter: Letter, sheet: Sheet, status: int = 200) -> Shown:
    return Shown("collocation/write.html", sheet.context(letter), status)


def _told(letter: Letter, pon: str, result: Taken) -> str:
    findings = result.acknowledgement.findings
    missing = sum(finding.severity is Severity.DEFER for finding in findings)
    what = f"{letter.says.replace('-', ' ').capitalize()} {pon} VER {letter.ver}"
    if result.acknowledgement.outcome == Outcome.REJECTED:
        return f"{what} was recorded and rejected; the notice says why."
    if missing:
        return f"{what} is on record; {missing} things are missing, and the notice of deficiencies will list them."
    return f"{what} is on record."
