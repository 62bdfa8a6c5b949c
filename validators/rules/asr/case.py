"""How an ASR is laid before its rules: the case they judge, and the facts that outlive the message."""

from dataclasses import dataclass
from datetime import date, datetime

from validators.agreement.application import Application, application_of
from validators.agreement.product_terms import ProductTerms
from validators.agreement.products import Recogniser
from validators.agreement.terms import Agreement
from validators.messages.asr import TRANSPORT, AccessServiceRequest
from validators.rules.case import OrderFacts, PartnerCodes


@dataclass(frozen=True, slots=True)
class AsrCase:
    """An ASR with the agreement it is judged by, at the moment of its receipt.

    Attributes:
        message: what was sent.
        agreement: the partner's agreement.
        product: terms of the product that REQTYP, NC, NCI and ACT name, None where they name none.
        received_at: when the message was received (aware, UTC).
        application: the application date and time that follow from it.
        partner: the codes of the partner.
    """

    message: AccessServiceRequest
    agreement: Agreement
    product: ProductTerms | None
    received_at: datetime
    application: Application
    partner: PartnerCodes

    @property
    def application_date(self) -> date:
        """The application date in the agreement's zone."""
        return self.application.date


def asr_case(
    message: AccessServiceRequest,
    agreement: Agreement,
    named: Recogniser,
    received_at: datetime,
    partner: PartnerCodes,
) -> AsrCase:
    """Give the case of an ASR; `named` gives the product of REQTYP, NC, NCI and ACT.

    Transport without UNE is ordered out of a tariff and so is no product of the agreement.
    """
    letter = message.service_letter
    tariffed = letter == TRANSPORT and not message.unbundled
    product = None if tariffed else agreement.product(named(letter, message.nc, message.nci, message.activity))
    application = application_of(received_at, product, agreement, flow_through=False)
    return AsrCase(message, agreement, product, received_at, application, partner)


def asr_facts(case: AsrCase) -> OrderFacts:
    """Give the facts of an ASR."""
    message, field = case.message, case.message.head.fields.get
    return OrderFacts(
        family="asr",
        top=message.head.path,
        forms=tuple(message.forms),
        pon=message.pon or "",
        ver=message.ver or "",
        ccna=message.ccna,
        cc=message.cc,
        requisition_type=message.requisition_type or "",
        activity=message.activity or "",
        supplement_type=message.supplement_type,
        desired_due_date=message.desired_due_date,
        quantity=message.quantity,
        product=case.product.id if case.product is not None else None,
        received_at=case.received_at,
        application_at=case.application.at,
        application_date=case.application.date,
        expedite=field("EXP") == "Y",
        coordinated=field("CCI") == "Y",
        individual_case=case.product is not None and case.product.individual_case(message.quantity),
        project=field("PROJECT"),
        frame_due_time=field("FDT"),
        wire_center=message.of_service("SECLOC") or field("ACTL"),
        application_section=case.application.section,
        number=field("ASR_NO"),
    )
