"""NC and NCI codes, accounts, CLLI codes, connecting facilities, meet points and layouts."""

from typing import Any

import pytest

from gateway.preorder.queries.table import (
    BAN_VALIDATION,
    CFA_LIST,
    CFA_VALIDATION,
    CLLI_VALIDATION,
    DESIGN_LAYOUT_RECORD,
    MEET_POINTS,
    NC_NCI_VALIDATION,
)

SPARE, BUSY = "0101/TIE/001/BOISIDMAF01/BOISIDMAH7Z", "0109/TIE/001/BOISIDMAF01/BOISIDMAH7Z"


@pytest.mark.upholds("preorder-lsr-nc-nci")
@pytest.mark.upholds("preorder-asr-nc-nci")
@pytest.mark.parametrize(
    ("question", "result"),
    [
        ({"nc": "LX--", "nci": "02QC2.OOF", "secnci": "02LS2"}, ("valid", "loop-2w-analog", True)),
        ({"nc": "LX--", "nci": "02QC2.OOF"}, ("valid", "loop-2w-analog", True)),
        ({"nc": "lxr-", "nci": "02qb9.00a", "secnci": "02DU9.00A"}, ("valid", "loop-2w-nonloaded", False)),
        ({"nc": "SH-D", "nci": "04DS9.15", "family": "asr"}, ("valid", "lis", False)),
        ({"nc": "SH-D", "nci": "04DS9.15"}, ("unknown-nc", None, False)),
        ({"nc": "LX--", "nci": "02LS2", "secnci": "02QC2.OOF"}, ("reversed", None, False)),
        ({"nc": "LX--", "nci": "02QC2.OOF", "secnci": "02DU9.00A"}, ("not-a-pair", None, False)),
        ({"nc": "LX--", "nci": "99ZZ9"}, ("unknown-nci", None, False)),
    ],
)
def test_codes_that_go_together_are_valid_and_others_told_why(
    ask: Any, question: dict[str, str], result: tuple[object, ...]
) -> None:
    """The pair, what it orders and whether that flows through; else what is wrong with it."""
    told = ask(NC_NCI_VALIDATION, question)

    assert result == (told.result, told.product, told.flow_through)
    assert told.found == (told.result == "valid")


def test_a_wrong_pair_is_told_what_goes_with_its_nc_code(ask: Any) -> None:
    """The combinations that there are."""
    told = ask(NC_NCI_VALIDATION, {"nc": "LY--", "nci": "02LS2"})

    assert [{"nc": "LY--", "nci": "04QC2", "secnci": "04NO2"}] == told.combinations


@pytest.mark.upholds("preorder-asr-ban")
def test_accounts_are_valid_closed_or_anothers(ask: Any) -> None:
    """Of another carrier's account nothing else is said."""
    told = ask(BAN_VALIDATION, {"bans": ["2085550100101", "2085550100102", "2085550100201", "9999"]})

    assert ["valid", "closed", "not-yours", "unknown"] == [account.result for account in told.accounts]
    assert not told.found
    assert ask(BAN_VALIDATION, {"bans": ["2085550100101"]}).found


@pytest.mark.upholds("preorder-asr-clli")
def test_clli_codes_stand_for_a_building_or_what_is_in_it(ask: Any) -> None:
    """Eight characters name the building, eleven a switch, frame or collocation in it."""
    told = ask(CLLI_VALIDATION, {"cllis": ["BOISIDMA", "BOISIDMADS0", "BOISIDMAH7Z", "XXXXIDXXDS0"]})

    assert ["wire-center", "switch", "collocation", None] == [place.kind for place in told.locations]
    assert (False, "Unknown: XXXXIDXXDS0.") == (told.found, told.text)
    assert ask(CLLI_VALIDATION, {"cllis": ["BOISIDMA"]}).found


@pytest.mark.upholds("preorder-lsr-cfa-list")
def test_the_free_connecting_facilities_of_a_collocation_are_listed(ask: Any) -> None:
    """Spare channels of the asker, as an order names them, and whether there are more."""
    told = ask(CFA_LIST, {"actl": "BOISIDMAH7Z", "limit": 2})

    assert ([SPARE, "0101/TIE/002/BOISIDMAF01/BOISIDMAH7Z"], True) == (told.cfas, told.more)


def test_the_list_of_facilities_ends_with_the_last(ask: Any) -> None:
    """Busy and pending channels do not stand in it."""
    told = ask(CFA_LIST, {"actl": "BOISIDMAH7Z", "limit": 500})

    assert (420, False) == (len(told.cfas), told.more)
    assert BUSY not in told.cfas


