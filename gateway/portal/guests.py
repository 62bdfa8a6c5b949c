"""Who a newcomer may be in a demonstration, without password or code."""

from dataclasses import dataclass
from typing import Final

from gateway.record.rows import Role


@dataclass(frozen=True, slots=True)
class Guest:
    """One of them."""

    login: str
    role: Role
    partner: str | None
    about: str


CLEC: Final = "sawtooth"
OTHER_CLEC: Final = "bitterroot"
GUESTS: Final = (
    Guest("dana", Role.CLEC_SUPERVISOR, CLEC, "supervisor at Sawtooth Lantern Telecom, a CLEC"),
    Guest("kim", Role.CLEC, OTHER_CLEC, "orders for Bitterroot Telecom, another CLEC"),
    Guest("riley", Role.REPRESENTATIVE, None, "service representative of the ILEC"),
    Guest("omar", Role.OPERATIONS, None, "operator of the gateway"),
    Guest("ada", Role.AUDITOR, None, "auditor, who may look at all and change nothing"),
)
