"""Fields that an ASR must have, and those that it must not have."""

import pytest

from tests.rig.court import (
    MORE_TRUNKS,
    NEW_YEAR,
    REARRANGED,
    TRANSPORT,
    TRANSPORT_ENDS,
    TRUNKS,
    TRUNKS_264,
    TRUNKS_CANCELLED,
    Court,
)
from validators.messages.field_keys import element_name
from validators.verdict import Finding

_ALL = (TRUNKS, MORE_TRUNKS, TRANSPORT, REARRANGED, TRANSPORT_ENDS, TRUNKS_264)


def _of(rule: str, findings: tuple[Finding, ...]) -> list[str]:
    return [finding.path.rpartition("/")[2] for finding in findings if finding.rule == rule]


@pytest.mark.passes("asr-needed-fields")
@pytest.mark.passes("asr-fields-not-allowed")
@pytest.mark.parametrize("name", _ALL)
def test_a_complete_request_lacks_nothing(court: Court, name: str) -> None:
    """What the samples hold is what their kinds of request must and may hold."""
    findings = court.findings(name, received=NEW_YEAR)

    assert [] == _of("asr-needed-fields", findings)
    assert [] == _of("asr-fields-not-allowed", findings)


@pytest.mark.trips("asr-needed-fields")
@pytest.mark.parametrize(
    ("name", "field"),
    [
        (TRUNKS, "ADMIN.CC"),
        (TRUNKS, "ADMIN.ACTI"),
        (TRUNKS, "ADMIN.LTP"),
        (TRUNKS, "ADMIN.UNIT"),
        (TRUNKS, "ADMIN.QTY"),
        (TRUNKS, "ADMIN.TQ"),
        (TRUNKS, "ADMIN.PLU"),
        (TRUNKS, "ADMIN.PIU"),
        (TRUNKS, "ADMIN.PSLI"),
        (TRUNKS, "ADMIN.PSL"),
        (TRUNKS, "ADMIN.ACTL"),
        (TRUNKS, "TRUNKING.TTT"),
        (TRUNKS, "TRUNKING.TRFTYP"),
        (TRUNKS, "TRUNKING.CSPC"),
        (TRUNKS, "TRUNKING.REL TSC"),
        (TRUNKS, "TRUNKING.SECLOC"),
        (TRUNKS, "TRUNKING.NCI"),
        (TRUNKS, "TQ.DIR"),
        (TRUNKS, "TQ.TK SIG"),
        (TRUNKS, "BILL.FUSF"),
        (TRUNKS, "CONTACT.DSGCON"),
        (TRUNKS_264, "TRUNKING.QACI"),
        (MORE_TRUNKS, "ADMIN.BIC ID"),
        (MORE_TRUNKS, "ADMIN.BIC TEL"),
        (TRANSPORT, "TRANSPORT.NC"),
        (TRANSPORT, "TRANSPORT.SECNCI"),
        (TRANSPORT, "CONTACT.TEL NO (DSGCON)"),
        (REARRANGED, "ADMIN.ECCKT"),
        (TRANSPORT_ENDS, "ADMIN.ECCKT"),
        (TRANSPORT_ENDS, "CONTACT.IMPCON"),
    ],
)
def test_a_needed_field_is_missed(court: Court, name: str, field: str) -> None:
    """Each field that the kind of request needs is missed by name when it is not there."""
    findings = court.findings(name, drops=[field], received=NEW_YEAR)

    assert element_name(field.partition(".")[2]) in _of("asr-needed-fields", findings)


@pytest.mark.trips("asr-needed-fields")
@pytest.mark.parametrize(
    ("sets", "missed"),
    [
        (
            {"ADMIN.BAN": "N"},
            ["BILLNM", "STREET", "CITY", "STATE", "ZIP_CODE", "BILLCON", "TEL_NO_BILL", "TE"],
        ),
        ({"BILL.ACNA": "ZZZ"}, ["BILLNM"]),
        ({"ADMIN.NOR": "0102"}, ["RPON"]),
        ({"CONTACT.CB TEL NO": "2085550188"}, ["FDT"]),
        ({"CONTACT.MTCE": "NIGHT DESK"}, ["TEL_NO_MTCE"]),
    ],
)
def test_what_one_field_brings_with_it(court: Court, sets: dict[str, str], missed: list[str]) -> None:
    """A new account needs its address, an end user's bill its name, a shared translation form the other request."""
    assert sorted(missed) == sorted(_of("asr-needed-fields", court.findings(TRUNKS, sets, received=NEW_YEAR)))


@pytest.mark.trips("asr-needed-fields")
def test_a_design_needs_somewhere_to_go(court: Court) -> None:
    """A design layout report is routed by a code, an address, a facsimile number or e-mail."""
    without = ("CONTACT.DRC", "CONTACT.DSG EMAIL")

    assert ["DRC"] == _of("asr-needed-fields", court.findings(TRUNKS, drops=without, received=NEW_YEAR))
    assert [] == _of("asr-needed-fields", court.findings(TRUNKS, drops=["CONTACT.DRC"], received=NEW_YEAR))


@pytest.mark.trips("asr-fields-not-allowed")
@pytest.mark.parametrize(
    ("name", "sets"),
    [
        (TRANSPORT_ENDS, {"ADMIN.PIU": "0"}),
        (TRANSPORT_ENDS, {"ADMIN.EXP": "Y"}),
        (TRANSPORT_ENDS, {"BILL.FUSF": "E"}),
        (TRANSPORT_ENDS, {"CONTACT.DSGCON": "LEE QUILL"}),
        (TRANSPORT, {"TRANSPORT.HBAN": "E"}),
        (TRANSPORT, {"TRANSPORT.NSL": "02"}),
        (TRANSPORT, {"ADMIN.ACTI": "A"}),
        (TRANSPORT, {"ADMIN.FNI": "N", "ADMIN.FNT": "A"}),
        (TRUNKS, {"ADMIN.QSA": "01"}),
        (TRUNKS, {"TRUNKING.TRN": "0001"}),
        (TRUNKS, {"ADMIN.EXP": "Y", "ADMIN.EDA": "Y"}),
        (MORE_TRUNKS, {"TRUNKING.TTT": "3"}),
        (MORE_TRUNKS, {"ADMIN.TQ": "LY"}),
    ],
)
def test_a_field_out_of_place_is_refused(court: Court, name: str, sets: dict[str, str]) -> None:
    """What the kind of request may not carry is refused by name."""
    found = _of("asr-fields-not-allowed", court.findings(name, sets, received=NEW_YEAR))

    assert set(found) & {element_name(field.partition(".")[2]) for field in sets}


def test_a_cancellation_is_not_asked_for_its_fields(court: Court) -> None:
    """Whoever cancels need not repeat the order."""
    drops = ("TRUNKING", "TQ", "ADMIN.PLU", "ADMIN.QTY")

    assert () == court.findings(TRUNKS_CANCELLED, drops=drops, received=NEW_YEAR)
