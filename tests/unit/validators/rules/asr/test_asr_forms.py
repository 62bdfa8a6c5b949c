"""Forms of an ASR, what announces them, and what does not go together."""

import pytest

from tests.rig.court import NEW_YEAR, REARRANGED, TRANSPORT, TRANSPORT_ENDS, TRUNKS, TRUNKS_264, Court
from validators.verdict import Finding


def _of(rule: str, findings: tuple[Finding, ...]) -> list[tuple[str, str | None]]:
    return [
        (finding.path.removeprefix("/AccessServiceRequest/"), finding.value)
        for finding in findings
        if finding.rule == rule
    ]


@pytest.mark.trips("asr-activity-of-requisition")
@pytest.mark.parametrize(("sets", "field"), [({"ADMIN.ACT": "T"}, "ADMIN/ACT"), ({"ADMIN.ACTI": "E"}, "ADMIN/ACTI")])
def test_activities_go_with_their_requisition(court: Court, sets: dict[str, str], field: str) -> None:
    """A trunk group is not moved, and a new one has none of the activities of an end."""
    found = _of("asr-activity-of-requisition", court.findings(TRUNKS, sets, received=NEW_YEAR))

    assert [field] == [path for path, _ in found]


@pytest.mark.passes("asr-activity-of-requisition")
@pytest.mark.passes("asr-forms-of-requisition")
@pytest.mark.passes("asr-one-service-form")
@pytest.mark.passes("asr-forms-announced")
@pytest.mark.passes("asr-circuit-references")
@pytest.mark.passes("asr-other-requests")
@pytest.mark.passes("asr-design-not-on-this-activity")
@pytest.mark.passes("asr-usage-of-unbundled")
@pytest.mark.parametrize("name", [TRUNKS, TRUNKS_264, TRANSPORT, REARRANGED, TRANSPORT_ENDS])
def test_the_samples_fit_together(court: Court, name: str) -> None:
    """Forms, announcements and activities of the samples agree; a disconnect needs no service form."""
    assert () == court.findings(name, received=NEW_YEAR)


@pytest.mark.trips("asr-forms-of-requisition")
def test_the_form_of_the_requisition_is_missed(court: Court) -> None:
    """Trunks come on TRUNKING, and what TQ announces comes along."""
    found = court.findings(TRUNKS, drops=["TRUNKING", "TQ"], received=NEW_YEAR)

    assert [("TRUNKING", None), ("TQ", None)] == _of("asr-forms-of-requisition", found)


@pytest.mark.trips("asr-one-service-form")
def test_a_second_service_form_is_out_of_place(court: Court) -> None:
    """A trunk request describes no transport."""
    found = court.findings(TRUNKS, {"TRANSPORT.NC": "HC--"}, received=NEW_YEAR)

    assert [("TRANSPORT", None)] == _of("asr-one-service-form", found)


@pytest.mark.trips("asr-forms-announced")
@pytest.mark.parametrize(
    ("name", "sets", "drops", "expected"),
    [
        (TRUNKS_264, {}, ["ACI"], [("ADMIN/AFO", "Y"), ("TRUNKING/QACI", "10")]),
        (TRUNKS_264, {"TRUNKING.QACI": "09"}, [], [("TRUNKING/QACI", "09")]),
        (TRANSPORT, {"ADMIN.QSA": "01"}, [], [("ADMIN/QSA", "01")]),
    ],
)
def test_announcements_agree_with_the_forms(
    court: Court, name: str, sets: dict[str, str], drops: list[str], expected: list[tuple[str, str]]
) -> None:
    """AFO, QACI and QSA count what is there."""
    assert expected == _of("asr-forms-announced", court.findings(name, sets, drops, received=NEW_YEAR))


@pytest.mark.trips("asr-circuit-references")
def test_a_reference_number_stands_once(court: Court) -> None:
    """Two circuits under one number could not be told apart."""
    found = court.findings(TRUNKS_264, {"ACI.0003.REF NUM": "0002"}, received=NEW_YEAR)

    assert [("ACI/DETAILS/DETAIL[2]/REF_NUM", "0002")] == _of("asr-circuit-references", found)


@pytest.mark.trips("asr-other-requests")
def test_a_request_is_not_its_own_predecessor(court: Court) -> None:
    """PREV PON names another request."""
    found = court.findings(TRUNKS, {"ADMIN.PREV PON": "LISBOI0001"}, received=NEW_YEAR)

    assert [("ADMIN/PREV_PON", "LISBOI0001")] == _of("asr-other-requests", found)


@pytest.mark.trips("asr-design-not-on-this-activity")
def test_a_disconnect_is_not_designed(court: Court) -> None:
    """RTR S asks for a design of what goes away."""
    found = court.findings(TRANSPORT_ENDS, {"ADMIN.RTR": "S"}, received=NEW_YEAR)

    assert [("ADMIN/RTR", "S")] == _of("asr-design-not-on-this-activity", found)


@pytest.mark.trips("asr-usage-of-unbundled")
def test_an_unbundled_element_has_no_interstate_share(court: Court) -> None:
    """PIU with UNE is 0 or LOF."""
    assert [("ADMIN/PIU", "12")] == _of(
        "asr-usage-of-unbundled", court.findings(TRANSPORT, {"ADMIN.PIU": "12"}, received=NEW_YEAR)
    )
    assert [] == _of("asr-usage-of-unbundled", court.findings(TRANSPORT, {"ADMIN.PIU": "LOF"}, received=NEW_YEAR))
