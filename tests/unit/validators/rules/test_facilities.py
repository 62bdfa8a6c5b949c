"""A request and the facilities that were found for it."""

import pytest

from tests.rig.court import CONDITIONED_LOOP, LOOP, Court
from validators.rules.case import EarlierVersion, FacilityAnswer, Standing
from validators.verdict import Outcome, Severity

LOADED = FacilityAnswer(load_coils=True, copper=True, available=True)
NO_APPROVAL = ["LSR.SCA"]


@pytest.mark.trips("conditioning-not-approved-reject")
@pytest.mark.parametrize("answer", [LOADED, FacilityAnswer(bridged_tap=True)], ids=["load coils", "bridged tap"])
def test_a_loop_that_needs_conditioning_without_approval_is_rejected(court: Court, answer: FacilityAnswer) -> None:
    """The reject cites the clause and tells that a new version with SCA cures it (9.2.4.3.1.2.2)."""
    judgement = court.judged(court.message(CONDITIONED_LOOP, drops=NO_APPROVAL))
    assert () == judgement.verdict.findings

    found = court.on_answer(judgement, answer)

    assert [("conditioning-not-approved-reject", "9.2.4.3.1.2.2", Severity.REJECT, "/LocalServiceRequest/LSR/SCA")] == [
        (f.rule, f.section, f.severity, f.path) for f in found
    ]
    assert "SCA Y" in found[0].cure


@pytest.mark.passes("conditioning-not-approved-reject")
@pytest.mark.passes("conditioning-requested-date-minimum")
def test_a_new_version_that_approves_conditioning_is_cured(court: Court) -> None:
    """With the facility answer on record, a version with SCA passes and one without is rejected at once."""
    standing = Standing((EarlierVersion("01", "digest", Outcome.ACCEPTED),), state="REJECTED", facilities=LOADED)
    second = {"LSR.VER": "02", "LSR.SUP": "3"}

    assert [] == court.on_record(court.message(CONDITIONED_LOOP, second), standing)
    assert ["conditioning-not-approved-reject"] == [
        f.rule for f in court.on_record(court.message(CONDITIONED_LOOP, second, NO_APPROVAL), standing)
    ]


def test_a_loop_that_needs_no_conditioning_needs_no_approval(court: Court) -> None:
    """Silence says that the CLEC thinks none is needed; a clean pair proves it right."""
    judgement = court.judged(court.message(CONDITIONED_LOOP, drops=NO_APPROVAL))

    assert () == court.on_answer(judgement, FacilityAnswer(load_coils=False, bridged_tap=False, copper=True))


def test_an_analog_loop_is_not_conditioned(court: Court) -> None:
    """Load coils on the pair of an analog loop are no ground of rejection."""
    assert () == court.on_answer(court.judged(court.message(LOOP)), LOADED)


@pytest.mark.trips("conditioning-requested-date-minimum")
def test_too_short_a_date_for_conditioning_is_told_but_not_rejected(court: Court) -> None:
    """Fifteen business days are what conditioning takes; asking for less is no ground of rejection (9.2.4.9.2)."""
    judgement = court.judged(court.message(CONDITIONED_LOOP, {"LSR.DDD": "03-09-2026"}))

    found = court.on_answer(judgement, LOADED)

    assert [("conditioning-requested-date-minimum", Severity.WARN)] == [(f.rule, f.severity) for f in found]
    assert "03-23-2026" in found[0].cure


@pytest.mark.trips("nonloaded-on-dlc-reject")
def test_no_copper_behind_a_digital_loop_carrier_rejects(court: Court) -> None:
    """Where the search found no copper a non-loaded loop is rejected (9.2.2.3.2)."""
    found = court.on_answer(court.judged(court.message(CONDITIONED_LOOP)), FacilityAnswer(copper=False))

    assert [("nonloaded-on-dlc-reject", "9.2.2.3.2")] == [(f.rule, f.section) for f in found]


@pytest.mark.passes("nonloaded-on-dlc-reject")
def test_copper_or_silence_does_not_reject(court: Court) -> None:
    """Only a search that found nothing rejects."""
    judgement = court.judged(court.message(CONDITIONED_LOOP))

    assert ((), ()) == (court.on_answer(judgement, FacilityAnswer()), court.on_answer(judgement, LOADED))


