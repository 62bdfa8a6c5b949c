"""What a quotation is made of: the scope of the application, reconditioning, posted sites, contiguous space, frames."""

import pytest

from tests.rig.counter import Case, Counter

_CONSTRUCTION = {"code": "SPACE-CONSTRUCTION"}


def _studied(counter: Counter, kind: str = "caged", study: str = "") -> Case:
    return counter.applies(kind, "03-04").act(f"03-12 feasible {study}")


@pytest.mark.carries("quote-from-application", by="steps")
def test_a_quotation_is_priced_by_its_elements(counter: Counter) -> None:
    """Both charges are the sum of its lines; one without a line, or with an element that has no rate, is none."""
    case = _studied(counter)
    empty = case.decide("03-20", "quote", elements=None).refused
    unknown = case.decide("03-20", "quote", elements=[{"code": "GOODWILL"}]).refused
    case.decide("03-24", "quote", elements=[_CONSTRUCTION, {"code": "8.1.2.1", "quantity": 12}])

    assert ("elements" in empty, "no rate for element" in unknown) == (True, True)
    assert ("31395.84", "375.28") == (case.order.facts["nonrecurring"], case.order.facts["recurring"])
    assert "12 x 8.1.2.1" in case.telling("quotation")


@pytest.mark.carries("reconditioning-quote", by="steps")
def test_reconditioning_is_found_by_the_study_and_charged_by_the_share(counter: Counter) -> None:
    """The study names it, the quotation has it on a line: 40 percent of 5,000 dollars beside the construction."""
    case = _studied(counter, study="reconditioning=air-conditioning")
    found = case.telling("feasibility")
    part = {"reconditioning_cost": "5000.00", "reconditioning_percent": 40}
    case.decide("03-24", "quote", elements=[_CONSTRUCTION], **part)

    assert "To be reconditioned: air-conditioning." in found
    assert "40 percent of 5000.00 dollars: 2000.00 once" in case.telling("quotation")
    assert ("26000.00", "13000.00") == (case.order.facts["nonrecurring"], case.order.facts["required_payment"])


@pytest.mark.parametrize(
    ("study", "part", "why"),
    [
        ("", {"reconditioning_cost": "5000.00", "reconditioning_percent": 40}, "has named nothing"),
        ("reconditioning=walls", {"reconditioning_cost": "5000.00"}, "1 to 100 percent"),
        ("reconditioning=walls", {"reconditioning_percent": 40}, "1 to 100 percent"),
        ("reconditioning=walls", {"reconditioning_cost": "5000.00", "reconditioning_percent": 101}, "1 to 100 percent"),
    ],
)
def test_reconditioning_is_not_charged_otherwise(
    counter: Counter, study: str, part: dict[str, object], why: str
) -> None:
    """What the study did not name, or is not charged by the part of the space, is refused under its clause."""
    refused = _studied(counter, study=study).decide("03-24", "quote", elements=[_CONSTRUCTION], **part).refused

    assert why in refused


def _asking_for_more(counter: Counter, kind: str) -> Case:
    return counter.applies(kind, "03-04", {"SPACE.CONTIG": "Y"}).do("feasible")


@pytest.mark.carries("contiguous-best-effort")
@pytest.mark.parametrize("kind", ["caged", "cageless", "virtual"])
def test_a_quotation_answers_who_asks_for_space_beside_its_own(counter: Counter, kind: str) -> None:
    """It says that the space is contiguous, or describes the route between the spaces; one of the two it must."""
    beside, apart = _asking_for_more(counter, kind), _asking_for_more(counter, kind)
    silent = beside.attempt("03-20 quote").refused
    beside.act("03-24 quote contiguous=true")
    apart.act("03-24 quote route=rack-7-to-rack-9")

    assert "describe the route" in silent
    assert "next to your own" in beside.telling("quotation")
    assert "the route between them: rack-7-to-rack-9." in apart.telling("quotation")


def test_who_asks_for_no_contiguous_space_is_quoted_without_it(counter: Counter) -> None:
    """The quotation says nothing of neighbours."""
    assert "your own" not in _studied(counter).act("03-24 quote").telling("quotation")


_ASSESSMENT, _ADMINISTRATION, _PLANNING = {"code": "8.15.2.1"}, {"code": "8.15.2.2"}, {"code": "8.1.1.1"}


@pytest.mark.carries("inv-special-sites", by="steps")
def test_a_special_site_is_charged_its_assessment_and_sold_as_is(counter: Counter) -> None:
    """Not the planning fee of other sites, but with an augment; its administration always, a survey if asked for."""
    case = _studied(counter, "available-inventory")

    def attempt(*elements: dict[str, str], **beside: bool) -> str:
        return case.decide("03-24", "quote", elements=[*elements], special_site=True, **beside).refused

    assert "charged 8.15.2.1, 8.15.2.2" in attempt(_CONSTRUCTION)
    assert "8.1.1.1 is not charged" in attempt(_ASSESSMENT, _ADMINISTRATION, _PLANNING)
    assert "8.15.2.1 is not charged" in attempt(_ASSESSMENT, _ADMINISTRATION, _PLANNING, augment=True)
    assert "" == attempt(_ASSESSMENT, _ADMINISTRATION, {"code": "8.15.2.3"})
    assert ("2867.26", True) == (case.order.facts["nonrecurring"], "sold as is" in case.telling("quotation"))


def test_an_augment_of_a_special_site_has_the_planning_fee(counter: Counter) -> None:
    """It takes the place of the assessment."""
    case = _studied(counter, "available-inventory")
    case.decide("03-24", "quote", elements=[_PLANNING, _ADMINISTRATION], special_site=True, augment=True)

    assert ("", "QUOTED") == (case.refused, case.state)


@pytest.mark.parametrize(
    ("kind", "special", "why"),
    [("caged", True, "posted inventory"), ("available-inventory", False, "8.15.2.1 is not charged")],
)
def test_no_other_site_has_the_fees_of_a_special_one(counter: Counter, kind: str, why: str, *, special: bool) -> None:
    """A cage is none, and a posted site that was verified pays its planning fee."""
    refused = _studied(counter, kind).decide("03-24", "quote", elements=[_ASSESSMENT], special_site=special).refused

    assert why in refused


@pytest.mark.carries("direct-frame-full", by="steps")
@pytest.mark.parametrize("answer", ["feasible", "quote"])
def test_another_frame_is_named_with_the_answer(counter: Counter, answer: str) -> None:
    """Where the frame is full, the study or the quotation that comes with it says where the terminations are made."""
    case = counter.applies("direct-connection", "03-04").act(f"03-08 {answer} other_frame=frame-12")

    assert "full: terminations are made at frame-12." in case.told
