"""The statements by which a CLEC certifies a high-capacity EEL."""

from datetime import date
from typing import Any

import pytest

from tests.rig.court import LOOP, Court
from validators.registers.eligibility import ELIGIBILITY, Eligibility
from validators.registers.entry import Dossier, Entry
from validators.rules.case import PartnerCodes
from validators.rules.eligibility import RULES

EEL = {
    "LSR.REQTYP": "PB",
    "LSR.NC": "HC--",
    "LSR.NCI": "04QB9.11",
    "LSR.ACTL": "NMPAIDMAH7Z",
    "LSR.REMARKS": "CERTIFIED",
}
FULL: dict[str, Any] = {
    "state_authority": "ID-2019-11",
    "per_circuit": True,
    "ds1_circuits": 25,
    "telephone_numbers": 25,
    "emergency_service": True,
    "collocation": "NMPAIDMAH7Z",
    "ds1_trunks": 1,
    "ds0_trunks": 1,
    "ds1_trunks_with_number": 1,
    "switch": "BOISIDMADS0",
    "switch_as": "class-5",
}


def _found(court: Court, **told: Any) -> set[str]:
    entry = Entry(
        "reg",
        ELIGIBILITY.id,
        "sawtooth",
        "SLT26A000001",
        Eligibility.model_validate(FULL | told),
        ELIGIBILITY.section,
        date(2026, 1, 1),
    )
    judged = court.judged(court.message(LOOP, EEL), partner=PartnerCodes(dossier=Dossier.of(entry)))
    return {finding.rule for finding in judged.verdict.findings} & {rule.id for rule in RULES}


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        pytest.param(
            "eel-cert-state-authority",
            {"state_authority": None},
            marks=[pytest.mark.trips("eel-cert-state-authority"), pytest.mark.passes("eel-cert-state-authority")],
        ),
        pytest.param(
            "eel-cert-per-circuit",
            {"per_circuit": False},
            marks=[pytest.mark.trips("eel-cert-per-circuit"), pytest.mark.passes("eel-cert-per-circuit")],
        ),
        pytest.param(
            "eel-cert-telephone-numbers",
            {"telephone_numbers": 24},
            marks=[pytest.mark.trips("eel-cert-telephone-numbers"), pytest.mark.passes("eel-cert-telephone-numbers")],
        ),
        pytest.param(
            "eel-cert-911",
            {"emergency_service": False},
            marks=[pytest.mark.trips("eel-cert-911"), pytest.mark.passes("eel-cert-911")],
        ),
        pytest.param(
            "eel-cert-collocation",
            {"collocation": None},
            marks=[pytest.mark.trips("eel-cert-collocation"), pytest.mark.passes("eel-cert-collocation")],
        ),
        pytest.param(
            "eel-cert-collocation",
            {"at_point_of_presence": True},
            marks=[pytest.mark.trips("eel-cert-collocation"), pytest.mark.passes("eel-cert-collocation")],
        ),
        pytest.param(
            "eel-cert-trunks",
            {"ds0_trunks": 0},
            marks=[pytest.mark.trips("eel-cert-trunks"), pytest.mark.passes("eel-cert-trunks")],
        ),
        pytest.param(
            "eel-cert-trunks",
            {"ds1_trunks": 0, "ds0_trunks": 25},
            marks=[pytest.mark.trips("eel-cert-trunks"), pytest.mark.passes("eel-cert-trunks")],
        ),
        pytest.param(
            "eel-cert-cpn",
            {"ds1_trunks_with_number": 0},
            marks=[pytest.mark.trips("eel-cert-cpn"), pytest.mark.passes("eel-cert-cpn")],
        ),
        pytest.param(
            "eel-cert-switch",
            {"switch_as": None},
            marks=[pytest.mark.trips("eel-cert-switch"), pytest.mark.passes("eel-cert-switch")],
        ),
    ],
)
def test_each_statement_must_be_in_the_certification(court: Court, rule: str, told: dict[str, object]) -> None:
    """A full certification passes; what it leaves out is told, and nothing else."""
    assert set() == _found(court)
    assert {rule} == _found(court, **told)


def test_trunks_beyond_the_full_ones_serve_the_rest(court: Court) -> None:
    """25 circuits need one DS1 trunk and one channel more, which a second DS1 trunk has."""
    assert set() == _found(court, ds1_trunks=2, ds0_trunks=0)


def test_without_a_certification_its_statements_are_not_asked_for(court: Court) -> None:
    """That there is none at all is what another rule tells."""
    assert () == court.findings(LOOP, EEL)
