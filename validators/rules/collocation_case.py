"""How a message about collocation is laid before its rules: the case they judge, and the facts that outlive it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from validators.agreement.application import Application
from validators.agreement.products import Recogniser
from validators.agreement.terms import Agreement
from validators.agreement.words import on, when
from validators.codes import Code
from validators.collocation.completeness import lacking
from validators.messages.collocation import APPLICATION, CollocationRequest
from validators.rules.case import OrderFacts, PartnerCodes
from validators.verdict import Finding, Severity


@dataclass(frozen=True, slots=True)
class CollocationCase:
    """A message about collocation with the agreement it is judged by, at the moment of its receipt.

    Attributes:
        message: what was sent.
        agreement: the partner's agreement.
        received_at: when the message was received (aware, UTC).
        application: its date: that of receipt, since no cut-off hour is in the text.
        partner: the codes of the partner.
    """

    message: CollocationRequest
    agreement: Agreement
    received_at: datetime
    application: Application
    partner: PartnerCodes
    product: None = None

    @property
    def application_date(self) -> date:
        """The date of receipt at the Premises."""
        return self.application.date


def collocation_case(
    message: CollocationRequest,
    agreement: Agreement,
    named: Recogniser,
    received_at: datetime,
    partner: PartnerCodes,
) -> CollocationCase:
    """Give the case of a message; products play no part, its kind says what it is for."""
    del named
    application = application_at_receipt(received_at, agreement, message.premises)
    return CollocationCase(message, agreement, received_at, application, partner)


def application_at_receipt(received_at: datetime, agreement: Agreement, premises: str | None) -> Application:
    """Give the application date of a complete application: that of its receipt at the Premises (8.4.1.5)."""
    local = received_at.astimezone(agreement.wire_center_zone(premises))
    return Application(
        received_at.astimezone(UTC),
        local.date(),
        "8.4.1.5",
        lambda: f"received {when(local)}, {on(local.date())} at the Premises; no cut-off hour",
    )


def collocation_facts(case: CollocationCase) -> OrderFacts:
    """Give the facts of a message."""
    message, field = case.message, case.message.head.fields.get
    return OrderFacts(
        family="collocation",
        top=message.head.path,
        forms=tuple(message.forms),
        pon=message.pon or "",
        ver=message.ver or "",
        ccna=field("CCNA"),
        cc=field("CC"),
        requisition_type="",
        activity=message.says,
        supplement_type=None,
        desired_due_date=message.desired_due_date,
        quantity=1,
        product=message.kind,
        received_at=case.received_at,
        application_at=case.application.at,
        application_date=case.application.date,
        wire_center=message.premises,
        application_section=case.application.section,
        site=message.value("COLLO.SITE"),
    )


def collocation_findings(case: CollocationCase) -> Iterable[Finding]:
    """Give what an application lacks by the terms of its kind; later messages are judged with their request."""
    message, terms = case.message, case.agreement.collocation
    if message.kind is None:
        return () if message.says != APPLICATION else (_of_kind(message, "KIND is missing", case.agreement),)
    if terms is None or message.kind not in terms.kinds:
        text = f"KIND {message.head.get('KIND')} is no kind of request of this agreement"
        return (_of_kind(message, text, case.agreement),)
    return lacking(message, message.kind, case.agreement)


def _of_kind(message: CollocationRequest, text: str, agreement: Agreement) -> Finding:
    kinds = ", ".join(name.upper() for name in (agreement.collocation.kinds if agreement.collocation else ()))
    return Finding(
        rule="kind-standard-list",
        section="8.1.1",
        code=Code.FIELD_VALUE,
        severity=Severity.REJECT,
        path=message.head.path_of("KIND"),
        value=message.head.get("KIND"),
        text=text,
        cure=f"Name one of {kinds}; for anything else send a bona fide request (BFR).",
    )
