"""What messages about collocation must hold, one row a need: what lacks it is told so, what has it is not."""

from dataclasses import dataclass

import pytest

from tests.rig.applications import COMPLETE
from tests.rig.counter import Counter

_CFA = "4001/T1/1-24/BOISIDMAK99/BOISIDXYW01"
DEFERRED, REJECTED, ACCEPTED = "deferred", "rejected", "accepted"
_SEARCH = "manual-loop-search-48-hours"


@dataclass(frozen=True, slots=True)
class Row:
    """What is changed of a complete message (`FORM.FIELD=VALUE`, `-FORM.FIELD` to leave it out), and what follows.

    Attributes:
        entries: ids in the catalogue of what the message falls short of.
        instead: what makes a message good that would else lack it; the complete one is good without.
    """

    entries: str
    kind: str
    change: str
    section: str
    outcome: str
    instead: str = ""


ROWS = (
    Row("app-complete-list", "caged", "-COLLO.PREM", "8.4.1.5", DEFERRED),
    Row("app-complete-list", "virtual", "-SPACE.SQFT", "8.4.1.5", DEFERRED, "-SPACE.SQFT SPACE.UNITS=2"),
    Row("app-complete-list cageless-bay-minimum", "cageless", "-SPACE.BAYS", "8.4.1.5", DEFERRED),
    Row("app-complete-list", "caged", "-SPACE[1]", "8.4.1.5", DEFERRED, "-SPACE[1] SPACE.NA=C"),
    Row("app-complete-list", "caged", "-SPACE.HEAT", "8.4.1.5", DEFERRED, "-SPACE.HEAT SPACE.NA=D"),
    Row("app-equipment-fields app-complete-list", "caged", "-EQUIP[1].MODEL", "8.4.1.5", DEFERRED),
    Row("app-equipment-fields", "caged", "-EQUIP.SCHEMATIC", "8.4.1.5", ACCEPTED),
    Row(
        "equip-switching-inventory",
        "caged",
        "EQUIP[1].FUNC=PACKETSWITCH",
        "8.4.1.5",
        DEFERRED,
        "EQUIP[1].FUNC=PACKETSWITCH EQUIP.NECESSITY=interconnection",
    ),
    Row("equip-vendor-specs", "shared", "-EQUIP.SPECS", "8.2.1.3", DEFERRED),
    Row("app-complete-list entrance-options", "caged", "-TERMS.EFTYPE", "8.4.1.5", DEFERRED),
    Row(
        "entrance-options entrance-nonstandard-bfr",
        "caged",
        "TERMS.EFTYPE=SATELLITE",
        "8.2.4.1",
        DEFERRED,
        "TERMS.EFTYPE=MICROWAVE",
    ),
    Row(
        "entrance-nonstandard-bfr fc-order-form",
        "facility-connected",
        "TERMS.EFTYPE=EXPRESS",
        "8.2.8.1",
        DEFERRED,
        "TERMS.EFTYPE=FIBER",
    ),
    Row("app-complete-list", "caged", "-TERMS[1].QTY", "8.4.1.5", DEFERRED),
    Row("c2c-items", "clec-to-clec", "-TERMS[1]", "8.4.1.5", DEFERRED),
    Row("direct-items", "direct-connection", "-TERMS[1]", "8.4.1.5", DEFERRED),
    Row("app-alternate-optional", "caged", "COLLO.ALTKIND=PENTHOUSE", "8.4.1.5", DEFERRED, "COLLO.ALTKIND=VIRTUAL"),
    Row("app-complete-list", "caged", "-COLLO.BILLCON", "8.4.1.5", DEFERRED),
    Row("splitter-reclass-spare", "splitter-reclassify", "DOCS.CIRCUITS=2", "8.2.1.34.2", REJECTED),
    Row("dc-power-minimums", "caged", "SPACE[1].AMPS=19", "8.2.1.30", DEFERRED, "SPACE[1].AMPS=20"),
    Row("entrance-fiber-12", "caged", "TERMS.FIBERS=23", "8.2.4.3.1", DEFERRED, "TERMS.FIBERS=36"),
    Row(
        "termination-increments",
        "caged",
        "TERMS[1].TERM=FIBER TERMS[1].QTY=25",
        "8.3.1.11.3",
        DEFERRED,
        "TERMS[1].TERM=FIBER TERMS[1].QTY=24",
    ),
    Row("cageless-bay-minimum", "cageless", "SPACE.BAYSQFT=8", "8.1.1.3", ACCEPTED, "SPACE.BAYSQFT=9"),
    Row(
        "kind-shared-proration kind-shared-two-routes",
        "shared",
        "-SPACE.SHARE",
        "8.1.1.4",
        DEFERRED,
        "-SPACE.SHARE COLLO.SITE=BOISIDMA01A SPACE.BAYS=1 -SPACE.SQFT",
    ),
    Row("demarc-choice", "icdf", "-TERMS.DEMARC", "8.2.1.4", DEFERRED),
    Row("direct-form-and-demarc", "direct-connection", "-TERMS.DEMARC", "8.3.1.11.2.1", DEFERRED),
    Row(
        "direct-cosmic-icb",
        "direct-connection",
        "TERMS.DEMARC=COSMIC",
        "8.3.1.11.2.3",
        DEFERRED,
        "TERMS.DEMARC=COSMIC TERMS.FIVEYEAR=100-a-year",
    ),
    Row("virtual-admin-codes-options", "virtual", "-EQUIP.CODES", "8.2.2.3", DEFERRED),
    Row("virtual-admin-codes-options", "remote-virtual", "-EQUIP.OPTIONS", "8.2.2.5", DEFERRED),
    Row("site-sync-field", "virtual", "-EQUIP.SYNC", "8.3.1.13", DEFERRED),
    Row("termination-cabling-choice", "caged", "TERMS.CABLING=NOBODY", "8.3.1.11.1.2", DEFERRED, "TERMS.CABLING=CLEC"),
    Row("bay-owner", "bay-procurement", "-EQUIP.BAYSPEC", "8.2.3.6.2", DEFERRED),
    Row(
        "cocc-x-asr",
        "clec-to-clec",
        "TERMS.DEMARC=ICDF",
        "8.2.1.23.1.1",
        DEFERRED,
        f"TERMS.DEMARC=ICDF TERMS.CFA1={_CFA} TERMS.CFA2={_CFA}",
    ),
    Row("bfr-fields", "bfr", "-ASK.DESC", "17.2", DEFERRED),
    Row("bfr-fields", "bfr", "-ASK.IFACE", "17.2", DEFERRED),
    Row("bfr-fields", "bfr", "-ASK.ACCESS", "17.2", DEFERRED),
    Row("bfr-fields", "bfr", "-ASK.USE", "17.2", DEFERRED),
    Row("bfr-fields", "bfr", "-ASK.QTY", "17.2", DEFERRED),
    Row("bfr-fields", "bfr", "-ASK.LOCATION", "17.2", DEFERRED),
    Row("bfr-fee", "bfr", "-PAY", "17.2", DEFERRED),
    Row("srp-form", "srp", "-DOCS.FORM", "Exhibit F 3", DEFERRED),
    Row("forecast-fields", "forecast", "-COLLO.PREM", "8.4.1.4", REJECTED),
    Row("forecast-fields forecast-icdf-fields", "forecast", "-COLLO.ALTKIND", "8.4.1.4", REJECTED),
    Row("forecast-fields", "forecast", "-SPACE.SQFT", "8.4.1.4", REJECTED, "-SPACE.SQFT SPACE.BAYS=2"),
    Row("forecast-fields", "forecast", "-ASK.PERIOD", "8.4.1.4", REJECTED),
    Row("space-report-fields", "space-report", "-COLLO.PREM", "8.2.1.9", REJECTED),
    Row("dcp-fields", "dc-power", "-SPACE.CHANGE", "8.2.1.32.1", DEFERRED),
    Row("dcp-fields", "dc-power", "-SPACE[1]", "8.2.1.32.1", DEFERRED),
    Row("dcp-site-complete", "dc-power", "-COLLO.SITE", "8.2.1.32.1", DEFERRED),
    Row("decom-eligible", "decommission", "-COLLO.SITE", "8.2.1.22", REJECTED),
    Row("decom-services-disconnected", "decommission", "DOCS.CIRCUITS=3", "8.2.1.22.1.2", REJECTED),
    Row("decom-customer-notice-loa", "decommission", "-DOCS.NOTIFIED", "8.2.1.22.1.2.1", REJECTED),
    Row("decom-customer-notice-loa", "decommission", "DOCS.C2C=1", "8.2.1.22.1.2.1", REJECTED, "DOCS.C2C=1 DOCS.LOA=Y"),
    Row("tor-identify-site", "transfer", "-COLLO.SITE", "8.2.1.22.2.5", REJECTED),
    Row("tor-identify-site", "transfer", "-COLLO.ASSIGNEE", "8.2.1.22.2.7", REJECTED),
    Row("tor-identify-site", "transfer", "-COLLO.ASSIGNID", "8.2.1.22.2.7", REJECTED),
    Row("tor-documents", "transfer", "-DOCS.AUTH", "8.2.1.22.2.13", REJECTED),
    Row(
        "tor-documents tor-no-active-circuits",
        "transfer",
        "DOCS.CIRCUITS=4",
        "8.2.1.22.2.15",
        REJECTED,
        "DOCS.CIRCUITS=4 DOCS.NOTIFIED=Y",
    ),
    Row("res-form", "reservation", "-COLLO.PREM", "8.4.1.7", REJECTED),
    Row("res-terms", "reservation", "SPACE.EQCAT=FURNITURE", "8.4.1.7", REJECTED, "SPACE.EQCAT=POWER"),
    Row("opt-fields", "option", "-COLLO.PREM", "8.4.1.8.3", REJECTED),
    Row("opt-fields", "option", "-SPACE.SQFT", "8.4.1.8.3", REJECTED, "-SPACE.SQFT SPACE.BAYS=4"),
    Row("opt-fields opt-limits", "option", "COLLO.ALTKIND=ICDF", "8.4.1.8.2", REJECTED, "COLLO.ALTKIND=CAGELESS"),
    Row("opt-terms opt-fields", "option", "-SPACE.EQCAT", "8.4.1.8.1", REJECTED, "SPACE.EQCAT=SWITCHING"),
    Row("opt-limits", "option", "SPACE.SQFT=201", "8.4.1.8.2", REJECTED, "SPACE.SQFT=200"),
    Row("opt-limits", "option", "-SPACE.SQFT SPACE.BAYS=5", "8.4.1.8.2", REJECTED, "-SPACE.SQFT SPACE.BAYS=4"),
    Row("joint-test-fields", "joint-test", "-ASK.TESTS", "8.2.1.31", DEFERRED),
    Row("joint-test-fields", "joint-test", "-COLLO.CONTACT", "8.2.1.31", DEFERRED),
    Row("jiv-one-site-per-application", "joint-inventory", "-COLLO.SITE", "8.2.1.35.9", REJECTED),
    Row("microwave-one-per-antenna", "microwave", "-ASK.DESC", "8.2.4.9.2", DEFERRED),
    Row("kind-fcp-form fcp-request-complete", "fcp", "-DOCS.FORM", "8.1.1.8.1", REJECTED),
    Row("fcp-request-complete", "fcp", "-COLLO.PREM", "9.3.5.5.1", DEFERRED),
    Row("fcp-request-complete", "fcp", "-TERMS[1].QTY", "9.3.4.3.3", DEFERRED, "TERMS[1].TERM=FIBER TERMS[1].QTY=24"),
    Row("fcp-request-complete", "fcp", "-COLLO.CONTACT", "9.3.5.5.2.1.4", DEFERRED),
    Row("row-inquiry-fields", "duct", "-ASK.MAPS", "10.8.4.1", DEFERRED),
    Row("row-inquiry-fields", "row", "-PAY", "10.8.4.1", DEFERRED),
    Row("pdr-transfer-docs", "pdr-transfer", "-DOCS.AUTH", "10.8.4.5", REJECTED),
    Row("pdr-transfer-docs", "pdr-transfer", "-PAY", "10.8.4.5", REJECTED),
    Row(_SEARCH, "loop-search", "-LOOP.REASON", "9.2.2.8.6", REJECTED),
    Row(_SEARCH, "loop-search", "LOOP.REASON=CURIOUS", "9.2.2.8.6", REJECTED, "LOOP.REASON=UNCLEAR"),
    Row(
        _SEARCH,
        "loop-search",
        "LOOP.REASON=INACCURATE",
        "9.2.2.8.6",
        REJECTED,
        "LOOP.REASON=INACCURATE LOOP.BASIS=measured",
    ),
    Row(_SEARCH, "loop-search", "-LOOP.SASN", "9.2.2.8.6", REJECTED, "-LOOP.SASN LOOP.WTN=2085550201"),
    Row(_SEARCH, "loop-search", "-LOOP.CITY", "9.2.2.8.6", REJECTED),
    Row(
        _SEARCH,
        "loop-search",
        "-LOOP.SASN LOOP.CABLE=0001 COLLO.PREM=BOISIDMA",
        "9.2.2.8.6",
        REJECTED,
        "-LOOP.SASN LOOP.CABLE=0001 COLLO.PREM=BOISIDMA LOOP.PAIR=901",
    ),
    Row(_SEARCH, "loop-search", "-LOOP.SASN LOOP.CABLE=0001 LOOP.PAIR=901", "9.2.2.8.6", REJECTED),
)
_PARAMS = [
    pytest.param(
        row,
        marks=[pytest.mark.carries(entry, by="needed") for entry in row.entries.split()],
        id=f"{row.kind}{row.change}",
    )
    for row in ROWS
]


