"""Until when a product may be certified on a release."""

from datetime import date

import pytest

from validators.agreement.certification_terms import CertificationTerms
from validators.registers.certifiable import bars
from validators.registers.certifications import CERTIFICATIONS, RELEASES, Certification, Release
from validators.registers.entry import Dossier, Entry

_TERMS = CertificationTerms(
    section="12.2.9", without_record="accept", migration_months=6, first_product_months=2, last_months=2
)
_NEXT = date(2026, 6, 30)
"""Deployment of r2."""


def _release(name: str, deployed: date, retires: date | None = None) -> Entry[Release]:
    return Entry(f"reg_{name}", RELEASES.id, None, name, Release(retires_on=retires), "12.2.9.6", deployed)


def _certified(day: date) -> Entry[Certification]:
    data = Certification(release="r1", suite="loops", activities=("N",), pons=("SATEALL1",), tested_on=day)
    return Entry("reg_c", CERTIFICATIONS.id, "clec", "loop-ds1", data, "12.2.9.4", day)


def _barred(*entries: Entry[Release] | Entry[Certification], began: date, tested: date, day: date) -> list[str]:
    both = (_release("r1", date(2025, 1, 1), date(2026, 12, 31)), _release("r2", _NEXT))
    found = bars(Dossier.of(*both, *entries), _TERMS, "r1", testing_began=began, tested_on=tested, day=day)
    return [bar.section for bar in found]


@pytest.mark.upholds("release-sate-start-before-next")
def test_testing_on_the_prior_release_begins_before_the_next_is_implemented() -> None:
    """On the day of the next release it is too late to begin on the prior one; the day before it is not."""
    assert ["12.2.9.6.1.1"] == _barred(began=_NEXT, tested=_NEXT, day=date(2026, 7, 1))
    assert [] == _barred(began=date(2026, 6, 29), tested=_NEXT, day=date(2026, 7, 1))


@pytest.mark.upholds("release-new-user-two-months")
def test_a_new_partner_is_live_on_the_prior_release_within_two_months() -> None:
    """30 August is the last day after a release of 30 June."""
    began = date(2026, 6, 1)
    assert [] == _barred(began=began, tested=date(2026, 8, 30), day=date(2026, 8, 30))
    assert ["12.2.9.6.1.2"] == _barred(began=began, tested=date(2026, 8, 30), day=date(2026, 8, 31))


@pytest.mark.upholds("release-additional-products-cutoff")
def test_further_products_are_tested_in_two_months_and_certified_until_two_months_before_retirement() -> None:
    """A partner that is live on the prior release goes on with it, within both bounds."""
    live, began = _certified(date(2026, 7, 15)), date(2026, 6, 1)
    assert [] == _barred(live, began=began, tested=date(2026, 8, 30), day=date(2026, 10, 31))
    assert ["12.2.9.6.1.3"] == _barred(live, began=began, tested=date(2026, 8, 30), day=date(2026, 11, 1))
    assert ["12.2.9.6.1.3"] == _barred(live, began=began, tested=date(2026, 8, 31), day=date(2026, 9, 1))


def test_nothing_is_barred_while_no_later_release_is_deployed() -> None:
    """The one release that there is may be certified at any time, and so may the newest."""
    dossier = Dossier.of(_release("r1", date(2025, 1, 1)), _release("r2", _NEXT))
    late = date(2029, 1, 1)

    assert () == bars(dossier, _TERMS, "r2", testing_began=late, tested_on=late, day=late)
    assert () == bars(
        dossier, _TERMS, "r1", testing_began=date(2026, 6, 1), tested_on=date(2026, 6, 2), day=date(2026, 6, 29)
    )
