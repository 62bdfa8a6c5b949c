"""What is quoted, due, credited and returned (8.3.1.1, 8.4.1.6, 8.4.1.7, 17.2)."""

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from gateway.services.effects.effect import NONE, New, not_by_agreement
from validators.agreement.clocks import months_later
from validators.collocation import figures
from validators.rules.execution import awaits_agreement

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry

_RECONDITIONING: Final = "8.2.1.14.2"
_WHOLE: Final = 100


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
    entry.lines = tuple(map(str, quotation.lines))
    nonrecurring = quotation.nonrecurring + _reconditioning(entry, happening)
    entry.put(
        nonrecurring=str(nonrecurring),
        recurring=str(quotation.recurring),
        required_payment=str(figures.percent_of(nonrecurring, percent)),
        planning=str(quotation.credited),
        owed_anyway=str(quotation.owed_anyway),
    )
    return NONE


def _reconditioning(entry: "ProcessEntry", happening: "Happening") -> Decimal:
    """Give the CLEC's part of reconditioning that the feasibility study has named, and a line of it (8.2.1.14.2)."""
    cost, percent = happening.values.get("reconditioning_cost"), happening.values.get("reconditioning_percent")
    if cost is None and percent is None:
        return Decimal("0.00")
    if "to-recondition" not in entry.held:
        text = "the feasibility study has named nothing that must be reconditioned"
        raise not_by_agreement(entry, "reconditioning_cost", text, _RECONDITIONING)
    if cost is None or percent is None or not 0 < percent <= _WHOLE:
        text = "it is charged by the part of the space that is asked for: give the cost and that part, 1 to 100 percent"
        raise not_by_agreement(entry, "reconditioning_percent", text, _RECONDITIONING)
    share = figures.share_of(cost, percent)
    entry.lines += (f"Reconditioning: {percent} percent of {cost} dollars: {share} once",)
    return share


def special_site_fees(entry: "ProcessEntry", happening: "Happening") -> New:
    """Hold a quotation to the fees of a special site, and any other to its own (8.3.1.20)."""
    terms, quoted = entry.terms.special_sites, {item["code"] for item in happening.values.get("elements", ())}
    special = bool(happening.values.get("special_site"))
    if special and "posted-site" not in entry.held:
        raise not_by_agreement(
            entry, "special_site", "only a site of the posted inventory is a special one", terms.section
        )
    planning = terms.instead_of if happening.values.get("augment") else terms.assessment
    owed = {planning, terms.administration} if special else frozenset()
    barred = ({terms.instead_of, terms.assessment} - {planning}) if special else terms.own
    if missing := sorted(owed - quoted):
        raise not_by_agreement(entry, "elements", f"a special site is charged {', '.join(missing)}", terms.section)
    if wrong := sorted(quoted & barred):
        raise not_by_agreement(entry, "elements", f"{', '.join(wrong)} is not charged for this site", terms.section)
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
    return _give_back(entry, back)


def half_fee(entry: "ProcessEntry", happening: "Happening") -> New:
    """Return a share of the processing fee of a bona fide request that is cancelled in time (17.2)."""
    del happening
    due, percent = entry.deadline("bfr-half-refund-10bd"), entry.terms.bona_fide.refund_percent
    in_time = due is not None and entry.at <= due
    return _give_back(entry, figures.percent_of(_processing_fee(entry), percent) if in_time else Decimal("0.00"))


def whole_fee(entry: "ProcessEntry", happening: "Happening") -> New:
    """Return the processing fee of a request for which no bona fide request was needed (17.12)."""
    del happening
    return _give_back(entry, _processing_fee(entry))


def _processing_fee(entry: "ProcessEntry") -> Decimal:
    asked = ({"code": entry.terms.bona_fide.element},)
    return figures.price(entry.terms, entry.kind.id, asked, entry.zone_date(entry.at)).nonrecurring


def _give_back(entry: "ProcessEntry", amount: Decimal) -> New:
    entry.put(refund=str(amount))
    entry.words["refund"] = str(amount)
    return NONE
