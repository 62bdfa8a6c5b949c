"""Customer service records of the ILEC's retail end users (12.2.1.1.4.2)."""

from typing import Annotated

from pydantic import Field

from gateway.lifecycle.wire_dates import WrittenDay
from gateway.preorder.caller import Caller
from gateway.preorder.queries.query import query
from gateway.preorder.shapes import Answer, Shape, TelephoneNumber, Words
from gateway.preorder.territory import Territory


class EndUserAuthorization(Shape):
    """The end user's authorization to see its record, as the CLEC asserts it (AGAUTH)."""

    wtn: TelephoneNumber
    authnm: Words = Field(description="Who of the end user gave it (AUTHNM).")
    dated: WrittenDay = Field(description="When it was given (DATED).")
    until: WrittenDay | None = Field(None, description="Last day on which it holds; none: until it is taken back.")


class AuthorizationAnswer(Answer):
    """The authorization stands on record."""

    id: str


class RecordQuestion(Shape):
    """The service record of an end user whose authorization stands on record."""

    wtn: TelephoneNumber
    pon: Annotated[str, Field(max_length=16, pattern=r"^[ -~]*$")] | None = None


class RecordView(Shape):
    """What the record has."""

    wtn: str
    account: str
    billing_name: str
    billing_address: str
    service_address: str
    name: str
    features: list[str]
    listing: str
    pic: str
    lpic: str


class RecordAnswer(Answer):
    """The record, and under which authorization it was shown."""

    authorization: str | None = Field(None, description="Id of the authorization on record.")
    record: RecordView | None = None


@query(
    "customer-service-record",
    "12.2.1.1.4.2",
    "The service record of an end user whose authorization stands on record",
    {"wtn": "2085550201"},
    measure=5,
)
def read_customer(territory: Territory, asked: RecordQuestion, caller: Caller) -> RecordAnswer:
    """Give the service record of a number. The caller's right to see it was asked for before."""
    del caller
    row = territory.customers.get(asked.wtn)
    if row is None:
        return RecordAnswer(found=False, text="No retail end user of ours has this number.")
    there = territory.addresses[row.address]
    at = (there.sano, there.sasd, there.sasn, there.sath, there.city, there.state, there.zip)
    return RecordAnswer(
        found=True,
        record=RecordView(
            wtn=row.tn,
            account=row.account,
            billing_name=row.billing_name,
            billing_address=row.billing_address,
            service_address=" ".join(part for part in at if part),
            name=row.name,
            features=list(row.features),
            listing=row.listing,
            pic=row.pic,
            lpic=row.lpic,
        ),
    )
