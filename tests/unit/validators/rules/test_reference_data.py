"""Orders judged by what the ILEC has entered of its facilities, circuits, numbers and exchanges."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.rig.court import LOOP, PORT, Court
from validators.registers.buildings import WIRE_CENTERS, WireCenterListing
from validators.registers.entry import Dossier, Entry, Register
from validators.registers.reference import (
    CIRCUITS,
    FACILITIES,
    RATE_CENTERS,
    RESERVED_NUMBERS,
    Circuit,
    Facility,
    RateCenter,
    ReservedNumber,
)
from validators.rules.case import PartnerCodes

CFA = "1/T1/1/BOISIDMA/NMPAIDMA"
EEL = {
    "LSR.REQTYP": "PB",
    "LSR.NC": "HC--",
    "LSR.NCI": "04QB9.11",
    "LSR.ACTL": "NMPAIDMAH7Z",
    "LS[1].CFA": CFA,
    "LSR.REMARKS": "CERTIFIED",
}
COMMINGLED = EEL | {"LSR.REMARKS": "CERTIFIED COMMINGLED"}
CIRCUIT = "13.HCGS.208555.GR"
CONVERSION = {"LSR.ACT": "V", "LSR.AGAUTH": "Y", "LS[1].ECCKT": CIRCUIT}
EEL_CONVERSION = EEL | CONVERSION
SINCE = date(2026, 1, 1)


def dossier(register: Register[Any], key: str, data: Any, until: date | None = None) -> Dossier:
    """Give a dossier with one entry."""
    return Dossier.of(Entry("reg", register.id, None, key, data, register.section, SINCE, until))


def found(court: Court, name: str, sets: Mapping[str, str], known: Dossier) -> set[str]:
    """Give the rules that find something in a sample, in view of what is entered."""
    judged = court.judged(court.message(name, sets), partner=PartnerCodes(dossier=known))
    return {finding.rule for finding in judged.verdict.findings}


@pytest.mark.parametrize(
    ("rule", "sets", "against", "beside"),
    [
        pytest.param(
            "lis-midspan-exclusive",
            EEL,
            Facility(kind="mid-span-meet"),
            Facility(kind="entrance-facility"),
            marks=[pytest.mark.trips("lis-midspan-exclusive"), pytest.mark.passes("lis-midspan-exclusive")],
        ),
        pytest.param(
            "lis-entrance-not-commingled",
            COMMINGLED,
            Facility(kind="entrance-facility"),
            Facility(),
            marks=[pytest.mark.trips("lis-entrance-not-commingled"), pytest.mark.passes("lis-entrance-not-commingled")],
        ),
        pytest.param(
            "no-271-commingling",
            COMMINGLED,
            Facility(service="section-271"),
            Facility(),
            marks=[pytest.mark.trips("no-271-commingling"), pytest.mark.passes("no-271-commingling")],
        ),
        pytest.param(
            "commingling-as-tariffed",
            COMMINGLED,
            Facility(service="not-tariffed"),
            Facility(service="tariffed"),
            marks=[pytest.mark.trips("commingling-as-tariffed"), pytest.mark.passes("commingling-as-tariffed")],
        ),
        pytest.param(
            "resale-commingling-exclusions",
            COMMINGLED,
            Facility(service="not-for-resale"),
            Facility(service="tariffed"),
            marks=[
                pytest.mark.trips("resale-commingling-exclusions"),
                pytest.mark.passes("resale-commingling-exclusions"),
            ],
        ),
    ],
)
def test_a_facility_is_used_for_what_it_may(
    court: Court, rule: str, sets: dict[str, str], against: Facility, beside: Facility
) -> None:
    """What is entered of the CFA decides; another kind, or another facility, stands in no order's way."""
    assert rule in found(court, LOOP, sets, dossier(FACILITIES, CFA, against))
    assert rule not in found(court, LOOP, sets, dossier(FACILITIES, CFA, beside))
    assert rule not in found(court, LOOP, sets, dossier(FACILITIES, "2/T1/1/BOISIDMA/NMPAIDMA", against))


