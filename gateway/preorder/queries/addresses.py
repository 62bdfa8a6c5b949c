"""Service address validation (12.2.1.1.4.6, 12.2.1.2.2.1)."""

from typing import Final, Literal

from pydantic import Field

from gateway.preorder.caller import Caller
from gateway.preorder.queries.query import PLACE, query
from gateway.preorder.shapes import Answer, ServiceAddress, Shape
from gateway.preorder.territory import Territory
from gateway.preorder.territory_rows import AddressRow

_MOST_SHOWN: Final = 10


class AddressQuestion(Shape):
    """Is this a service address?"""

    address: ServiceAddress


class ListedAddress(Shape):
    """An address as it stands in the reference data, and the wire center that serves it."""

    sano: str
    sasd: str
    sasn: str
    sath: str
    city: str
    state: str
    zip: str
    wire_center: str


class KnownAddress(ListedAddress):
    """An address as it stands in the reference data, and what serves it."""

    terminal: str

    @classmethod
    def of(cls, row: AddressRow) -> "KnownAddress":
        """Show a row."""
        return cls.model_validate(row, from_attributes=True)


class AddressAnswer(Answer):
    """The address, or those that may be meant."""

    result: Literal["valid", "ambiguous", "near", "unknown"] = Field(
        description="valid: this one; ambiguous: several fit; near: none fits, these are close; unknown: none is close."
    )
    addresses: list[KnownAddress] = Field([])
    lst: str | None = Field(None, description="CLLI of the switch that serves it (LST).")
    npa_nxx: list[str] = Field([], description="Beginnings of the numbers there.")


@query("address-validation", "12.2.1.1.4.6, 12.2.1.2.2.1", "Validate a service address", PLACE, measure=4)
def validate_address(territory: Territory, asked: AddressQuestion, caller: Caller) -> AddressAnswer:
    """Find the address; offer those that are close where there is none."""
    del caller
    found = territory.candidates(asked.address)
    if len(found) == 1:
        center = territory.wire_centers[found[0].wire_center]
        return AddressAnswer(
            found=True,
            result="valid",
            addresses=[KnownAddress.of(found[0])],
            lst=center.switch,
            npa_nxx=list(center.npa_nxx),
        )
    if found:
        return AddressAnswer(
            found=False,
            text=f"{len(found)} addresses fit; say more of the one that is meant.",
            result="ambiguous",
            addresses=_shown(found),
        )
    near = sorted(territory.on_street(asked.address), key=lambda row: _distance(row, asked.address.sano))
    text = "No address fits; these are on that street." if near else "There is no such street in that city."
    return AddressAnswer(found=False, text=text, result="near" if near else "unknown", addresses=_shown(near))


def _shown(rows: list[AddressRow] | tuple[AddressRow, ...]) -> list[KnownAddress]:
    return [KnownAddress.of(row) for row in rows[:_MOST_SHOWN]]


def _distance(row: AddressRow, sano: str | None) -> tuple[int, str]:
    numbers = [text for text in (row.sano, sano or "") if text.isdigit()]
    apart = abs(int(numbers[0]) - int(numbers[-1])) if len(numbers) > 1 else 0
    return apart, row.sano
