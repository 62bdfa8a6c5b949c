"""Rules on the product that a request names: whether there is one, whether it is still offered, in which quantity."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from validators.agreement.product_terms import ProductTerms
from validators.codes import Code
from validators.messages.field_times import write_date
from validators.rules.case import Case
from validators.rules.registry import Found, Rule, Scope, content_rule
from validators.rules.wire_centers import closed_at
from validators.verdict import Severity

_DESIGNED: Final = frozenset({"loop-2w-nonloaded", "loop-4w-nonloaded", "loop-isdn", "loop-xdsl-i", "loop-ds1"})
_ADDS: Final = frozenset("NCTVW")
"""ACT codes that bring, change or take over service; the others end it or touch records only."""

_OPENS: Final = frozenset("NTVWZ")

_WITH_LOOP: Final = frozenset({"loop-lnp"})
"""Products with a loop of some other product in them, which must itself be offered."""

_OFFERED_UNTIL: Final = (
    ("avail-analog-loop", "9.2.2.0", ("loop-2w-analog", "loop-4w-analog")),
    ("avail-nonloaded-loop", "9.2.2.3.0", ("loop-2w-nonloaded", "loop-4w-nonloaded")),
    ("avail-isdn-loop", "9.2.2.3.0", ("loop-isdn",)),
    ("avail-xdsl-loop", "9.2.2.3.0", ("loop-xdsl-i",)),
    ("avail-ds1-loop", "9.2.2.3.0", ("loop-ds1",)),
    ("avail-ds3-loop", "9.2.2.3.0", ("loop-ds3",)),
    ("avail-ds0-digital-loop", "9.2.2.2.0", ("loop-ds0",)),
    ("avail-subloop", "9.3.0", ("subloop",)),
    ("avail-analog-subloop", "9.3.2.0", ("subloop-analog",)),
    ("avail-nid", "9.5.0", ("nid",)),
)
"""Catalogue id, section and products of each clause that ends an offer; the dates are in the agreement file."""


@content_rule("service-request-states-services", "12.2.0.1.1", Code.PRODUCT_UNKNOWN, Scope())
def product_named(case: Case) -> Iterable[Found]:
    """REQTYP, NC, NCI and ACT name a product of the agreement."""
    message = case.message
    if case.product is not None or ((message.requisition_type or "").startswith(("A", "B")) and message.nc is None):
        return ()  # a loop without NC is what `network-codes-required` finds
    return (
        Found.at(
            message.head,
            "NC" if message.nc else "REQTYP",
            f"No product of the agreement is meant by REQTYP {message.requisition_type or 'absent'}, "
            f"ACT {message.activity or 'absent'}, "
            f"NC {message.nc or 'absent'} and NCI {message.nci or 'absent'}.",
            "Correct the codes; the agreement's products are those that may be ordered. What it has no terms for is "
            "asked for by a bona fide request, a combination by the Special Request Process.",
            also=tuple(message.head.path_of(field) for field in ("REQTYP", "ACT", "NC", "NCI")),
        ),
    )


@content_rule(
    "network-codes-required",
    "12.2.1.1.2",
    Code.INTERFACE_CODES_MISSING,
    Scope(requisitions=frozenset("AB"), activities=_ADDS),
)
def network_codes_required(case: Case) -> Iterable[Found]:
    """A loop order says which channel and interface it wants: NC, and NCI with it."""
    head = case.message.head
    missing = [field for field in ("NC", "NCI") if field not in head.fields]
    if case.product is not None and case.product.id in _DESIGNED:
        missing = []  # for these `nc-nci-required-xdsl` has its own clause
    return [
        Found.at(
            head,
            field,
            f"{field} is missing: a loop order names channel and interface.",
            f"Send {field}.",
            also=(head.path_of("REQTYP"), head.path_of("ACT")),
        )
        for field in missing
    ]


@content_rule(
    "nc-nci-required-xdsl", "9.2.6.2", Code.INTERFACE_CODES_MISSING, Scope(activities=_ADDS, products=_DESIGNED)
)
def spectral_mask_stated(case: Case) -> Iterable[Found]:
    """An order for a digital loop carries the codes that tell its power spectral density mask: NC and NCI."""
    head = case.message.head
    if "NCI" in head.fields:
        return ()
    return (
        Found.at(
            head,
            "NCI",
            f"NCI is missing: with NC {case.message.nc} it tells the power spectral density mask of the service.",
            "Send the NCI code of the service that will run on the loop.",
            also=(head.path_of("NC"),),
        ),
    )


def _still_offered(case: Case, products: frozenset[str], product: ProductTerms | None = None) -> Iterable[Found]:
    """The product, or the loop that a port comes with, is offered on the application date."""
    message = case.message
    product = product or case.loop
    if product is None or product.id not in products:
        return ()
    if product.offered_on(case.application_date, message.activity or ""):
        return ()
    terms = product.availability
    last = terms.until if terms is not None else None
    when = f"its last application date was {write_date(last)}" if last else "it is not offered yet"
    return (
        Found.at(
            message.head,
            "NC",
            f"{product.name} is not offered with the application date {write_date(case.application_date)}: {when}.",
            "Order another product; what exists may still be changed, recorded and disconnected.",
            also=(message.head.path_of("REQTYP"), message.head.path_of("ACT")),
        ),
    )


@content_rule(
    "individual-case-quantity",
    "Exhibit I 3.1",
    Code.INDIVIDUAL_CASE,
    Scope(activities=_ADDS | {"Z"}),
    severity=Severity.DEFER,
)
def individual_case_quantity(case: Case) -> Iterable[Found]:
    """A quantity above the highest with a standard interval is an individual case: a person sets the date."""
    product, service = case.product, case.message.service
    if product is None or service is None or not product.individual_case(case.message.quantity):
        return ()
    most = product.max_quantity.quantity if product.max_quantity is not None else 0
    project = case.message.head.get("PROJECT")
    return (
        Found.at(
            service,
            "NPQTY" if service.form == "NP" else "LQTY",
            f"{case.message.quantity} is more than {most}, the most with a standard interval for {product.name}: "
            f"{f'the date of project {project} is confirmed by a person' if project else 'a person sets the date'}.",
            "Nothing is to be done: the ILEC agrees the dates. PROJECT names an agreement made before."
            if project is None
            else "Nothing is to be done: the date comes with the confirmation.",
        ),
    )


@content_rule("avail-eel-transport", "9.23.3.7.0", Code.PRODUCT_CLOSED, Scope(products=frozenset({"eel"})))
def eel_still_offered(case: Case) -> Iterable[Found]:
    """An EEL is offered, and not between wire centers that the list closes."""
    found = tuple(_still_offered(case, frozenset({"eel"}), case.product))
    return found or (closed_at(case) if (case.message.activity or "") in _OPENS else ())


_AVAILABILITY: Final[tuple[Rule[Case], ...]] = tuple(
    content_rule(rule_id, section, Code.PRODUCT_CLOSED, Scope(products=frozenset(products) | _WITH_LOOP))(
        partial(_still_offered, products=frozenset(products))
    )
    for rule_id, section, products in _OFFERED_UNTIL
)

RULES = (
    product_named,
    network_codes_required,
    spectral_mask_stated,
    *_AVAILABILITY,
    eel_still_offered,
    individual_case_quantity,
)
