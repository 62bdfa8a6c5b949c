"""Finds the product of an order from its own codes, by the agreement's table."""

from collections.abc import Callable
from functools import lru_cache

from validators.agreement.product_terms import OrderForm, Recognition
from validators.agreement.terms import Agreement

Recogniser = Callable[[str | None, str | None, str | None, str | None], str | None]
"""Gives the id of the product that REQTYP, NC, NCI and ACT name."""


def recogniser(agreement: Agreement, order_form: OrderForm) -> Recogniser:
    """Give `recognise` for one agreement and form, with a memory; it is bounded, since a sender chooses the codes."""
    return lru_cache(maxsize=2048)(
        lambda reqtyp, nc, nci, activity: recognise(agreement, reqtyp, nc, nci, activity, order_form)
    )


def recognise(
    agreement: Agreement,
    reqtyp: str | None,
    nc: str | None,
    nci: str | None,
    activity: str | None,
    order_form: OrderForm = "LSR",
) -> str | None:
    """Give the id of the product that REQTYP, NC, NCI and ACT name; None if the agreement's table has none for them.

    Only products that are ordered by `order_form` are looked at. Where several fit, the one whose NC and NCI beginnings
    are longest is meant; among equals the first in the file.
    """
    best: tuple[int, str | None] = (-1, None)
    for product in agreement.products.values():
        if product.order_form != order_form:
            continue
        for way in product.recognised_by:
            rank = _rank(way, reqtyp or "", nc or "", nci or "", activity or "")
            if rank is not None and rank > best[0]:
                best = (rank, product.id)
    return best[1]


def _rank(way: Recognition, reqtyp: str, nc: str, nci: str, activity: str) -> int | None:
    """Give how closely `way` fits, None if it does not."""
    if reqtyp[:1] not in way.reqtyp or (way.activities and activity not in way.activities):
        return None
    nc_match = _longest(way.nc, nc) if way.nc else (None if nc else 0)
    nci_match = _longest(way.nci, nci) if way.nci else 0
    if nc_match is None or nci_match is None:
        return None
    return nc_match + nci_match


def _longest(beginnings: tuple[str, ...], code: str) -> int | None:
    return max((len(start) for start in beginnings if code.startswith(start)), default=None)
