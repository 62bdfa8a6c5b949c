"""What an ASR is taken for, and what it is not refused for."""

from datetime import date, datetime

import pytest

from tests.rig.court import LOOP, MOUNTAIN, NEW_YEAR, TRANSPORT, TRUNKS, Court


@pytest.mark.upholds("def-asr-use")
@pytest.mark.upholds("udit-ordered-by-asr")
def test_trunks_and_transport_are_ordered_by_asr(court: Court) -> None:
    """The requisitions of an ASR name trunks and transport; on an LSR the same letters name no product."""
    assert "lis" == court.judged(court.request(TRUNKS), received=NEW_YEAR).facts.product
    assert "udit" == court.judged(court.request(TRANSPORT), received=NEW_YEAR).facts.product
    for requisition, code in (("MB", "SH-D"), ("UB", "HC--")):
        judged = court.judged(court.request(LOOP, {"LSR.REQTYP": requisition, "LSR.NC": code}))
        assert judged.facts.product not in {"lis", "udit"}


@pytest.mark.upholds("lmc-tariffed-mux")
def test_tariffed_transport_is_no_product(court: Court) -> None:
    """Without UNE the same codes order special access or a multiplexed facility, which the agreement does not sell."""
    judged = court.judged(court.request(TRANSPORT, drops=("ADMIN.UNE",)), received=NEW_YEAR)

    assert judged.facts.product is None
    assert not [one for one in judged.verdict.findings if one.section.startswith(("9.6", "9.25"))]


@pytest.mark.upholds("cutoff-udit-3pm")
@pytest.mark.parametrize(
    ("received", "applied"),
    [
        (datetime(2027, 1, 5, 14, 59, 59, tzinfo=MOUNTAIN), date(2027, 1, 5)),
        (datetime(2027, 1, 5, 15, 0, 0, tzinfo=MOUNTAIN), date(2027, 1, 5)),
        (datetime(2027, 1, 5, 15, 0, 1, tzinfo=MOUNTAIN), date(2027, 1, 6)),
        (datetime(2027, 1, 8, 16, tzinfo=MOUNTAIN), date(2027, 1, 11)),
        (datetime(2027, 1, 9, 9, tzinfo=MOUNTAIN), date(2027, 1, 11)),
        (datetime(2026, 12, 31, 16, tzinfo=MOUNTAIN), date(2027, 1, 4)),
    ],
)
def test_transport_counts_from_its_cut_off(court: Court, received: datetime, applied: date) -> None:
    """Until 3 p.m. Mountain the day of receipt counts, after it and on no business day the next one, over holidays."""
    assert applied == court.judged(court.request(TRANSPORT), received=received).facts.application_date


@pytest.mark.upholds("lis-one-way-orderer-provisions")
def test_groups_run_one_way_or_both(court: Court) -> None:
    """Two one-way groups are as good as a two-way one."""
    one_way = {"TRUNKING.TTT": "1", "TQ.DIR": "1O"}

    assert () == court.findings(TRUNKS, one_way, received=NEW_YEAR)
    assert () == court.findings(TRUNKS, received=NEW_YEAR)


@pytest.mark.upholds("lis-alternate-routing")
def test_a_direct_group_may_overflow(court: Court) -> None:
    """A high-usage group names the group that calls overflow to."""
    assert () == court.findings(TRUNKS, {"TQ.TGTYP": "A", "TQ.ALT REF": "AQ234567"}, received=NEW_YEAR)
    found = court.findings(TRUNKS, {"TQ.TGTYP": "A"}, received=NEW_YEAR)
    assert [("asr-needed-fields", "ALT_REF")] == [(one.rule, one.path.rpartition("/")[2]) for one in found]


@pytest.mark.upholds("lis-combined-group-allowed")
@pytest.mark.parametrize("traffic", ["LL", "LT", "LI"])
def test_local_and_toll_traffic_share_a_group(court: Court, traffic: str) -> None:
    """Combined groups are taken as they are."""
    assert () == court.findings(TRUNKS, {"TRUNKING.TRFTYP": traffic}, received=NEW_YEAR)
