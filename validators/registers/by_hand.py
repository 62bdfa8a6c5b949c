"""Orders that came by hand and that an operator has entered (12.2.0.1.3)."""

from typing import Final, Literal

from pydantic import Field

from validators.agreement.strict import Strict
from validators.registers.entry import Register

CameBy = Literal["facsimile", "mail", "e-mail", "telephone"]


class EnteredByHand(Strict):
    """That an order came by hand: its notices go back by hand, too."""

    pon: str = Field(description="PON of the order.")
    came_by: CameBy = Field(description="How it came.")


BY_HAND: Final = Register(
    "orders-by-hand",
    "12.2.0.1.3",
    EnteredByHand,
    "Orders that came by hand; the gateway makes these entries. Withdraw one, and its notices wait for nobody.",
    keyed_by="id of the order",
    concerns="partner",
)

REGISTERS: Final = (BY_HAND,)
