"""What is quoted, due, credited and returned (8.3.1.1, 8.4.1.6, 8.4.1.7, 17.2)."""

from decimal import Decimal
from typing import TYPE_CHECKING

from gateway.services.effects.effect import NONE, New, not_by_agreement
from validators.agreement.clocks import months_later
from validators.collocation import figures
from validators.rules.execution import awaits_agreement

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry


def price(entry: "ProcessEntry", happening: "Happening") -> New:
    """Price the quotation from the rate elements, and say what an acceptance must pay (8.3.1.1, 8.4.1.6)."""
    try:
        quotation = figures.price(
            entry.terms, entry.kind.id, happening.values.get("elements", ()), entry.zone_date(entry.at)
        )
    except figures.NoSuchElement as unknown:
        section = entry.kind.elements_section or "8.3.1.1"
        raise not_by_agreement(entry, "elements", str(unknown), section) from None
    percent = entry.kind.payment_percent
    if percent is None:
        percent = entry.terms.quotations.acceptance_percent if happening.values.get("new_rack") else 100
    entry.put(
        nonrecurring=str(quotation.nonrecurring),
        recurring=str(quotation.recurring),
        required_payment=str(figures.percent_of(quotation.nonrecurring, percent)),
        planning=str(quotation.credited),
    )
    entry.lines = tuple(map(str, quotation.lines))
    return NONE


def charge_own(entry: "ProcessEntry", happening: "Happening") -> New:
    """Charge what a request of the kind costs: one of each of its rate elements."""
    del happening
    own = [{"code": code} for code in entry.kind.elements]
    charge = figures.price(entry.terms, entry.kind.id, own, entry.zone_date(entry.at))
    entry.put(nonrecurring=str(charge.nonrecurring), recurring=str(charge.recurring))
    return NONE


def further_charge(entry: "ProcessEntry", happening: "Happening") -> New:
    """Add what an individual case, or the ready date, brings beside the listed charge (8.1.1.8.1, 9.3.5.5.2.1.4)."""
    further = happening.values.get("further", Decimal("0.00"))
    entry.put(nonrecurring=str(Decimal(entry.facts.get("nonrecurring", "0.00")) + further))
    return NONE


def minimum_term(entry: "ProcessEntry", happening: "Happening") -> New:
    """Charge the recurring charges of the months that a posted site was left too early (8.2.1.33.1)."""
    del happening
    began, terms = entry.instant("ready-for-service"), entry.terms.posted_sites
    if began is None:
        return NONE
    ready, left = entry.zone_date(began), entry.zone_date(entry.at)
    used = next(
        n for n in range(terms.minimum_months + 1) if n == terms.minimum_months or months_later(ready, n) >= left
    )
    owed = (terms.minimum_months - used) * Decimal(entry.facts.get("recurring", "0.00"))
    entry.put(minimum_owed=str(owed))
    entry.words["minimum_owed"] = str(owed)
    return NONE


def credit_planning(entry: "ProcessEntry", happening: "Happening") -> New:
    """Credit the planning fees against the space construction charge when the job is done (8.3.1.3, Exhibit A)."""
    del happening
    entry.put(credit=entry.facts.get("planning", "0.00"))
    return NONE


def agreement_applies(entry: "ProcessEntry", happening: "Happening") -> New:
    """Say that this agreement applies where none is in force when the interval ends (8.4.1.1.1)."""
    del happening
    if awaits_agreement(entry.desk.agreement_of(entry.order), entry.dossier, entry.zone_date(entry.at)):
        entry.words["agreement_words"] = "No agreement is in force yet; the rates and terms of this one apply."
    return NONE


def quarter_payment(entry: "ProcessEntry", happening: "Happening") -> New:
    """Ask for the share of the quoted charges that holds a reservation (8.4.1.7.2)."""
    del happening
    total = Decimal(entry.facts["nonrecurring"])
    entry.put(required_payment=str(figures.percent_of(total, entry.terms.reservation.percent or 0)))
    return NONE


def refund(entry: "ProcessEntry", happening: "Happening") -> New:
    """Pay back what the Days since the payment leave of it (8.4.1.7.4)."""
    del happening
    began = entry.instant("term-begun")
    if began is None:
        return NONE
    days = (entry.zone_date(entry.at) - entry.zone_date(began)).days
    back = figures.refund(entry.terms.reservation, entry.paid, days)
    entry.put(refund=str(back))
    entry.words["refund"] = str(back)
    return NONE


def half_fee(entry: "ProcessEntry", happening: "Happening") -> New:
    """Return a share of the processing fee of a bona fide request that is cancelled in time (17.2)."""
    del happening
    terms = entry.terms.bona_fide
    fee = figures.price(entry.terms, entry.kind.id, ({"code": terms.element},), entry.zone_date(entry.at)).nonrecurring
    due = entry.deadline("bfr-half-refund-10bd")
    back = figures.percent_of(fee, terms.refund_percent) if due is not None and entry.at <= due else Decimal("0.00")
    entry.put(refund=str(back))
    entry.words["refund"] = str(back)
    return NONE