def test_an_entrance_facility_alone_is_not_commingled(court: Court) -> None:
    """Only a commingled arrangement asks."""
    known = dossier(FACILITIES, CFA, Facility(kind="entrance-facility"))

    assert "lis-entrance-not-commingled" not in found(court, LOOP, EEL, known)


@pytest.mark.parametrize(
    ("rule", "sets", "against", "beside"),
    [
        pytest.param(
            "special-access-surcharge-history",
            EEL_CONVERSION,
            Circuit(service="special-access", level=1, surcharge_exempt=True),
            Circuit(service="special-access", level=1),
            marks=[
                pytest.mark.trips("special-access-surcharge-history"),
                pytest.mark.passes("special-access-surcharge-history"),
            ],
        ),
        pytest.param(
            "conversion-to-loop-collocation",
            CONVERSION,
            Circuit(service="private-line", level=1),
            Circuit(service="private-line", level=0),
            marks=[
                pytest.mark.trips("conversion-to-loop-collocation"),
                pytest.mark.passes("conversion-to-loop-collocation"),
            ],
        ),
        pytest.param(
            "eel-conversion",
            EEL_CONVERSION,
            Circuit(service="retail", level=1, feasible=False),
            Circuit(service="retail", level=1),
            marks=[pytest.mark.trips("eel-conversion"), pytest.mark.passes("eel-conversion")],
        ),
    ],
)
def test_a_circuit_is_converted_as_it_is(
    court: Court, rule: str, sets: dict[str, str], against: Circuit, beside: Circuit
) -> None:
    """What is entered of the circuit decides."""
    assert rule in found(court, LOOP, sets, dossier(CIRCUITS, CIRCUIT, against))
    assert rule not in found(court, LOOP, sets, dossier(CIRCUITS, CIRCUIT, beside))


def test_the_history_of_the_surcharge_may_stand_in_the_remarks(court: Court) -> None:
    """When and how the circuit was changed is written there (9.1.1.6)."""
    known = dossier(CIRCUITS, CIRCUIT, Circuit(service="special-access", level=1, surcharge_exempt=True))
    sets = EEL_CONVERSION | {"LSR.REMARKS": "CERTIFIED SURCHARGE JOINED TO LOCAL LINE 05-01-2019"}

    assert "special-access-surcharge-history" not in found(court, LOOP, sets, known)


def test_a_loop_that_replaces_special_access_begins_at_the_collocation(court: Court) -> None:
    """Without ACTL the missing field is named beside the circuit."""
    known = dossier(CIRCUITS, CIRCUIT, Circuit(service="special-access", level=0))
    message = court.message(LOOP, CONVERSION, ["LSR.ACTL"])

    (finding,) = (
        f
        for f in court.judged(message, partner=PartnerCodes(dossier=known)).verdict.findings
        if f.rule == "conversion-to-loop-collocation"
    )

    assert ("/LocalServiceRequest/LSR/ACTL", 1) == (finding.path, len(finding.also))


@pytest.mark.trips("lnp-reserved-numbers")
@pytest.mark.passes("lnp-reserved-numbers")
def test_a_reserved_number_is_ported_until_its_reservation_ends(court: Court) -> None:
    """On the last day it still is, from the day after it is not (10.2.2.13)."""
    sets = {"NP[1].PORTED NBR": "208-555-0123"}
    last, gone = date(2026, 3, 2), date(2026, 3, 1)

    assert "lnp-reserved-numbers" in found(
        court, PORT, sets, dossier(RESERVED_NUMBERS, "2085550123", ReservedNumber(), gone)
    )
    assert "lnp-reserved-numbers" not in found(
        court, PORT, sets, dossier(RESERVED_NUMBERS, "2085550123", ReservedNumber(), last)
    )


