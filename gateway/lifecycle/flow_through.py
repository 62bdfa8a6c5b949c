"""When the gateway may confirm by itself. It never makes up a FOC."""

from typing import Protocol


class FacilityAnswer(Protocol):
    """A facility answer that stands on record."""

    @property
    def available(self) -> bool | None:
        """Whether a loop assignment was identified."""


def may_confirm_by_flow_through(*, flows_through: bool, facility: FacilityAnswer | None) -> bool:
    """Tell whether a FOC may go out without a decision of the back end.

    Both must hold: the order flows through by the agreement's matrix, and a facility answer on record says that a loop
    was assigned, since that is what a FOC states (9.2.4.3.1.2). Without an answer (`None`) it is never so.
    """
    return flows_through and facility is not None and facility.available is True
