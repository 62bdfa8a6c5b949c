"""Whether a request flows through, by the matrix of the agreement."""

from datetime import datetime

from validators.agreement.product_terms import Passage, ProductTerms
from validators.agreement.terms import Agreement
from validators.messages.lsr import LocalServiceRequest


def flows_through(
    agreement: Agreement, product: ProductTerms | None, message: LocalServiceRequest, received_at: datetime
) -> bool:
    """Say whether the parties have declared that a request for `product` passes with no person touching it.

    The state is that of the end user's address, else the agreement's (Exhibit B PO-2 note 1).
    """
    if product is None or product.flow_through is False:
        return False
    state = message.field("EU", "STATE") or agreement.state
    received_on = agreement.calendar.local_date(received_at)
    return product.flows_through(Passage(state, message.activity or "", message.quantity, received_on))
