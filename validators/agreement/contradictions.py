"""Checks the terms of one agreement against each other."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from validators.agreement.calendar import federal_names
from validators.agreement.clock_terms import LSR_EVENTS, ClockTerm, Condition, Trigger
from validators.agreement.matter_terms import MatterTerm
from validators.agreement.process_terms import WORKED_OUT, ProcessTerm
from validators.agreement.terms import Agreement
from validators.agreement.yaml_source import Path

Found = Iterator[tuple[Path, str, str]]
"""Place in the file, what is wrong, how to cure it."""


def contradictions(agreement: Agreement) -> list[tuple[Path, str, str]]:
    """Give everything in which terms of `agreement` contradict each other or name what is not there."""
    return [found for check in _CHECKS for found in check(agreement)]


def _holidays_exist(agreement: Agreement) -> Found:
    known = federal_names()
    for index, name in enumerate(agreement.holidays.named):
        if name not in known:
            yield (
                ("holidays", "named", index),
                f"no holiday is called {name!r}",
                f"use one of: {', '.join(sorted(known))}",
            )
    for day in agreement.holidays.removed:
        if day in agreement.holidays.extra:
            yield ("holidays", "removed"), f"{day} is added and removed", "keep one of the two"


def _products_have_their_cutoff(agreement: Agreement) -> Found:
    for product in agreement.products.values():
        if product.cutoff is not None and product.cutoff not in agreement.cutoffs:
            yield (
                ("products", product.id, "cutoff"),
                f"there is no cut-off {product.cutoff!r}",
                f"use one of: {', '.join(agreement.cutoffs)}",
            )


def _groups_name_products(agreement: Agreement) -> Found:
    for group, members in agreement.product_groups.items():
        if group in agreement.products:
            yield ("product_groups", group), f"{group!r} is also a product", "give the group another name"
        for index, member in enumerate(members):
            if member not in agreement.orderable:
                yield ("product_groups", group, index), f"there is no product {member!r}", "correct its id or add it"


def _clocks_name_products(agreement: Agreement) -> Found:
    for clock in agreement.clocks.values():
        for index, name in enumerate(clock.products):
            if name not in agreement.orderable and name not in agreement.product_groups:
                what = f"there is no product or product group {name!r}"
                yield ("clocks", clock.id, "products", index), what, "correct its name or add it"


def _reports_name_products(agreement: Agreement) -> Found:
    for report, terms in agreement.daily_reports.items():
        for part, names in terms.separate.items():
            for index, name in enumerate(names):
                if name not in agreement.products and name not in agreement.product_groups:
                    what = f"there is no product or product group {name!r}"
                    yield ("daily_reports", report, "separate", part, index), what, "correct its name or add it"


def _products_have_the_foc_hours_their_clock_needs(agreement: Agreement) -> Found:
    for clock in agreement.clocks.values():
        if clock.length != "foc-of-product":
            continue
        for product_id in agreement.products_named(clock.products):
            product = agreement.products.get(product_id)
            if product and (product.foc is None or product.foc.hours is None):
                yield (
                    ("products", product_id, "foc"),
                    f"the clock {clock.id} takes its hours from here, but none are given",
                    "give foc.hours or take the product off the clock",
                )


def _charges_have_their_bands(agreement: Agreement) -> Found:
    for charge in agreement.charges.values():
        if charge.bands is not None and charge.bands not in agreement.time_bands:
            yield (
                ("charges", charge.id, "bands"),
                f"there are no time bands {charge.bands!r}",
                f"use one of: {', '.join(agreement.time_bands)}",
            )


def _installation_hours_in_order(agreement: Agreement) -> Found:
    hours = agreement.installation_hours
    if hours.end <= hours.begin:
        yield ("installation_hours",), f"they end at {hours.end} and begin at {hours.begin}", "correct one of the two"


def _dates_follow(agreement: Agreement) -> Found:
    if agreement.kind == "template" and agreement.status != "test":
        yield ("status",), f"a template cannot be {agreement.status}", "use status: test"
    for role in ("ILEC", "CLEC"):
        if sum(party.role == role for party in agreement.parties) != 1:
            yield ("parties",), f"an agreement has one {role}", f"name the {role} once"


def _clocks_name_what_happens(agreement: Agreement) -> Found:
    for clock in agreement.clocks.values():
        processes = _processes_of(agreement, clock)
        matters = [agreement.matters[name] for name in clock.products if name in agreement.matters]
        lives: tuple[ProcessTerm | MatterTerm, ...] = (*processes, *matters)
        triggers = frozenset(Trigger).union(*(life.triggers for life in lives))
        facts = _facts(agreement, processes).union(*(matter.facts for matter in matters))
        named = (clock.starts_on, *clock.stops_on, *clock.broken_by, *clock.pauses_on, *clock.resumes_on)
        for trigger in named:
            if trigger not in triggers:
                yield (
                    ("clocks", clock.id),
                    f"nothing is called {trigger!r}",
                    "name a trigger, or a step of its life cycle",
                )
        for fact in (*clock.when, *clock.unless):
            if fact not in facts:
                yield ("clocks", clock.id), f"no step sets the fact {fact!r}", "correct its name, or let a step set it"
        for event in (clock.on_breach.event, clock.at_last_warning):
            if event is not None and event not in LSR_EVENTS and event not in triggers:
                yield (
                    ("clocks", clock.id, "on_breach"),
                    f"no event is called {event!r}",
                    "name a step of its life cycle",
                )


def _steps_name_what_is_there(agreement: Agreement) -> Found:
    terms = agreement.collocation
    for process in terms.processes.values() if terms else ():
        facts = _facts(agreement, (process,))
        place = ("collocation", "processes", process.id)
        for number, step in enumerate(process.steps):
            for fact in (*step.when, *step.unless, *step.clears):
                within, _, clock = fact.partition(" ")
                known = clock in agreement.clocks if within in ("within", "after") and clock else fact in facts
                if not known:
                    yield (*place, "steps", number), f"no step or clock brings {fact!r}", "correct its name"


def _kinds_have_their_life_cycle(agreement: Agreement) -> Found:
    terms = agreement.collocation
    for kind in terms.kinds.values() if terms else ():
        if terms and kind.process not in terms.processes:
            yield ("collocation", "kinds", kind.id), f"there is no life cycle {kind.process!r}", "correct its name"
        if terms and (unknown := set(kind.elements) - set(terms.elements)):
            what = f"there is no rate element {', '.join(sorted(unknown))}"
            yield ("collocation", "kinds", kind.id, "elements"), what, "add it to elements, or correct its code"
        if kind.id in agreement.products:
            yield ("collocation", "kinds", kind.id), f"{kind.id!r} is a product too", "give the kind another name"


def _matters_are_no_products(agreement: Agreement) -> Found:
    kinds = agreement.collocation.kinds if agreement.collocation else {}
    for matter in agreement.matters:
        if matter in agreement.products or matter in kinds:
            yield ("matters", matter), f"{matter!r} is a product or kind too", "give the matter another name"


def _processes_of(agreement: Agreement, clock: ClockTerm) -> tuple[ProcessTerm, ...]:
    terms = agreement.collocation
    if terms is None:
        return ()
    kinds = [terms.kinds[name] for name in agreement.products_named(clock.products) if name in terms.kinds]
    return tuple(
        {kind.process: terms.processes[kind.process] for kind in kinds if kind.process in terms.processes}.values()
    )


def _facts(agreement: Agreement, processes: Iterable[ProcessTerm]) -> frozenset[str]:
    of_kinds = agreement.collocation.kinds.values() if agreement.collocation else ()
    own = {fact for kind in of_kinds for fact in kind.facts}
    own |= set(agreement.collocation.sizes if agreement.collocation else ())
    return frozenset(Condition) | WORKED_OUT | own | {fact for process in processes for fact in process.facts}


def _entries_stand_somewhere(agreement: Agreement) -> Found:
    terms = agreement.collocation
    for entry, place in terms.stands_for.items() if terms else ():
        if not _is_there(agreement, place.split(".")):
            what = f"there is no term {place!r}"
            yield ("collocation", "stands_for", entry), what, "name the place of the term that carries it out"


def _is_there(term: Any, place: list[str]) -> bool:
    for name in place:
        if isinstance(term, Mapping):
            if name not in term:
                return False
            term = term[name]
        elif hasattr(term, name):
            term = getattr(term, name)
        else:
            return False
    return True


_CHECKS: tuple[Callable[[Agreement], Found], ...] = (
    _dates_follow,
    _holidays_exist,
    _installation_hours_in_order,
    _charges_have_their_bands,
    _products_have_their_cutoff,
    _groups_name_products,
    _clocks_name_products,
    _reports_name_products,
    _products_have_the_foc_hours_their_clock_needs,
    _kinds_have_their_life_cycle,
    _matters_are_no_products,
    _clocks_name_what_happens,
    _steps_name_what_is_there,
    _entries_stand_somewhere,
)
