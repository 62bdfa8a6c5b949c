"""Fields that mean nothing without another."""

import pytest

from tests.rig.court import LOOP, Court


@pytest.mark.trips("dependent-fields")
@pytest.mark.parametrize(
    ("sets", "drops", "path", "other"),
    [
        ({}, ["LSR.IMPCON"], "LSR/TEL_NO_IMPCON", "LSR/IMPCON"),
        ({"LSR.AUTHNM": "P ROSEMARY"}, [], "LSR/AUTHNM", "LSR/AGAUTH"),
        ({}, ["EU.LD1"], "EU/LV1", "EU/LD1"),
        ({"LS[1].SCFA": "0101/TIE/9/A/B"}, ["LS.CFA"], "LS/DETAILS/DETAIL/SCFA", "LS/DETAILS/DETAIL/CFA"),
        ({"LSR.RPON": "SLT26A000001"}, [], "LSR/RPON", "LSR/PON"),
    ],
)
def test_a_lonely_field_points_to_the_one_it_needs(
    court: Court, sets: dict[str, str], drops: list[str], path: str, other: str
) -> None:
    """A field without the one that gives it its meaning is told, wherever it stands."""
    findings = court.findings(LOOP, sets, drops)

    assert [("dependent-fields", f"/LocalServiceRequest/{path}", (f"/LocalServiceRequest/{other}",))] == [
        (f.rule, f.path, f.also) for f in findings
    ]


@pytest.mark.passes("dependent-fields")
def test_fields_in_company_pass(court: Court) -> None:
    """A related request under another PON, and contacts with their telephones, are in order."""
    assert () == court.findings(LOOP, {"LSR.RPON": "SLT26A000009"})
