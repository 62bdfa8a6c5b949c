"""Rules on a request and the facilities that the ILEC found for it. They are asked once a facility answer is there."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from validators.codes import Code
from validators.messages.field_times import write_date
from validators.rules.case import RecordCase
from validators.rules.registry import Found, Phase, Scope, record_rule
from validators.verdict import Severity

_NONLOADED: Final = frozenset({"loop-2w-nonloaded", "loop-4w-nonloaded"})
_CONDITIONED: Final = _NONLOADED | {"loop-isdn", "loop-xdsl-i"}
_WORK: Final = frozenset("NCTVW")
_NEW: Final = frozenset("NTVWZ")


@record_rule(
    "conditioning-not-approved-reject",
    "9.2.4.3.1.2.2",
    Code.CONDITIONING_NOT_APPROVED,
    Scope(products=_CONDITIONED, activities=_WORK),
    phase=Phase.FACILITIES,
)
def conditioning_not_approved(case: RecordCase) -> Iterable[Found]:
    """A loop that needs conditioning is rejected while its conditioning is not pre-approved; a new version cures it."""
    answer = case.standing.facilities
    if answer is None or not answer.needs_conditioning or case.facts.conditioning_approved:
        return ()
    why = " and ".join(
        name for name, there in (("load coils", answer.load_coils), ("bridged tap", answer.bridged_tap)) if there
    )
    return (
        Found(
            f"{case.facts.top}/SCA",
            None,
            f"The loop has {why} and needs conditioning, which this version does not approve.",
            "Send a new version with SCA Y, which approves conditioning and its charges. "
            "Its receipt sets the application date.",
        ),
    )


@record_rule(
    "conditioning-requested-date-minimum",
    "9.2.4.9.2",
    Code.DUE_DATE_TOO_EARLY,
    Scope(products=_CONDITIONED, activities=_WORK),
    phase=Phase.FACILITIES,
    severity=Severity.WARN,
)
def conditioning_date_minimum(case: RecordCase) -> Iterable[Found]:
    """A loop that is to be conditioned takes the conditioning interval; asking for less is no ground of rejection."""
    facts, answer = case.facts, case.standing.facilities
    days = case.product.conditioning.business_days if case.product and case.product.conditioning else None
    if answer is None or not answer.needs_conditioning or not facts.conditioning_approved or days is None:
        return ()
    earliest = case.agreement.calendar.add_business_days(facts.application_date, days)
    if facts.desired_due_date is None or facts.desired_due_date >= earliest:
        return ()
    return (
        Found(
            f"{facts.top}/DDD",
            write_date(facts.desired_due_date),
            f"Conditioning takes {days} business days: DDD {write_date(facts.desired_due_date)} cannot be met.",
            f"Nothing is to be done: expect {write_date(earliest)} in the confirmation.",
        ),
    )


@record_rule(
    "nonloaded-on-dlc-reject",
    "9.2.2.3.2",
    Code.NO_FACILITIES,
    Scope(products=_NONLOADED, activities=_WORK),
    phase=Phase.FACILITIES,
)
def no_copper_found(case: RecordCase) -> Iterable[Found]:
    """A non-loaded loop for an end user on digital loop carrier is rejected where no capable copper was found."""
    answer = case.standing.facilities
    if answer is None or answer.copper is not False:
        return ()
    return (
        Found(
            f"{case.facts.top}/NC",
            None,
            "The end user is on digital loop carrier, and no copper that could carry a non-loaded loop was found.",
            "Order another product, or ask again when copper may have become free.",
        ),
    )


@record_rule(
    "incompatible-area-reject",
    "9.2.2.7",
    Code.NO_FACILITIES,
    Scope(products=frozenset({"loop-isdn", "loop-xdsl-i"}), activities=_WORK),
    phase=Phase.FACILITIES,
)
def only_incompatible_facilities(case: RecordCase) -> Iterable[Found]:
    """A digital loop is not provided where all that was found is incompatible with it."""
    answer = case.standing.facilities
    if answer is None or answer.copper is not False:
        return ()
    return (
        Found(
            f"{case.facts.top}/NC",
            None,
            "Only facilities that are incompatible with this loop exist there; no copper for it was found.",
            "Order another product, or ask again when copper may have become free.",
        ),
    )


_ALL_LOOPS: Final = _CONDITIONED | {"loop-2w-analog", "loop-4w-analog", "loop-ds0", "loop-ds1", "loop-ds3", "loop-lnp"}
_NO_FACILITY_CURE: Final = "Order another service there, or ask again when facilities may have become free."


@record_rule(
    "ftth-newbuild-no-une",
    "9.2.1.2.1",
    Code.NO_FACILITIES,
    Scope(products=_ALL_LOOPS, activities=_NEW),
    phase=Phase.FACILITIES,
)
def fiber_to_new_premises(case: RecordCase) -> Iterable[Found]:
    """A fiber loop at premises that no loop served before is not unbundled."""
    answer = case.standing.facilities
    if answer is None or not answer.fiber_only or answer.served_before is not False:
        return ()
    return (_wanting(case, "NC", "Only a fiber loop serves the premises, and no loop served them before."),)


@record_rule(
    "ftth-overbuild-copper",
    "9.2.1.2.2",
    Code.INDIVIDUAL_CASE,
    Scope(products=_ALL_LOOPS, activities=_NEW),
    phase=Phase.FACILITIES,
    severity=Severity.DEFER,
)
def retired_copper(case: RecordCase) -> Iterable[Found]:
    """Restoring copper that was retired beside a fiber loop is an individual case, outside intervals and measures."""
    answer = case.standing.facilities
    if answer is None or not answer.retired_copper:
        return ()
    return (
        Found(
            f"{case.facts.top}/NC",
            None,
            "The copper to the premises was retired and would have to be restored: an individual case.",
            "Nothing is to be done: a person sets date and price.",
        ),
    )


@record_rule(
    "nid-protector-capacity",
    "9.5.2.5",
    Code.NO_FACILITIES,
    Scope(products=frozenset({"nid"}), activities=_NEW),
    phase=Phase.FACILITIES,
)
def protectors(case: RecordCase) -> Iterable[Found]:
    """The protector field is open as far as protectors are spare."""
    answer = case.standing.facilities
    if answer is None or answer.spare_protectors is None or answer.spare_protectors >= case.facts.quantity:
        return ()
    text = f"{case.facts.quantity} protectors are asked for, and {answer.spare_protectors} are spare."
    return (_wanting(case, "NC", text, "Order as many as are spare, or a connection that needs no protector."),)


def _no_facility(case: RecordCase, fact: str, what: str) -> Iterable[Found]:
    """The combination is provided only where its facilities exist."""
    answer = case.standing.facilities
    if answer is None or getattr(answer, fact) is not False:
        return ()
    return (_wanting(case, "NC", f"There is no {what} between the places of this combination."),)


_EXISTING: Final = tuple(
    record_rule(
        rule_id,
        section,
        Code.NO_FACILITIES,
        Scope(products=frozenset({product}), activities=_NEW),
        phase=Phase.FACILITIES,
    )(partial(_no_facility, fact=fact, what=what))
    for rule_id, section, product, fact, what in (
        ("eel-existing-facilities-only", "9.23.3.7.2.12.8", "eel", "transport", "transport"),
        ("lmc-existing-facilities", "9.25.2.2", "lmc", "multiplexed_facility", "multiplexed facility"),
    )
)


def _wanting(case: RecordCase, field: str, text: str, cure: str = _NO_FACILITY_CURE) -> Found:
    return Found(f"{case.facts.top}/{field}", None, text, cure)


RULES = (
    conditioning_not_approved,
    conditioning_date_minimum,
    no_copper_found,
    only_incompatible_facilities,
    fiber_to_new_premises,
    retired_copper,
    protectors,
    *_EXISTING,
)
