"""What stands at a place beside the order itself."""

from datetime import date
from typing import Any, Literal

import pytest

from tests.rig.court import LOOP, LOOP_WITH_PORT, MONDAY, PORT, TRANSPORT, TRANSPORT_ENDS, Court
from validators.registers.collocation_sites import DIRECT, TRANSFERS, DirectConnection, SiteInTransfer
from validators.registers.entry import Dossier, Entry
from validators.rules.case import SiteFacts, Standing
from validators.rules.site_facts import site_facts

LONG_AGO = date(2020, 1, 1)

CERTIFIED = {"LSR.REMARKS": "CERTIFIED", "LSR.DDD": "03-30-2026"}
DS1 = CERTIFIED | {"LSR.NC": "HC--", "LSR.NCI": "04QB9.11"}
DS3 = CERTIFIED | {"LSR.NC": "HF--", "LSR.NCI": "04QB6.33"}
SUBLOOP = {"LSR.NC": "UA--", "LSR.DDD": "03-30-2026"}
IN_BUILDING = SUBLOOP | {"LSR.REMARKS": "MTE"}


@pytest.mark.parametrize(
    ("rule", "sets", "there", "told"),
    [
        pytest.param("ds1-loop-cap-ten", DS1, 9, False, marks=pytest.mark.passes("ds1-loop-cap-ten")),
        pytest.param("ds1-loop-cap-ten", DS1, 10, True, marks=pytest.mark.trips("ds1-loop-cap-ten")),
        pytest.param("ds1-loop-cap-ten", DS1 | {"LS.LQTY": "00011"}, None, True),
        pytest.param("ds3-loop-cap-one", DS3, 0, False, marks=pytest.mark.passes("ds3-loop-cap-one")),
        pytest.param("ds3-loop-cap-one", DS3, 1, True, marks=pytest.mark.trips("ds3-loop-cap-one")),
        pytest.param("ds3-loop-cap-one", DS3 | {"LS.LQTY": "00002"}, None, True),
    ],
)
def test_a_building_has_its_cap(
    court: Court, rule: str, sets: dict[str, str], there: int | None, *, told: bool
) -> None:
    """Ten DS1 loops or one DS3 loop of a CLEC at a building, with those there; the order alone may exceed it."""
    found = court.on_record(court.message(LOOP, sets), Standing(site=SiteFacts(loops_at_building=there)))

    assert told is (rule in {f.rule for f in found})


@pytest.mark.trips("subloop-fcp-in-place")
@pytest.mark.trips("subloop-mte-preconditions")
def test_a_subloop_waits_for_its_terminal(court: Court) -> None:
    """No order before the field connection point is in place, or before a building's terminal is ready."""
    nothing = Standing(site=SiteFacts(field_connection_point=False, building_terminal=False))

    outside = court.on_record(court.message(LOOP, SUBLOOP), nothing)
    inside = court.on_record(court.message(LOOP, IN_BUILDING), nothing)

    assert (["subloop-fcp-in-place"], ["subloop-mte-preconditions"]) == (
        [f.rule for f in outside],
        [f.rule for f in inside],
    )


@pytest.mark.passes("subloop-fcp-in-place")
@pytest.mark.passes("subloop-mte-preconditions")
def test_a_subloop_with_its_terminal_passes(court: Court) -> None:
    """What is in place, or is not known, stops nothing."""
    there = Standing(site=SiteFacts(field_connection_point=True, building_terminal=True))

    assert [] == court.on_record(court.message(LOOP, SUBLOOP), there)
    assert [] == court.on_record(court.message(LOOP, IN_BUILDING), there)
    assert [] == court.on_record(court.message(LOOP, IN_BUILDING), Standing())


@pytest.mark.trips("lnp-managed-cut-nonpayment")
@pytest.mark.passes("lnp-managed-cut-nonpayment")
def test_unpaid_managed_cuts_stop_new_ones_and_nothing_else(court: Court) -> None:
    """A port without a managed cut is taken whatever is unpaid (10.2.5.4.4)."""
    unpaid = Standing(site=SiteFacts(managed_cuts_unpaid=True))

    assert ["lnp-managed-cut-nonpayment"] == [
        f.rule for f in court.on_record(court.message(PORT, {"LSR.CHC": "Y"}), unpaid)
    ]
    assert [] == court.on_record(court.message(PORT), unpaid)
    assert [] == court.on_record(court.message(LOOP_WITH_PORT), Standing(site=SiteFacts(managed_cuts_unpaid=False)))


@pytest.mark.parametrize(
    ("sets", "site", "fact"),
    [
        (DS1, SiteFacts(), ["loops at the building"]),
        (DS1, SiteFacts(loops_at_building=0), []),
        (SUBLOOP, SiteFacts(), ["field connection point"]),
        (IN_BUILDING, SiteFacts(), ["terminal of the building"]),
        ({}, SiteFacts(), []),
    ],
    ids=["DS1", "counted", "subloop", "in a building", "analog loop"],
)
def test_what_could_not_be_asked_is_named(court: Court, sets: dict[str, str], site: SiteFacts, fact: list[str]) -> None:
    """A rule that lacks a fact of the record is told as not asked, with the fact."""
    judgement = court.judge.judge(court.message(LOOP, sets), "template", MONDAY)

    assert fact == [rule.fact for rule in court.judge.unasked(judgement, Standing(site=site))]


