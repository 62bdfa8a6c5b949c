"""Fields that mean nothing without another."""

import pytest

from tests.rig.court import LOOP, Court
from validators.verdict import Severity


@pytest.mark.trips("dependent-fields")
@pytest.mark.parametrize(
    ("sets", "drops", "path", "other"),
    [
        ({}, ["LSR.IMPCON"], "LSR/TEL_NO_IMPCON", "LSR/IMPCON"),
        ({"LSR.AUTHNM": "P ROSEMARY"}, [], "LSR/AUTHNM", "LSR/AGAUTH"),
        ({"EU.SASF": "1/2"}, ["EU.SANO", "EU.SASN"], "EU/SASF", "EU/SANO"),
        ({"LS[1].SCFA": "0101/TIE/9/A/B"}, ["LS.CFA"], "LS/DETAILS/DETAIL/SCFA", "LS/DETAILS/DETAIL/CFA"),
        ({"LSR.RPON": "SLT26A000001"}, [], "LSR/RPON", "LSR/PON"),
    ],
)
def test_a_lonely_field_points_to_the_one_it_needs(
    court: Court, sets: dict[str, str], drops: list[str], path: str, other: str
) -> None:
    """A field without the one that gives it its meaning is told, wherever it stands."""
    findings = [found for found in court.findings(LOOP, sets, drops) if found.rule == "dependent-fields"]

    assert [("dependent-fields", f"/LocalServiceRequest/{path}", (f"/LocalServiceRequest/{other}",))] == [
        (f.rule, f.path, f.also) for f in findings
    ]


@pytest.mark.passes("dependent-fields")
def test_fields_in_company_pass(court: Court) -> None:
    """A related request under another PON, and contacts with their telephones, are in order."""
    assert () == court.findings(LOOP, {"LSR.RPON": "SLT26A000009"})


@pytest.mark.trips("dependent-fields-by-custom")
@pytest.mark.parametrize(
    ("sets", "drops", "path", "other"),
    [
        ({}, ["EU.LD1"], "EU/LV1", "EU/LD1"),
        ({"EU.DISC NBR": "2085550199"}, [], "EU/DISC_NBR", "EU/DNUM"),
        ({"LS[1].JK CODE": "RJ11C"}, [], "LS/DETAILS/DETAIL/JK_CODE", "LS/DETAILS/DETAIL/JR"),
    ],
)
def test_what_comes_together_by_custom_warns(
    court: Court, sets: dict[str, str], drops: list[str], path: str, other: str
) -> None:
    """No page at hand states these, so they reject nothing."""
    assert [(Severity.WARN, f"/LocalServiceRequest/{path}", (f"/LocalServiceRequest/{other}",))] == [
        (found.severity, found.path, found.also) for found in court.findings(LOOP, sets, drops)
    ]


@pytest.mark.passes("dependent-fields-by-custom")
def test_what_comes_together_passes(court: Court) -> None:
    """A jack code with its request, and a number with its line."""
    sets = {"LS[1].JK CODE": "RJ11C", "LS[1].JR": "Y", "EU.DISC NBR": "2085550199", "EU.DNUM": "00001"}

    assert () == court.findings(LOOP, sets)
