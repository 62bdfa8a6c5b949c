"""What a partner's certifications admit."""

from datetime import date

import pytest

from tests.rig.court import LOOP, PORT, Court
from validators.codes import Code
from validators.registers.certifications import CERTIFICATIONS, RELEASES, Certification, Release
from validators.registers.entry import Dossier, Entry
from validators.rules.case import PartnerCodes
from validators.verdict import Finding, Outcome, Severity

_GRANTED = date(2026, 1, 5)


def _certified(product: str, release: str = "r1", **data: str) -> Entry[Certification]:
    content = {"suite": "loops", "activities": ("N",), "pons": ("SATEALL1",), "tested_on": _GRANTED, **data}
    return Entry(
        f"reg_{product}",
        CERTIFICATIONS.id,
        "clec",
        product,
        Certification.model_validate({"release": release, **content}),
        "12.2.9.4",
        _GRANTED,
    )


def _deployed(release: str, day: date) -> Entry[Release]:
    return Entry(f"reg_{release}", RELEASES.id, None, release, Release(), "12.2.9.6", day)


def _found(court: Court, name: str, *entries: Entry[Certification] | Entry[Release]) -> list[Finding]:
    judgement = court.judged(court.request(name), partner=PartnerCodes(dossier=Dossier.of(*entries)))
    return [finding for finding in judgement.verdict.findings if finding.code == Code.NOT_CERTIFIED]


@pytest.mark.trips("scenario-certification")
def test_a_partner_certified_for_loops_only_orders_no_port(court: Court) -> None:
    """The reject cites 12.2.9.4 and says what is certified."""
    (finding,) = _found(court, PORT, _certified("loop-2w-analog"))

    assert ("scenario-certification", "12.2.9.4", Severity.REJECT) == (finding.rule, finding.section, finding.severity)
    assert "loop-2w-analog (N)" in finding.cure


@pytest.mark.trips("scenario-certification")
def test_a_certification_is_for_its_release(court: Court) -> None:
    """What was shown on another release shows nothing of this one."""
    assert ["scenario-certification"] == [
        found.rule for found in _found(court, LOOP, _certified("loop-2w-analog", "r9"))
    ]


@pytest.mark.passes("scenario-certification")
@pytest.mark.passes("protocol-certification-first")
@pytest.mark.passes("controlled-production-live")
@pytest.mark.passes("migration-six-months")
def test_what_is_certified_is_ordered(court: Court) -> None:
    """The product and activity that were shown are taken without a word."""
    assert [] == _found(court, LOOP, _certified("loop-2w-analog"))


@pytest.mark.passes("scenario-certification")
def test_a_partner_without_any_certification_is_left_to_people(court: Court) -> None:
    """The shipped agreement says so; `without_record: reject` turns it round."""
    assert [] == _found(court, LOOP)


@pytest.mark.trips("protocol-certification-first")
def test_an_agreement_may_ask_certification_of_everybody(court: Court) -> None:
    """Then nothing is ordered before the exchange protocol is certified, and the protocol alone admits no product."""
    agreement = court.judge.agreements["template"]
    assert agreement.certification is not None
    terms = agreement.certification.model_copy(update={"without_record": "reject"})
    strict = court.under(agreement.model_copy(update={"certification": terms}))

    assert [("protocol-certification-first", "12.2.9.2")] == [
        (found.rule, found.section) for found in strict.findings(LOOP)
    ]
    court.asked += strict.asked


@pytest.mark.trips("controlled-production-live")
def test_an_order_in_controlled_production_is_taken_and_said_to_be_live(court: Court) -> None:
    """It is a warning, no reject."""
    judgement = court.judged(
        court.request(LOOP),
        partner=PartnerCodes(dossier=Dossier.of(_certified("loop-2w-analog", stage="controlled"))),
    )

    assert Outcome.ACCEPTED == judgement.verdict.outcome
    assert "live order" in judgement.verdict.findings[0].text


@pytest.mark.trips("migration-six-months")
@pytest.mark.passes("migration-six-months")
@pytest.mark.parametrize(
    ("deployed", "expected"), [(date(2025, 9, 1), ["migration-six-months"]), (date(2025, 9, 2), [])]
)
def test_a_partner_moves_to_a_new_release_within_six_months(court: Court, deployed: date, expected: list[str]) -> None:
    """On 2 March six months from 2 September end; a day more is told as a warning."""
    entries = (_certified("loop-2w-analog"), _deployed("r1", date(2024, 1, 1)), _deployed("r2", deployed))

    assert expected == [found.rule for found in _found(court, LOOP, *entries)]
    _found(court, LOOP, *entries[:2])
    _found(court, LOOP, entries[0], _deployed("r2", date(2025, 1, 1)))


@pytest.mark.upholds("release-support-six-months")
@pytest.mark.parametrize("deployed", [date(2026, 2, 27), date(2025, 9, 2)], ids=["just deployed", "six months ago"])
def test_the_release_before_the_newest_is_taken_for_six_months(court: Court, deployed: date) -> None:
    """Orders on it are accepted without a word to the last day of the six months (12.2.8)."""
    entries = (_certified("loop-2w-analog"), _deployed("r1", date(2024, 1, 1)), _deployed("r2", deployed))

    assert [] == _found(court, LOOP, *entries)
