"""What a request can begin with: a product of the agreement, or a kind of service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from validators.agreement.product_terms import ProductTerms
from validators.agreement.terms import Agreement
from validators.families import FAMILIES
from validators.messages.kinds import SERVICES
from validators.messages.request import MessageFamily

_WHOLE_CODE: Final = 4
"""Characters of an NC code; the agreement's table may have a beginning of several only."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a request begins with: the first character of REQTYP, and the NC code of a product if one was chosen."""

    letter: str
    nc: str = ""


def starts_of(agreement: Agreement, family: MessageFamily) -> Mapping[str, tuple[str, Start]]:
    """Give by id of a product what its orders begin with, and its name; those that orders can name by codes."""
    form = FAMILIES[family].order_form
    products = [one for one in agreement.products.values() if one.order_form == form and one.recognised_by]
    return {one.id: (one.name, _start(one)) for one in products}


def choices_of(agreement: Agreement, family: MessageFamily) -> Sequence[tuple[str, str]]:
    """Give what a request can begin with, for a list to choose from: products first, then every kind of service."""
    products = [(f"product {name}", title) for name, (title, _) in starts_of(agreement, family).items()]
    services = [(letter, f"REQTYP {letter[:1]}: {words}") for letter, words in SERVICES[family].items()]
    return [*products, *services]


def chosen_start(agreement: Agreement, family: MessageFamily, chosen: str) -> Start | None:
    """Give what was chosen of `choices_of`; None if it is none of them."""
    if chosen in SERVICES[family]:
        return Start(chosen)
    found = starts_of(agreement, family).get(chosen.removeprefix("product "))
    return found[1] if found else None


def _start(product: ProductTerms) -> Start:
    way = product.recognised_by[0]
    nc = way.nc[0] if way.nc and len(way.nc[0]) == _WHOLE_CODE else ""
    return Start(way.reqtyp[0], nc)
