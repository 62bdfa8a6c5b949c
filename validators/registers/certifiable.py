"""Until when a product may be certified on a release (12.2.9.6.1.1 to 12.2.9.6.1.3)."""

from dataclasses import dataclass
from datetime import date

from validators.agreement.certification_terms import CertificationTerms
from validators.agreement.clocks import months_later
from validators.registers.certifications import CERTIFICATIONS, RELEASES, Release
from validators.registers.entry import Dossier, Entry


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a certification is not to be had any more, and the section that says so."""

    section: str
    text: str


def bars(
    dossier: Dossier, terms: CertificationTerms, release: str, *, testing_began: date, tested_on: date, day: date
) -> tuple[Bar, ...]:
    """Give what stands against certifying a product on `release` on `day`; nothing while no later release is deployed.

    Args:
        dossier: releases and the partner's certifications so far.
        terms: the months of the agreement.
        release: the release to be certified on.
        testing_began: day of the partner's first test order on it.
        tested_on: day of the test orders of this product.
        day: day of the grant.
    """
    releases = sorted(dossier.entries(RELEASES), key=lambda entry: entry.valid_from)
    own = next((entry for entry in releases if entry.key == release), None)
    later = _after(own, releases) if own is not None else None
    if own is None or later is None or day < later.valid_from:
        return ()
    new_until = months_later(later.valid_from, terms.first_product_months)
    live = any(
        entry.data.release == release and entry.valid_from <= new_until for entry in dossier.entries(CERTIFICATIONS)
    )
    found: list[Bar] = []
    if testing_began >= later.valid_from:
        text = f"Testing on {release} began on {testing_began}, {later.key} was implemented on {later.valid_from}."
        found.append(Bar("12.2.9.6.1.1", text))
    if not live and day > new_until:
        text = f"A new partner had until {new_until} to be in production on {release} with one product and activity."
        found.append(Bar("12.2.9.6.1.2", text))
    if live and tested_on > new_until:
        text = f"Further products on {release} had to be tested by {new_until}; this was tested on {tested_on}."
        found.append(Bar("12.2.9.6.1.3", text))
    if live and own.data.retires_on is not None and day > months_later(own.data.retires_on, -terms.last_months):
        text = f"Release {release} retires on {own.data.retires_on}: nothing is certified in its last months."
        found.append(Bar("12.2.9.6.1.3", text))
    return tuple(found)


def _after(own: Entry[Release], releases: list[Entry[Release]]) -> Entry[Release] | None:
    return next((entry for entry in releases if entry.valid_from > own.valid_from), None)