@pytest.mark.trips("incompatible-area-reject")
@pytest.mark.passes("incompatible-area-reject")
@pytest.mark.parametrize("nci", ["02IS5.N", "02QB5.00A"], ids=["ISDN", "xDSL-I"])
def test_a_digital_loop_is_not_provided_over_what_is_incompatible(court: Court, nci: str) -> None:
    """Where no copper can carry it there is no duty to provide it (9.2.2.7); otherwise there is."""
    judgement = court.judged(court.message(LOOP, {"LSR.NC": "LX-N", "LSR.NCI": nci}))

    assert ["incompatible-area-reject"] == [f.rule for f in court.on_answer(judgement, FacilityAnswer(copper=False))]
    assert () == court.on_answer(judgement, FacilityAnswer(copper=True))


@pytest.mark.upholds("facilities-incremental-work")
@pytest.mark.parametrize("name", [LOOP, CONDITIONED_LOOP])
def test_work_that_must_be_done_first_is_no_ground(court: Court, name: str) -> None:
    """That nothing is assigned yet (a drop, a line card, a rearrangement is needed) rejects nothing (9.1.2.1.2)."""
    assert () == court.on_answer(court.judged(court.message(name)), FacilityAnswer(available=False))


_FIBER = FacilityAnswer(fiber_only=True, served_before=False)
_EEL = {"LSR.REQTYP": "PB", "LSR.NC": "HC--", "LSR.NCI": "04QB9.11", "LSR.REMARKS": "CERTIFIED"}


@pytest.mark.parametrize(
    ("rule", "sets", "wanting", "there"),
    [
        pytest.param(
            "ftth-newbuild-no-une",
            {},
            _FIBER,
            FacilityAnswer(fiber_only=True, served_before=True),
            marks=[pytest.mark.trips("ftth-newbuild-no-une"), pytest.mark.passes("ftth-newbuild-no-une")],
        ),
        pytest.param(
            "ftth-overbuild-copper",
            {},
            FacilityAnswer(retired_copper=True),
            FacilityAnswer(retired_copper=False),
            marks=[pytest.mark.trips("ftth-overbuild-copper"), pytest.mark.passes("ftth-overbuild-copper")],
        ),
        pytest.param(
            "nid-protector-capacity",
            {"LSR.NC": "ND--"},
            FacilityAnswer(spare_protectors=0),
            FacilityAnswer(spare_protectors=1),
            marks=[pytest.mark.trips("nid-protector-capacity"), pytest.mark.passes("nid-protector-capacity")],
        ),
        pytest.param(
            "eel-existing-facilities-only",
            _EEL,
            FacilityAnswer(transport=False),
            FacilityAnswer(transport=True),
            marks=[
                pytest.mark.trips("eel-existing-facilities-only"),
                pytest.mark.passes("eel-existing-facilities-only"),
            ],
        ),
        pytest.param(
            "lmc-existing-facilities",
            {"LSR.REQTYP": "PB"},
            FacilityAnswer(multiplexed_facility=False),
            FacilityAnswer(),
            marks=[pytest.mark.trips("lmc-existing-facilities"), pytest.mark.passes("lmc-existing-facilities")],
        ),
    ],
)
def test_what_does_not_exist_is_not_provided(
    court: Court, rule: str, sets: dict[str, str], wanting: FacilityAnswer, there: FacilityAnswer
) -> None:
    """Only an answer that says so stands in the way; silence, or facilities, do not."""
    judgement = court.judged(court.message(LOOP, sets))

    assert [rule] == [f.rule for f in court.on_answer(judgement, wanting)]
    assert () == court.on_answer(judgement, there)


def test_restoring_retired_copper_is_a_case_for_a_person(court: Court) -> None:
    """It rejects nothing: date and price are set case by case (9.2.1.2.2.1)."""
    found = court.on_answer(court.judged(court.message(LOOP)), FacilityAnswer(retired_copper=True))

    assert [Severity.DEFER] == [f.severity for f in found]
