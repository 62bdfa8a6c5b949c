"""The building blocks of pre-order questions and answers, in the words and lengths of the order's own fields."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator


class Shape(BaseModel):
    """A JSON object with no other members than those named; never changed once it is made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _text(most: int, pattern: str = r"^[ -~]+$", least: int = 1) -> StringConstraints:
    return StringConstraints(
        strip_whitespace=True, to_upper=True, min_length=least, max_length=most, pattern=f"(?i){pattern}"
    )


Words = Annotated[str, _text(60)]
HouseNumber = Annotated[str, _text(10, r"^[0-9A-Z/-]+$")]
TelephoneNumber = Annotated[str, StringConstraints(pattern=r"^[2-9][0-9]{9}$")]
Clli = Annotated[str, _text(11, r"^[A-Z0-9]+$", 8)]
"""The CLLI code of a building (8 characters) or of something in it (11)."""
WireCenterClli = Annotated[str, _text(8, r"^[A-Z0-9]+$", 8)]
Cfa = Annotated[str, _text(42, r"^[A-Z0-9./ -]+$")]
NetworkChannel = Annotated[str, _text(4, r"^[A-Z0-9-]+$", 2)]
NetworkInterface = Annotated[str, _text(12, r"^[A-Z0-9.-]+$", 5)]
Account = Annotated[str, _text(13, r"^[A-Z0-9]+$", 4)]
Circuit = Annotated[str, _text(41, r"^[A-Z0-9./ -]+$", 4)]
Cable = Annotated[str, _text(5, r"^[A-Z0-9]+$")]
Pon = Annotated[str, _text(16)]


class ServiceAddress(Shape):
    """A service address, in the fields of the EU form."""

    sano: HouseNumber | None = Field(None, description="House number (SANO); none asks for the street.")
    sasd: Annotated[str, _text(2, r"^[NSEW]{1,2}$")] | None = Field(None, description="Direction before the street.")
    sasn: Words = Field(description="Street name (SASN).")
    sath: Annotated[str, _text(10, r"^[A-Z]+$")] | None = Field(None, description="Thoroughfare, e.g. ST (SATH).")
    city: Words
    state: Annotated[str, _text(2, r"^[A-Z]{2}$")] = "ID"
    zip: Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")] | None = None


class Where(Shape):
    """An end user's place: by its address, or by a number that works there."""

    address: ServiceAddress | None = None
    wtn: TelephoneNumber | None = Field(None, description="Working telephone number at the place.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.address is None) == (self.wtn is None):
            raise ValueError("give either address or wtn")
        return self


class AtWireCenter(Shape):
    """A wire center by its code, or the one that serves a place."""

    wire_center: WireCenterClli | None = None
    place: Where | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.wire_center is None) == (self.place is None):
            raise ValueError("give either wire_center or place")
        return self


class Answer(Shape):
    """What every answer says.

    A thing that does not exist is an answer, not an error: `found` is false and `text` says why.
    """

    found: bool = Field(description="Whether there is what was asked for.")
    text: str = Field("", description="The answer in a sentence, above all where it is no.")
    as_of: datetime | None = Field(None, description="When the reference data said so.")
    age_seconds: int = Field(0, description="How old the answer is: more than 0 where it was kept from before.")
