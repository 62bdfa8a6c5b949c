"""What manual searches of the ILEC's records have found of loops, as the loop qualification tools tell it (9.2.2.8.6).

The life cycle of a search enters this by itself; operators may, too, and withdraw an entry once the ILEC's own records
have what it says.
"""

from typing import Final, Literal

from pydantic import Field, NonNegativeInt

from validators.agreement.strict import Strict
from validators.registers.entry import Register


class SearchedPlace(Strict):
    """The service address that a search was about; a part that was not told is left out."""

    sano: str | None = Field(None, description="House number.")
    sasd: str | None = Field(None, description="Direction before the street.")
    sasn: str = Field(description="Street.")
    sath: str | None = Field(None, description="Kind of street.")
    city: str = Field(description="City.")
    state: str = Field(description="State, two letters.")
    zip: str | None = Field(None, description="ZIP code, five digits.")


class SearchedLoop(Strict):
    """The make-up of one pair; lengths in feet."""

    status: Literal["working", "spare", "defective"] = Field(description="Whether it carries a service, or can.")
    material: Literal["copper", "fiber", "copper and fiber"] = Field(description="What the loop is made of.")
    length_feet: NonNegativeInt = Field(description="Length of the loop.")
    gauge: NonNegativeInt = Field(description="Wire gauge, of the greater part where it changes.")
    bridged_tap_feet: NonNegativeInt = Field(description="Bridged tap; 0 where there is none.")
    load_coils: NonNegativeInt = Field(description="How many; 0 where there are none.")
    terminals: str = Field("", description="Remote terminals, digital loop terminals and others on the way.")
    pair_gain: str = Field("", description="Type of the pair gain device; empty where there is none.")
    pair_gain_place: str = Field("", description="Where it stands.")
    spare_feeder: str = Field("", description="Of a loop on a digital carrier: spare feeder that could be used.")
    spare_distribution: str = Field("", description="The same of distribution.")
    place: SearchedPlace | None = Field(None, description="Where the pair goes, if the records do not have it there.")

    @property
    def carrier(self) -> str:
        """What makes the loop no copper pair all the way: its pair gain device, or fiber; empty for plain copper."""
        return self.pair_gain or ("" if self.material == "copper" else self.material.upper())


SEARCHED_LOOPS: Final = Register(
    "searched-loops",
    "9.2.2.8.6",
    SearchedLoop,
    "Loops whose make-up was found by a manual search of the records: the tools tell this instead of what they had.",
    keyed_by="pair (BOISIDMA/0001/901: wire center, cable, pair)",
    keys=r"[A-Z]{6}[A-Z0-9]{2}/[A-Z0-9]{1,5}/[1-9][0-9]{0,3}",
    concerns="all",
)

REGISTERS: Final = (SEARCHED_LOOPS,)