def _changed(change: str) -> tuple[dict[str, str], list[str]]:
    words = change.split()
    return dict(word.split("=", 1) for word in words if "=" in word), [word[1:] for word in words if word[0] == "-"]


@pytest.mark.parametrize("row", _PARAMS)
def test_what_a_message_lacks_is_told(counter: Counter, row: Row) -> None:
    """It is found at once, under its section; what can be cured defers, what cannot rejects, some only warns."""
    case = counter.applies(row.kind, "03-04 10:15", *_changed(row.change))

    assert (row.outcome, {row.section}) == (case.outcome, {finding.section for finding in case.findings})


@pytest.mark.parametrize("row", [row for row in ROWS if row.instead], ids=lambda row: row.instead)
def test_what_may_stand_instead_is_taken(counter: Counter, row: Row) -> None:
    """The boundary, another of the choices, or what excuses the need is no shortcoming."""
    case = counter.applies(row.kind, "03-04 10:15", *_changed(row.instead))

    assert (ACCEPTED, ()) == (case.outcome, case.findings)


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_a_complete_message_lacks_nothing(counter: Counter, kind: str) -> None:
    """Of each kind there is one message that is complete."""
    case = counter.applies(kind, "03-04 10:15")

    assert (ACCEPTED, ()) == (case.outcome, case.findings)


def test_every_need_has_its_row(counter: Counter) -> None:
    """Whatever the agreement asks for, some row falls short of it."""
    terms = counter.agreement.collocation
    assert terms is not None
    shown = {name for row in ROWS for name in row.entries.split()}

    assert set() == {name for need in terms.needed.values() for name in need.upholds} - shown - {"acceptance-complete"}
