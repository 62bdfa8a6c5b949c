"""Everything that an order names, confirmed in one question: by the same functions as the single questions."""

from typing import Final

from pydantic import Field

from gateway.preorder.caller import Caller
from gateway.preorder.queries.codes import account_result, codes_result, location_result
from gateway.preorder.queries.facilities import cfa_result
from gateway.preorder.queries.loops import MakeUp, after_conditioning, make_ups
from gateway.preorder.queries.query import query
from gateway.preorder.shapes import Answer, Shape
from gateway.preorder.territory import Territory
from gateway.preorder.territory_rows import AddressRow, DesignLimit


class OrderAddress(Shape):
    """A service address as an order has it; a part that it has not is None."""

    sano: str | None
    sasd: str | None
    sasn: str
    sath: str | None
    city: str
    state: str
    zip: str | None


class OrderCodes(Shape):
    """NC, NCI and SECNCI as an order has them."""

    nc: str
    nci: str
    secnci: str | None


class OrderQuestion(Shape):
    """What of this is known? Values are as the order has them, and may be wrong in any way."""

    family: str
    address: OrderAddress | None = None
    product: str | None = Field(None, description="Of the loop to be built at the address; none: none is built.")
    cfas: list[str] = Field([])
    codes: OrderCodes | None = None
    bans: list[str] = Field([])
    cllis: list[str] = Field([])


class LoopFacts(Shape):
    """What the best pair at the address has."""

    load_coils: bool
    bridged_tap: bool
    copper: bool
    available: bool


class OrderAnswer(Answer):
    """One word for each thing, in the order of the question: those of the single queries' `result`."""

    address: str | None = None
    cfas: list[str] = Field([])
    codes: str | None = None
    bans: list[str] = Field([])
    cllis: list[str] = Field([])
    loop: LoopFacts | None = None


@query(
    "order-check",
    "12.2.1.1.4, 12.2.1.2.2",
    "Everything that an order names, in one question",
    {"family": "lsr", "cfas": ["0101/TIE/001/BOISIDMAF01/BOISIDMAH7Z"], "cllis": ["BOISIDMADS0"]},
)
def check_order(territory: Territory, asked: OrderQuestion, caller: Caller) -> OrderAnswer:
    """Confirm what an order names; a few look-ups."""
    address, codes, ccna = asked.address, asked.codes, caller.ccna
    there = territory.candidates(address) if address is not None else ()
    limit = territory.limits.get(asked.product) if asked.product else None
    return OrderAnswer(
        found=True,
        text="",
        address=_address_result(territory, address, there) if address is not None else None,
        cfas=[cfa_result(territory, cfa, ccna) for cfa in asked.cfas],
        codes=codes_result(territory, asked.family, codes.nc, codes.nci, codes.secnci)[0] if codes else None,
        bans=[account_result(territory, ban, ccna) for ban in asked.bans],
        cllis=[location_result(territory, clli) for clli in asked.cllis],
        loop=_loop(make_ups(territory, there[0]), limit) if len(there) == 1 and limit else None,
    )


def _address_result(territory: Territory, address: OrderAddress, found: tuple[AddressRow, ...]) -> str:
    if found:
        return "valid" if len(found) == 1 else "ambiguous"
    return "near" if territory.on_street(address) else "unknown"


def _loop(pairs: tuple[MakeUp, ...], limit: DesignLimit) -> LoopFacts | None:
    """Give what the best pair has; nothing is said where no pair is on record."""
    if not pairs:
        return None
    if any(made.carries(limit) for made in pairs):
        return LoopFacts(load_coils=False, bridged_tap=False, copper=True, available=True)
    best = next((made for made in pairs if after_conditioning(made, limit)), None)
    if best is None:
        return LoopFacts(load_coils=False, bridged_tap=False, copper=not _all_carried(pairs, limit), available=False)
    return LoopFacts(
        load_coils=best.loads > limit.most_loads,
        bridged_tap=best.tap_feet > limit.most_tap_feet,
        copper=True,
        available=True,
    )


def _all_carried(pairs: tuple[MakeUp, ...], limit: DesignLimit) -> bool:
    return not limit.pair_gain and all(made.loop.pair_gain for made in pairs)


ORDER_CHECK: Final = check_order
