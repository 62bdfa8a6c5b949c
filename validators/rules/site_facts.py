"""What the registers of buildings and unpaid charges say of the place of an order; None where they do not say."""

from datetime import date

from validators.messages.lsr import LocalServiceRequest
from validators.registers.buildings import CONNECTION_POINTS, LOOPS, TERMINALS
from validators.registers.collocation_sites import DIRECT, TRANSFERS
from validators.registers.credit import UNPAID_CUTS
from validators.registers.entry import Dossier
from validators.rules.case import OrderFacts, SiteFacts

_ADDRESS = ("SANO", "SASN", "CITY", "STATE")


def building_of(message: LocalServiceRequest) -> str | None:
    """Give the building of the end user as registers are keyed by it: `4120 OPALINE BOISE ID`; None if not told."""
    form = message.forms.get("EU")
    parts = [form.fields.get(name) for name in _ADDRESS] if form is not None else [None]
    return " ".join(part.upper() for part in parts if part) if all(parts) else None


def site_facts(dossier: Dossier, facts: OrderFacts, day: date) -> SiteFacts:
    """Give what is on record on `day` of the building, terminal and connection point that an order names."""
    if dossier.empty:
        return SiteFacts()
    terminal = _last_terminal(dossier, facts.building, day)
    point = dossier.last(CONNECTION_POINTS, day, facts.termination) if facts.termination else None
    return SiteFacts(
        loops_at_building=_loops(dossier, facts, day),
        field_connection_point=None if point is None else point.data.in_place,
        building_terminal=terminal,
        managed_cuts_unpaid=any(True for _ in dossier.in_force(UNPAID_CUTS, day)),
        transfer=_transfer(dossier, facts, day),
        direct_points=tuple(
            entry.data.apot
            for entry in (dossier.in_force(DIRECT, day) if dossier.has(DIRECT) else ())
            if _names(facts, entry.key)
        ),
    )


def _transfer(dossier: Dossier, facts: OrderFacts, day: date) -> tuple[str, str] | None:
    """Give site and PON of a transfer that bars requests of this family at a site that the request names."""
    if not dossier.has(TRANSFERS):
        return None
    bars = "augments" if facts.family == "collocation" else "orders"
    barring = (entry for entry in dossier.in_force(TRANSFERS, day) if entry.data.bars == bars)
    return next(((entry.key, entry.data.transfer) for entry in barring if _names(facts, entry.key)), None)


def _names(facts: OrderFacts, site: str) -> bool:
    """Say whether a request names a site: as its place, its point of termination, or an end of an assignment."""
    places = (facts.site, facts.termination, *(text for _, text in facts.named.locations))
    return site in places or any(site in text for _, text in facts.named.assignments)


def _loops(dossier: Dossier, facts: OrderFacts, day: date) -> int | None:
    if facts.building is None:
        return None
    known = [entry.data for entry in dossier.in_force(LOOPS, day, facts.building)]
    return sum(loops.loops for loops in known if loops.product == facts.product) if known else None


def _last_terminal(dossier: Dossier, building: str | None, day: date) -> bool | None:
    last = dossier.last(TERMINALS, day, building) if building is not None else None
    return None if last is None else last.data.ready
