"""Releases of the interface, and which business scenarios a partner is certified for on each (12.2.9)."""

from datetime import date
from typing import Final, Literal

from pydantic import Field

from validators.agreement.strict import Strict
from validators.registers.entry import Register


class Release(Strict):
    """A release of the interface; `valid_from` of its entry is the day of its deployment."""

    retires_on: date | None = Field(None, description="Day on which it is retired; none while no day is set.")


class Certification(Strict):
    """One suite of scenarios that a partner has passed for one product; `valid_from` is the day of the grant."""

    release: str = Field(pattern=r"^r[1-9][0-9]*$", description="The release it is granted for, as r1.")
    suite: str = Field(min_length=1, max_length=60, description="Id of the suite of test scenarios.")
    activities: tuple[str, ...] = Field(min_length=1, description="ACT codes of the orders that it admits.")
    pons: tuple[str, ...] = Field(min_length=1, description="PONs of the successful test orders (12.2.9.7).")
    tested_on: date = Field(description="Day of the last successful test order.")
    stage: Literal["controlled", "full"] = Field(
        "full", description="`controlled`: live orders under controlled production (12.2.9.3.4); `full`: no limit."
    )


class Pin(Strict):
    """That a partner is on a release; `valid_from` is the day from which it is."""


PROTOCOL: Final = "protocol"
"""The key of a certification of the exchange protocol itself, for no product (12.2.9.2)."""

RELEASES: Final = Register(
    "releases",
    "12.2.9.6",
    Release,
    "Releases of the interface, each with the days of its deployment and retirement.",
    keyed_by="release, as r1",
    keys=r"r[1-9][0-9]*",
    concerns="all",
    published=True,
)
CERTIFICATIONS: Final = Register(
    "certifications",
    "12.2.9.4",
    Certification,
    "What a partner is certified for: by release, product and activity, with the PONs of the tests.",
    keyed_by="product id, or `protocol` for the exchange protocol",
    concerns="partner",
    published=True,
)

PINS: Final = Register(
    "release-pins",
    "12.2.8",
    Pin,
    "The release of the messages that a partner writes and is written to; without an entry it is the first one.",
    keyed_by="release, as r1",
    keys=r"r[1-9][0-9]*",
    concerns="partner",
    published=True,
)

REGISTERS: Final = (RELEASES, CERTIFICATIONS, PINS)
