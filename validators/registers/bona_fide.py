"""The topical list of bona fide requests and what became of them, without CLEC and location (17.15)."""

from typing import Final, Literal

from pydantic import Field

from validators.agreement.strict import Strict
from validators.registers.entry import Register


class PublishedRequest(Strict):
    """One bona fide request as every CLEC may read of it."""

    topic: str = Field(min_length=1, max_length=500, description="What was asked for, in general.")
    disposition: Literal["granted", "denied", "deployed"] = Field(
        description="`granted`: it qualifies; `denied`: it does not; `deployed`: it was bought as quoted."
    )


BONA_FIDE: Final = Register(
    "bona-fide-requests",
    "17.15",
    PublishedRequest,
    "Bona fide requests that were granted, denied or deployed, as their life cycle enters them: no CLEC, no location.",
    concerns="all",
    published=True,
)

REGISTERS: Final = (BONA_FIDE,)
