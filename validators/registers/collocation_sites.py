"""What orders heed of collocation sites: those under transfer, and direct connections (8.2.1.22.2.8, 8.3.1.11.2.1).

The life cycles of a transfer and of a direct connection enter and withdraw these by themselves; operators may, too, for
what the gateway has not seen.
"""

from typing import Final, Literal

from pydantic import Field

from validators.agreement.strict import Strict
from validators.registers.entry import Register

SITE: Final = r"[A-Z]{6}[A-Z0-9]{5}"
"""The code of a site: a CLLI code of eleven characters."""


class SiteInTransfer(Strict):
    """That a site passes from one CLEC to another."""

    bars: Literal["augments", "orders"] = Field(
        description="Collocation augments, from the application to the acceptance; or service orders, from then on."
    )
    transfer: str = Field(description="PON of the transfer; orders that name it in RPON or PROJECT belong to it.")


class DirectConnection(Strict):
    """A direct connection in service at a site."""

    apot: str = Field(pattern=SITE, description="The point of termination that orders over it carry.")


TRANSFERS: Final = Register(
    "sites-in-transfer",
    "8.2.1.22.2.8",
    SiteInTransfer,
    "Sites under transfer of responsibility; withdraw an entry to let orders through, case by case.",
    keyed_by="site (CLLI code of 11 characters)",
    keys=SITE,
    concerns="all",
)
DIRECT: Final = Register(
    "direct-connections",
    "8.3.1.11.2.1",
    DirectConnection,
    "Direct connections of a partner at a site, with the point of termination that its orders carry.",
    keyed_by="site (CLLI code of 11 characters)",
    keys=SITE,
    concerns="partner",
)

REGISTERS: Final = (TRANSFERS, DIRECT)