@pytest.mark.parametrize(("actl", "ccna"), [("BOISIDMAH91", "ZQF"), ("BOISIDMAH7Z", "ZQX")])
def test_no_facilities_of_anybody_else_are_listed(ask: Any, actl: str, ccna: str) -> None:
    """A CLEC sees its own."""
    assert (False, []) == _listed(ask(CFA_LIST, {"actl": actl}, (ccna,)))


@pytest.mark.upholds("preorder-asr-cfa")
@pytest.mark.parametrize(
    ("cfa", "result"),
    [
        (SPARE, "spare"),
        (BUSY, "busy"),
        ("0109/TIE/061/BOISIDMAF01/BOISIDMAH7Z", "pending"),
        ("0101/TIE/101/BOISIDMAF01/BOISIDMAH7Z", "no-such-channel"),
        ("4001/T1/1/BOISIDMAK99/BOISIDMAW01", "not-yours"),
        ("0101/TIE/001", "unknown"),
        ("0101/TIE/001-100/BOISIDMAF01/BOISIDMAH7Z", "spare"),
        ("0109/TIE/080-081/BOISIDMAF01/BOISIDMAH7Z", "pending"),
        ("0109/TIE/001-100/BOISIDMAF01/BOISIDMAH7Z", "busy"),
        ("0101/TIE/100-101/BOISIDMAF01/BOISIDMAH7Z", "no-such-channel"),
        ("0101/TIE/002-001/BOISIDMAF01/BOISIDMAH7Z", "no-such-channel"),
        ("7777/TIE/001/BOISIDMAF01/BOISIDMAH7Z", "unknown"),
    ],
)
def test_an_assignment_is_free_or_it_is_told_why_not(ask: Any, cfa: str, result: str) -> None:
    """One word for each case; of several channels, as a trunk group names them, the worst counts."""
    told = ask(CFA_VALIDATION, {"cfas": [cfa]})

    assert (result, result == "spare") == (told.cfas[0].result, told.found)


def test_a_busy_facility_shows_its_circuit_to_its_owner_alone(ask: Any) -> None:
    """Another CLEC is told that it is not its own."""
    cfa = "4002/T1/1/BOISIDMAK99/BOISIDMAH91"

    own, other = (ask(CFA_VALIDATION, {"cfas": [cfa]}, (ccna,)).cfas[0] for ccna in ("ZQX", "ZQF"))
    assert ("busy", "12/HCFU/800001//GR") == (own.result, own.circuit)
    assert ("not-yours", None) == (other.result, other.circuit)


@pytest.mark.upholds("preorder-lsr-meet-points")
def test_meet_points_are_given_one_by_one_or_as_a_range(ask: Any) -> None:
    """One to five by number, or from one to another."""
    single = ask(MEET_POINTS, {"wire_center": "BOISIDMA", "points": [3, 5]})
    range_ = ask(MEET_POINTS, {"wire_center": "BOISIDMA", "low": 1, "high": 4})

    assert [(3, "busy"), (5, "spare")] == [(point.number, point.status) for point in single.points]
    assert [1, 2, 3, 4] == [point.number for point in range_.points]


def test_no_meet_point_of_another_place_or_partner_is_shown(ask: Any) -> None:
    """Nothing is said of what is not the asker's."""
    question = {"wire_center": "BOISIDMA", "points": [1]}

    assert not ask(MEET_POINTS, question, ("ZQX",)).found
    assert not ask(MEET_POINTS, {**question, "points": [99]}).found


@pytest.mark.upholds("preorder-lsr-dlr")
def test_a_layout_record_leads_from_the_facility_to_the_interface(ask: Any) -> None:
    """What the local part of the circuit runs through, in order, however the circuit id is written."""
    told = ask(DESIGN_LAYOUT_RECORD, {"circuit": "45.lxfu.900001..gr"})

    assert (True, "LX--", "4120 OPALINE ST") == (told.found, told.nc, told.address)
    assert ["facility", "cable", "segment", "segment", "interface"] == [step.kind for step in told.steps]


@pytest.mark.parametrize(("circuit", "ccna"), [("45/LXFU/900001//GR", "ZQX"), ("45/LXFU/999999//GR", "ZQF")])
def test_a_circuit_of_somebody_else_is_as_unknown_as_none(ask: Any, circuit: str, ccna: str) -> None:
    """The two cannot be told apart."""
    assert (False, "You have no such circuit.") == _told(ask(DESIGN_LAYOUT_RECORD, {"circuit": circuit}, (ccna,)))


def _listed(told: Any) -> tuple[bool, list[str]]:
    return told.found, told.cfas


def _told(told: Any) -> tuple[bool, str]:
    return told.found, told.text
