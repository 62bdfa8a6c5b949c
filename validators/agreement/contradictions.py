"""Checks the terms of one agreement against each other."""

from collections.abc import Callable, Iterator

from validators.agreement.calendar import federal_names
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
            if member not in agreement.products:
                yield ("product_groups", group, index), f"there is no product {member!r}", "correct its id or add it"


def _clocks_name_products(agreement: Agreement) -> Found:
    for clock in agreement.clocks.values():
        for index, name in enumerate(clock.products):
            if name not in agreement.products and name not in agreement.product_groups:
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
)