@pytest.mark.trips("lnp-relocation-limit")
@pytest.mark.passes("lnp-relocation-limit")
def test_a_move_out_of_the_rate_center_is_refused_where_the_parties_ask(court: Court) -> None:
    """The shipped agreement does not; one that turns it on compares rate centers, not addresses (10.2.2.14)."""
    template = court.judge.agreements["template"]
    on = template.rules["lnp-relocation-limit"].model_copy(update={"severity": None})
    strict = court.under(template.model_copy(update={"rules": {**template.rules, "lnp-relocation-limit": on}}))
    sets = {"NP[1].PORTED NBR": "208-555-0123", "EU.CITY": "NAMPA", "EU.STATE": "ID"}

    def known(place: str) -> Dossier:
        rows = (("208555", "BOISE"), ("NAMPA ID", place))
        return Dossier.of(
            *(
                Entry(key, RATE_CENTERS.id, None, key, RateCenter(name=name), RATE_CENTERS.section, SINCE)
                for key, name in rows
            )
        )

    assert "lnp-relocation-limit" in found(strict, PORT, sets, known("NAMPA"))
    assert "lnp-relocation-limit" not in found(strict, PORT, sets, known("BOISE"))
    assert "lnp-relocation-limit" not in found(court, PORT, sets, known("NAMPA"))


@pytest.mark.trips("subloop-feeder-not-available")
@pytest.mark.passes("subloop-feeder-not-available")
def test_feeder_alone_is_no_subloop(court: Court) -> None:
    """The remark tells it, or a code that the agreement lists."""
    template = court.judge.agreements["template"]
    listed = template.rules["subloop-feeder-not-available"].model_copy(update={"params": {"feeder_codes": ("LX--",)}})
    coded = court.under(
        template.model_copy(update={"rules": {**template.rules, "subloop-feeder-not-available": listed}})
    )
    subloop = {"LSR.NC": "LX--", "LSR.NCI": "02NO2", "LS[1].CABLE ID": "P101"}

    assert "subloop-feeder-not-available" in found(court, LOOP, subloop | {"LSR.REMARKS": "FEEDER ONLY"}, Dossier())
    assert "subloop-feeder-not-available" in found(coded, LOOP, subloop, Dossier())
    assert "subloop-feeder-not-available" not in found(court, LOOP, subloop, Dossier())


@pytest.mark.trips("nonimpaired-transition-ninety-days")
@pytest.mark.passes("nonimpaired-transition-ninety-days")
@pytest.mark.parametrize(("approved", "over"), [(date(2025, 12, 1), True), (date(2025, 12, 2), False)])
def test_a_circuit_at_a_listed_wire_center_is_moved_in_ninety_days(court: Court, approved: date, *, over: bool) -> None:
    """A change of it is told so from the ninety-first day on (9.1.1.4.3.1.1)."""
    sets = {"LSR.NC": "HC--", "LSR.NCI": "04QB9.11", "LSR.ACT": "C", "LSR.DDD": "03-30-2026", "LS[1].ECCKT": CIRCUIT}
    listing = WireCenterListing(listed_as="non-impaired-ds1", approved_on=approved)
    known, other = dossier(WIRE_CENTERS, "BOISIDMA", listing), dossier(WIRE_CENTERS, "NMPAIDMA", listing)
    early = dossier(
        WIRE_CENTERS, "BOISIDMA", WireCenterListing(listed_as="non-impaired-ds1", approved_on=date(2025, 1, 1))
    )

    assert over is ("nonimpaired-transition-ninety-days" in found(court, LOOP, sets, known))
    assert "nonimpaired-transition-ninety-days" not in found(court, LOOP, sets, other)
    assert "nonimpaired-transition-ninety-days" in found(court, LOOP, sets, early)


@pytest.mark.upholds("eel-lsr-count")
@pytest.mark.upholds("combo-identified-together")
def test_one_request_is_for_one_kind_of_element(court: Court) -> None:
    """NC stands once, on the administrative form: a multiplexer and its loops are two requests, tied by RPON."""
    loops = court.message(LOOP, EEL | {"LSR.RPON": "MUX1"})
    judged = court.judged(loops)

    assert [] == [path for path, _ in loops.items() if path.endswith("/NC") and "DETAIL" in path]
    assert ("eel", "MUX1") == (judged.facts.product, judged.facts.related)
