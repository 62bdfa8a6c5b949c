"""How an ASR is laid before its rules."""

from dataclasses import dataclass
from datetime import date, datetime

from validators.agreement.application import Application, application_of
from validators.agreement.product_terms import ProductTerms
from validators.agreement.products import Recogniser
from validators.agreement.terms import Agreement
from validators.messages.asr import TRANSPORT, AccessServiceRequest
from validators.rules.case import PartnerCodes


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
