"""Rules on a request and the facilities that the ILEC found for it. They are asked once a facility answer is there."""

from collections.abc import Iterable
from typing import Final

from validators.codes import Code
from validators.messages.field_times import write_date
from validators.rules.case import RecordCase
from validators.rules.registry import Found, Phase, Scope, record_rule
from validators.verdict import Severity

_NONLOADED: Final = frozenset({"loop-2w-nonloaded", "loop-4w-nonloaded"})
_CONDITIONED: Final = _NONLOADED | {"loop-isdn", "loop-xdsl-i"}
_WORK: Final = frozenset("NCTVW")


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


RULES = (conditioning_not_approved, conditioning_date_minimum, no_copper_found, only_incompatible_facilities)
