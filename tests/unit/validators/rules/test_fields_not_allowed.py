"""Fields that some kinds of request may not have."""

import pytest

from tests.rig.court import LOOP, PORT, Court

LSR = "/LocalServiceRequest/LSR"
ONE_NUMBER = {"NP.NPQTY": "00001", "LSR.DDD": "03-10-2026"}
OTHERS = ["NP[2]", "NP[3]"]


@pytest.mark.parametrize(
    ("name", "sets", "drops", "path", "also"),
    [
        pytest.param(
            PORT,
            ONE_NUMBER | {"LSR.PROJECT": "GRICB26-0007"},
            OTHERS,
            "LSR/PROJECT",
            (f"{LSR}/REQTYP",),
            marks=pytest.mark.trips("simple-port-fields"),
        ),
        pytest.param(
            PORT,
            {"NP[2].CFTN": "2085550199"},
            [],
            "NP/DETAILS/DETAIL[2]/CFTN",
            (),
            marks=pytest.mark.trips("interim-portability-fields"),
        ),
        pytest.param(
            PORT, {"LSR.SLI": "S"}, [], "LSR/SLI", (f"{LSR}/REQTYP",), marks=pytest.mark.trips("subloop-indicator")
        ),
        pytest.param(
            LOOP,
            {"LSR.DDDO": "03-12-2026"},
            [],
            "LSR/DDDO",
            (f"{LSR}/ACT",),
            marks=pytest.mark.trips("disconnect-date-of-move"),
        ),
        pytest.param(
            LOOP,
            {"LSR.RPON": "SLT26A000009", "LSR.RCC": "9Z7A"},
            [],
            "LSR/RCC",
            (f"{LSR}/CC", f"{LSR}/RPON"),
            marks=pytest.mark.trips("related-company-differs"),
        ),
    ],
)
def test_a_field_that_does_not_belong_there_is_told_with_what_forbids_it(
    court: Court, name: str, sets: dict[str, str], drops: list[str], path: str, also: tuple[str, ...]
) -> None:
    """The field is named, and points to the codes that forbid it."""
    findings = court.findings(name, sets, drops)

    assert [(f"/LocalServiceRequest/{path}", also)] == [(found.path, found.also) for found in findings]


@pytest.mark.passes("simple-port-fields")
@pytest.mark.passes("interim-portability-fields")
@pytest.mark.passes("subloop-indicator")
def test_a_port_of_several_numbers_may_belong_to_a_project(court: Court) -> None:
    """PROJECT and NOR tie several requests together; DFDT is allowed on any port."""
    assert () == court.findings(PORT, {"LSR.PROJECT": "GRICB26-0007", "LSR.NOR": "01-02"})


@pytest.mark.passes("simple-port-fields")
def test_a_coordinated_port_of_one_number_is_no_simple_port(court: Court) -> None:
    """A managed cut may be asked for at any hour (10.2.5.4), so it may be negotiated too."""
    sets = ONE_NUMBER | {"LSR.CHC": "Y", "LSR.PROJECT": "GRICB26-0007", "LSR.REMARKS": "MANAGED CUT"}

    assert () == court.findings(PORT, sets, OTHERS)


@pytest.mark.passes("disconnect-date-of-move")
def test_a_new_loop_has_one_date(court: Court) -> None:
    """Nothing ends elsewhere where nothing was."""
    assert () == court.findings(LOOP)


@pytest.mark.passes("related-company-differs")
def test_a_move_has_two_dates_and_a_related_request_another_company(court: Court) -> None:
    """ACT T ends the old service on DDDO; RCC names whose the related request is."""
    sets = {"LSR.ACT": "T", "LSR.DDDO": "03-12-2026", "LSR.RPON": "GRT26A000009", "LSR.RCC": "9Z8B"}
    sets |= {"LS[1].ECCKT": "13.LXFU.208555.GR"}

    assert () == court.findings(LOOP, sets)
