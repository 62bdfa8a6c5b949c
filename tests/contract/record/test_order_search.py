"""Orders are found by each criterion, newest first, and pages stay as they are while orders come in."""

from datetime import timedelta
from typing import Any

import pytest

from gateway.ids import Ids
from gateway.record.port import OrderQuery
from gateway.record.portal import numbers_of
from gateway.record.rows import Family
from gateway.record.sql import SqlRecord


@pytest.fixture
async def searched(record: SqlRecord, samples: Any) -> SqlRecord:
    """Give a record of five orders, an hour apart; the fourth is another partner's and is about the same number."""
    told: list[dict[str, Any]] = [
        {},
        {"state": "CONFIRMED", "product": "lnp"},
        {"family": Family.ASR, "product": "udit"},
        {"partner_id": "other", "state": "CONFIRMED", "product": "lnp"},
        {"family": Family.MATTER},
    ]
    orders = [
        samples.order(f"P{n}", id=Ids().new("ord", samples.received + timedelta(hours=n)), **changed)
        for n, changed in enumerate(told)
    ]
    named = [
        *numbers_of(orders[1].id, ("2085550123", "20855502")),
        *numbers_of(orders[3].id, ("2085550123",)),
        *numbers_of(orders[1].id, ("2085550123",)),
    ]
    await record.commit(samples.write(new_orders=orders, beside=named))
    return record


async def pons(record: SqlRecord, partner: str | None = "clec", **query: Any) -> list[str]:
    """Give the PONs that a query finds, newest first."""
    return [order.pon for order in await record.orders(OrderQuery(partner, newest_first=True, **query))]


async def test_each_criterion_narrows_the_search(searched: SqlRecord, samples: Any) -> None:
    """By PON, telephone number, state, product, family and days, each alone; two together must both hold."""
    received = samples.received
    expected: list[tuple[dict[str, Any], list[str]]] = [
        ({}, ["P2", "P1", "P0"]),
        ({"pon": "P1"}, ["P1"]),
        ({"state": "CONFIRMED"}, ["P1"]),
        ({"product": "udit"}, ["P2"]),
        ({"family": Family.ASR}, ["P2"]),
        ({"number": "2085550123"}, ["P1"]),
        ({"number": "2085550257"}, ["P1"]),
        ({"number": "2085550300"}, []),
        ({"since": received + timedelta(hours=1)}, ["P2", "P1"]),
        ({"until": received + timedelta(hours=1)}, ["P0"]),
        ({"since": received + timedelta(hours=1), "until": received + timedelta(hours=2)}, ["P1"]),
        ({"state": "CONFIRMED", "product": "udit"}, []),
    ]

    assert expected == [(query, await pons(searched, **query)) for query, _ in expected]


async def test_a_number_finds_a_partners_own_orders_alone(searched: SqlRecord) -> None:
    """Two carriers' orders are about one number: each finds its own, and the ILEC both."""
    assert ["P1"] == await pons(searched, "clec", number="2085550123")
    assert ["P3"] == await pons(searched, "other", number="2085550123")
    assert ["P3", "P1"] == await pons(searched, None, number="2085550123")


async def test_pages_stay_while_orders_come_in(searched: SqlRecord, samples: Any) -> None:
    """What comes in after the first page was shown moves nothing: each order stands on one page, and on one alone."""
    (first,) = await searched.orders(OrderQuery("clec", newest_first=True, limit=1))
    later = samples.order("P9", id=Ids().new("ord", samples.received + timedelta(hours=9)))
    await searched.commit(samples.write(new_orders=[later]))

    assert ["P1", "P0"] == await pons(searched, after=first.id)
    assert ["P9", "P2", "P1", "P0"] == await pons(searched)
