"""When the gateway may confirm by itself. It never makes up a FOC."""

from typing import Protocol


class FlowThroughTerms(Protocol):
    """What the agreement says of a product, as far as needed here."""

    @property
    def flow_through(self) -> bool:
        """Whether the agreement's configuration declares the product flow-through."""


class FacilityAnswer(Protocol):
    """A facility answer that stands on record."""

    @property
    def available(self) -> bool | None:
        """Whether a loop assignment was identified."""


def may_confirm_by_flow_through(product: FlowThroughTerms, facility: FacilityAnswer | None) -> bool:
    """Tell whether a FOC may go out without a decision of the back end.

    Both must hold: the product is declared flow-through, and a facility answer on record says that a loop was
    assigned, since that is what a FOC states (9.2.4.3.1.2). Without an answer (`None`) it is never so.
    """
    return product.flow_through and facility is not None and facility.available is True
