"""Which release of the messages a partner is on, and until when that is supported once the next is deployed (12.2.8).

Operators deploy a release by an entry in the register `releases`, and put a partner on one by `release-pins`. The first
release needs neither.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gateway.record.rows import Partner
from gateway.services.desk import Desk
from validators.agreement.clocks import months_later
from validators.codes import Code
from validators.registers.certifications import PINS, RELEASES
from validators.registers.entry import Dossier
from validators.releases import FIRST
from validators.releases import RELEASES as HELD
from validators.verdict import Finding, Severity

SECTION = "12.2.8"


@dataclass(frozen=True, slots=True)
class Support:
    """Where the release that a partner is on stands.

    Attributes:
        release: the release, as r1.
        deprecated_at: when the next one was deployed; None while there is none.
        ends_at: from when it is supported no more; None while no end is known.
    """

    release: str
    deprecated_at: datetime | None = None
    ends_at: datetime | None = None

    def refusal(self, written_in: str, now: datetime) -> Finding | None:
        """Give why a message written in a release is not taken from the partner now; None if it is."""
        if written_in != self.release:
            text = f"The message is written for release {written_in}; you are on {self.release}."
            return _finding(written_in, text, f"Write it for {self.release}, or have the operator put you on another.")
        if self.ends_at is not None and now >= self.ends_at:
            text = f"Release {written_in} is supported no more since {self.ends_at.isoformat()}."
            return _finding(written_in, text, "Move to the next release: the operator puts you on it.")
        return None


def support_of(desk: Desk, partner: Partner, now: datetime) -> Support:
    """Give the release that a partner is on at an instant, and how long it is supported.

    Raises:
        NoAgreement: see `Desk`.
    """
    dossier = desk.dossier_of(partner.id)
    if not dossier.has(RELEASES) and not dossier.has(PINS):
        return Support(FIRST)
    agreement = desk.agreement_with(partner)
    zone = agreement.zone
    release = _pinned(dossier, now.astimezone(zone).date())
    deployed = _deployed_after(dossier, release, now.astimezone(zone).date())
    if deployed is None:
        return Support(release)
    last_day = _last_day(dossier, release)
    if last_day is None and agreement.certification is not None:
        last_day = months_later(deployed, agreement.certification.migration_months)
    ends = None if last_day is None else datetime.combine(last_day + timedelta(days=1), time(), zone)
    return Support(release, datetime.combine(deployed, time(), zone), ends)


def _pinned(dossier: Dossier, day: date) -> str:
    """Give the release of the latest pin that is held and deployed."""
    pins = sorted(dossier.in_force(PINS, day), key=lambda pin: (pin.valid_from, pin.id), reverse=True)
    able = {FIRST, *(entry.key for entry in dossier.in_force(RELEASES, day))} & set(HELD)
    return next((pin.key for pin in pins if pin.key in able), FIRST)


def _deployed_after(dossier: Dossier, release: str, day: date) -> date | None:
    later = HELD[HELD.index(release) + 1 :]
    days = [entry.valid_from for key in later for entry in dossier.in_force(RELEASES, day, key)]
    return min(days, default=None)


def _last_day(dossier: Dossier, release: str) -> date | None:
    days = [entry.data.retires_on for entry in dossier.entries(RELEASES, release)]
    return next((day for day in days if day is not None), None)


def _finding(written_in: str, text: str, cure: str) -> Finding:
    return Finding(
        rule="release-support-six-months",
        section=SECTION,
        code=Code.UNKNOWN_RELEASE,
        severity=Severity.REJECT,
        path="/@release",
        value=written_in,
        text=text,
        cure=cure,
    )