def test_the_payment_of_managed_cuts_is_asked_only_of_managed_cuts(court: Court) -> None:
    """An ordinary port lacks nothing."""
    facts = [
        [
            rule.rule
            for rule in court.judge.unasked(court.judge.judge(court.message(PORT, s), "template", MONDAY), Standing())
        ]
        for s in ({}, {"LSR.CHC": "Y"})
    ]

    assert [[], ["lnp-managed-cut-nonpayment"]] == facts


SITE, POINT = "BOISIDMAH7Z", "BOISIDMAF01"


def _standing(court: Court, name: str, sets: dict[str, str], drops: list[str], *entries: Entry[Any]) -> Standing:
    facts = court.judge.judge(court.request(name, sets, drops), "template", MONDAY).facts
    return Standing(site=site_facts(Dossier.of(*entries), facts, facts.application_date))


def _in_transfer(site: str, bars: Literal["augments", "orders"]) -> Entry[SiteInTransfer]:
    return Entry("reg", TRANSFERS.id, None, site, SiteInTransfer(bars=bars, transfer="MOVE1"), "8.2.1.22.2.8", LONG_AGO)


@pytest.mark.parametrize(
    ("name", "sets", "drops", "site", "told"),
    [
        pytest.param(LOOP, {}, [], SITE, True, marks=pytest.mark.trips("tor-order-freeze")),
        (LOOP, {}, ["LSR.ACTL"], SITE, True),
        (LOOP, {}, [], POINT, True),
        (TRANSPORT, {}, [], "BOISIDMAH91", True),
        (TRANSPORT_ENDS, {}, [], "BOISIDMAH91", True),
        pytest.param(LOOP, {"LSR.RPON": "MOVE1"}, [], SITE, False, marks=pytest.mark.passes("tor-order-freeze")),
        (TRANSPORT, {"ADMIN.PROJECT": "MOVE1"}, [], "BOISIDMAH91", False),
        (LOOP, {}, [], "BOISIDMAH8Z", False),
        (TRANSPORT, {}, [], SITE, False),
    ],
    ids=[
        "by ACTL",
        "by CFA",
        "by APOT",
        "an ASR",
        "a disconnect",
        "names it in RPON",
        "in PROJECT",
        "other site",
        "no loop",
    ],
)
def test_orders_at_a_site_under_transfer_wait(
    court: Court, name: str, sets: dict[str, str], drops: list[str], site: str, *, told: bool
) -> None:
    """New orders that name the site are rejected until its circuits have moved; the transfer's own are not."""
    bar = _in_transfer(site, "orders")
    found = court.on_record(court.request(name, sets, drops), _standing(court, name, sets, drops, bar))

    assert (["tor-order-freeze"] if told else []) == [f.rule for f in found]


def test_a_bar_on_augments_and_what_is_on_record_stop_no_order(court: Court) -> None:
    """Before the acceptance orders go on, and a supplement to an order that came before does always."""
    augments = _standing(court, LOOP, {}, [], _in_transfer(SITE, "augments"))
    changed = {"LSR.SUP": "2", "LSR.VER": "01"}
    before = Standing(state="ACCEPTED", site=SiteFacts(transfer=(SITE, "MOVE1")))

    assert [] == court.on_record(court.request(LOOP), augments)
    assert "tor-order-freeze" not in {f.rule for f in court.on_record(court.request(LOOP, changed), before)}


def _direct() -> Entry[DirectConnection]:
    return Entry("reg", DIRECT.id, "clec", SITE, DirectConnection(apot="BOISIDMAF77"), "8.3.1.11.2.1", LONG_AGO)


@pytest.mark.trips("direct-apot-on-orders")
@pytest.mark.passes("direct-apot-on-orders")
def test_an_order_at_a_direct_connection_says_where_it_ends(court: Court) -> None:
    """Without APOT it is rejected; with that of the connection, or of other terminations there, it is not."""
    found = {
        apot: [
            f.rule
            for f in court.on_record(court.request(LOOP, sets, drops), _standing(court, LOOP, sets, drops, _direct()))
        ]
        for apot, sets, drops in (
            ("none", {}, ["LSR.APOT"]),
            ("direct", {"LSR.APOT": "BOISIDMAF77"}, []),
            ("other", {"LSR.APOT": POINT}, []),
            ("elsewhere", {"LSR.ACTL": "BOISIDMAH8Z"}, ["LSR.APOT", "LS[1].CFA"]),
        )
    }

    assert {"none": ["direct-apot-on-orders"], "direct": [], "other": [], "elsewhere": []} == found


def test_an_asr_at_a_direct_connection_names_its_point_too(court: Court) -> None:
    """APOT on the administrative form; a disconnect needs none."""
    at = Entry("reg", DIRECT.id, "clec", "BOISIDMAH91", DirectConnection(apot="BOISIDMAF77"), "8.3.1.11.2.1", LONG_AGO)
    asked = [(TRANSPORT, {}), (TRANSPORT, {"ADMIN.APOT": "BOISIDMAF77"}), (TRANSPORT_ENDS, {})]
    found = [court.on_record(court.request(name, sets), _standing(court, name, sets, [], at)) for name, sets in asked]

    assert [["direct-apot-on-orders"], [], []] == [[f.rule for f in one] for one in found]
