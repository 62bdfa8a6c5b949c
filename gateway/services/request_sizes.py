"""What size and content of a request say of it, alone or with others of its CLEC; the figures are the agreement's."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from gateway.record.places import Place
from validators.agreement.collocation_terms import Kind, Size
from validators.agreement.terms import Agreement
from validators.messages.collocation import CollocationRequest


def sizes_of(
    request: CollocationRequest, kind: Kind, agreement: Agreement, others: Iterable[Place], received_at: datetime
) -> frozenset[str]:
    """Give the facts that hold; `others` are the places of the CLEC's requests, of which the recent ones count too."""
    own, earlier = measures_of(request, kind, agreement), tuple(others)
    return frozenset(
        size.id
        for size in _sizes_for(kind, agreement)
        if (size.only and all(_only(request, field, values) for field, values in size.only.items()))
        or any(
            size.reached(field, own[field] + _summed(size, field, kind, agreement.state, earlier, received_at))
            for field in size.least
            if field in own
        )
    )


def _only(request: CollocationRequest, field: str, values: tuple[str, ...]) -> bool:
    found = [text for _, text in request.values(field)]
    return bool(found) and set(found) <= set(values)


def measures_of(request: CollocationRequest, kind: Kind, agreement: Agreement) -> Mapping[str, int]:
    """Give the numbers of a request that sizes are read from, by field; none for a kind without sizes."""
    fields = {field for size in _sizes_for(kind, agreement) for field in size.least}
    return {field: number for field in sorted(fields) if (number := request.number(field)) is not None}


def _sizes_for(kind: Kind, agreement: Agreement) -> Iterator[Size]:
    terms = agreement.collocation
    for size in terms.sizes.values() if terms else ():
        if kind.id in agreement.products_named(size.kinds):
            yield size


def _summed(size: Size, field: str, kind: Kind, state: str, others: Iterable[Place], received_at: datetime) -> int:
    since = received_at - timedelta(days=size.summed_days)
    same = (place for place in others if (place.kind, place.state) == (kind.id, state) and place.received_at > since)
    return sum(int(place.facts.get("counted", {}).get(field, 0)) for place in same) if size.summed_days else 0
