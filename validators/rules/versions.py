"""Rules on a message among the versions of its PON: duplicates, order, and what a supplement may still change."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from validators.codes import Code
from validators.messages.field_times import write_date
from validators.messages.lsr import CANCEL, NEW_DATE, OTHER_CHANGE
from validators.messages.telephone import plain
from validators.rules.case import CLOSED_STATES, RecordCase
from validators.rules.registry import Found, Scope, record_rule
from validators.verdict import Outcome, Severity

_SECTION: Final = "12.2.1.1.2"
_ALWAYS: Final = Scope(supplements=frozenset({None, CANCEL, NEW_DATE, OTHER_CHANGE}))
_ANY_FAMILY: Final = Scope(family=None, supplements=frozenset({None, CANCEL, NEW_DATE, OTHER_CHANGE, "4"}))
_NOT_PENDING: Final = CLOSED_STATES | {None, "REJECTED"}
_CHANGE_SERVICE: Final = (
    "Send a new request under another PON: ACT C changes the service that is there now, ACT D ends it."
)
_STILL_POSSIBLE: Final = {
    "COMPLETED": _CHANGE_SERVICE,
    "BILLED": _CHANGE_SERVICE,
    "CANCELLED": "Send a new request under another PON: nothing came of this one.",
}
"""What may still be sent once an order is in one of `CLOSED_STATES`."""
_FIRST_ISSUE: Final = (0, 1)
_GO_WITH_THE_DATE: Final = frozenset(
    {
        "VER",
        "SUP",
        "D_TSENT",
        "D_TREC",
        "DDD",
        "DDDO",
        "DDD_CC",
        "APPTIME",
        "APPTIME_DDDO",
        "DFDT",
        "EXP",
        "LSR_NO",
        "ASR_NO",
        "FDT",
        "REMARKS",
    }
)
"""Fields of the administrative form that a supplement of the due date alone may change."""
_NUMBERS: Final = ("_NBR", "ATN", "/NAN", "TC_TO_PRI", "TC_TO_SEC", "/LTN", "/HTN", "/HTLI", "/OTN", "/TNS")
"""Endings of fields with telephone numbers, which are the same with and without hyphens."""


@record_rule("pon-version-duplicate", _SECTION, Code.DUPLICATE, _ANY_FAMILY)
def pon_version_duplicate(case: RecordCase) -> Iterable[Found]:
    """PON and VER name one document for ever; other content needs another version."""
    facts = case.facts
    if not any(_number(version.ver) == _number(facts.ver) for version in case.standing.versions):
        return ()
    following = _next(case)
    return (
        Found(
            f"{facts.top}/VER",
            facts.ver,
            f"PON {facts.pon} VER {facts.ver} was received before with other content.",
            f"Send the change as VER {following} with SUP, or a new request under another PON.",
            also=(f"{facts.top}/PON",),
        ),
    )


@record_rule("version-order", _SECTION, Code.VERSION_ORDER, _ANY_FAMILY)
def version_order(case: RecordCase) -> Iterable[Found]:
    """The first version is 00 or 01; each further one is exactly one higher than the last."""
    facts, versions = case.facts, case.standing.versions
    number = _number(facts.ver)
    if versions:
        last = max(_number(version.ver) for version in versions)
        good = number == last + 1 or any(_number(version.ver) == number for version in versions)
        text = f"VER {facts.ver} does not follow VER {last:02d}, the last that was received for PON {facts.pon}."
    else:
        good = number in _FIRST_ISSUE
        text = f"VER {facts.ver} is no first issue, and no earlier version of PON {facts.pon} is known."
    if good:
        return ()
    cure = f"Send VER {_next(case)}." if versions else "Send VER 01 for a new request, or correct PON."
    return (Found(f"{facts.top}/VER", facts.ver, text, cure, also=(f"{facts.top}/PON",)),)


@record_rule("supplement-type-required", _SECTION, Code.SUPPLEMENT_MISSING, _ALWAYS)
def supplement_type_required(case: RecordCase) -> Iterable[Found]:
    """A version that changes an accepted one says how: SUP. After rejects alone it may go without."""
    facts = case.facts
    accepted = any(version.outcome is not Outcome.REJECTED for version in case.standing.versions)
    if facts.supplement_type is not None or not accepted or _is_known(case):
        return ()
    return (
        Found(
            f"{facts.top}/SUP",
            None,
            f"SUP is missing: PON {facts.pon} is on record, so VER {facts.ver} is a supplement.",
            "Send SUP 1 to cancel, 2 to change only the due date, 3 for any other change.",
            also=(f"{facts.top}/VER",),
        ),
    )


@record_rule("supplement-without-order", _SECTION, Code.SUPPLEMENT_NOT_ALLOWED, _ALWAYS)
def supplement_without_order(case: RecordCase) -> Iterable[Found]:
    """A first issue has no SUP."""
    facts = case.facts
    if facts.supplement_type is None or case.standing.versions:
        return ()
    return (
        Found(
            f"{facts.top}/SUP",
            facts.supplement_type,
            f"SUP {facts.supplement_type} supplements nothing: no earlier version of PON {facts.pon} is known.",
            "Send a new request without SUP, or correct PON.",
            also=(f"{facts.top}/PON", f"{facts.top}/VER"),
        ),
    )


@record_rule("lsr-number-of-order", _SECTION, Code.ORDER_NUMBER, _ALWAYS, severity=Severity.WARN)
def lsr_number_of_order(case: RecordCase) -> Iterable[Found]:
    """LSR NO, the ILEC's number of the order, comes on no first issue, and on a supplement is that of the order."""
    facts, standing = case.facts, case.standing
    given = facts.number
    if given is None or (standing.versions and standing.number in (None, given)):
        return ()
    if standing.versions:
        text = f"LSR NO {given} is not the number of the order of PON {facts.pon}, {standing.number}."
        cure = f"Nothing is to be done if PON is right: it names the order. Else send LSR NO {standing.number}."
    else:
        text = f"LSR NO {given} stands on a first issue: the ILEC gives the number with its answer."
        cure = "Leave LSR NO out of a first issue, or correct PON if it supplements another request."
    return (Found(f"{facts.top}/LSR_NO", given, text, cure, also=(f"{facts.top}/PON",)),)


@record_rule("cancel-window-une", "9.1.12", Code.ORDER_CLOSED, Scope(supplements=frozenset({CANCEL})))
def cancel_window(case: RecordCase) -> Iterable[Found]:
    """A pending order may be cancelled until notice that its service is available."""
    if case.standing.state not in CLOSED_STATES:
        return ()
    facts = case.facts
    return (
        Found(
            f"{facts.top}/SUP",
            facts.supplement_type,
            f"PON {facts.pon} is {_closed(case)}: there is nothing pending to cancel.",
            "Send a new request with ACT D under another PON to end the service.",
            also=(f"{facts.top}/PON",),
        ),
    )


@record_rule("supplement-after-close", _SECTION, Code.ORDER_CLOSED, Scope())
def supplement_after_close(case: RecordCase) -> Iterable[Found]:
    """No version changes an order that is completed or cancelled."""
    if case.standing.state not in CLOSED_STATES or _is_known(case):
        return ()
    facts = case.facts
    return (
        Found(
            f"{facts.top}/VER",
            facts.ver,
            f"PON {facts.pon} is {_closed(case)}: no further version of it can be taken.",
            _STILL_POSSIBLE[case.standing.state or ""],
            also=(f"{facts.top}/PON",),
        ),
    )


@record_rule("due-date-supplement-only", _SECTION, Code.SUPPLEMENT_TOO_WIDE, Scope(supplements=frozenset({NEW_DATE})))
def due_date_supplement_only(case: RecordCase) -> Iterable[Found]:
    """SUP 2 changes the due date and what goes with it, nothing else."""
    before, now = case.standing.in_force, case.message
    if before is None or now is None:
        return ()
    old, new = dict(before.items()), dict(now.items())
    free = {now.head.path_of(field) for field in _GO_WITH_THE_DATE}
    changed = [path for path in {**new, **old} if path not in free and not _same(path, old.get(path), new.get(path))]
    return [
        Found(
            path,
            new.get(path),
            f"{path.rpartition('/')[2]} differs from VER {before.ver}"
            f"{f' ({old[path][:60]})' if path in old else ', which has none'}: SUP 2 changes only the due date.",
            "Send the field as it was, or SUP 3 for this change.",
            also=(f"{case.facts.top}/SUP",),
        )
        for path in changed
    ]


@record_rule(
    "expedite-what-counts",
    "9.1.12",
    Code.DUE_DATE_TOO_EARLY,
    Scope(requisitions=frozenset("AB"), activities=frozenset("NCTVW"), supplements=frozenset({NEW_DATE, OTHER_CHANGE})),
)
def earlier_date_is_an_expedite(case: RecordCase) -> Iterable[Found]:
    """A supplement keeps the date of a pending order or takes the standard interval; an earlier date is an expedite."""
    facts = case.facts
    desired, earliest = facts.desired_due_date, _earliest(case)
    if facts.expedite or desired is None or earliest is None or not facts.application_date <= desired < earliest:
        return ()
    if case.standing.state in CLOSED_STATES:
        return ()  # no date is of any use to an order that is over, which `supplement-after-close` finds
    return (
        Found(
            f"{facts.top}/DDD",
            write_date(desired),
            f"DDD {write_date(desired)} is earlier than any date that is set, and shorter than the standard interval.",
            f"Send {write_date(earliest)} or later, or ask for the expedite and accept its charges with EXP Y.",
            also=(f"{facts.top}/EXP",),
        ),
    )


def _same(path: str, before: str | None, now: str | None) -> bool:
    if before == now or before is None or now is None:
        return before == now
    return path.endswith(_NUMBERS) or "/TEL_NO_" in path if plain(before) == plain(now) else False


def _earliest(case: RecordCase) -> date | None:
    """Give the earliest date without an expedite: that of the pending order, or the interval from the new version."""
    by_interval, standing = case.facts.earliest_due_date, case.standing
    date_set = None if standing.state in _NOT_PENDING else standing.due_date or standing.desired_due_date
    return min((day for day in (by_interval, date_set) if day is not None), default=None)


def _number(ver: str) -> int:
    # A version that is no number precedes everything, so that it is always out of order.
    return int(ver) if ver.isdecimal() else -2


def _next(case: RecordCase) -> str:
    return f"{max((_number(version.ver) for version in case.standing.versions), default=0) + 1:02d}"


def _is_known(case: RecordCase) -> bool:
    # A duplicate is told as such, not also as an incomplete supplement.
    return any(_number(version.ver) == _number(case.facts.ver) for version in case.standing.versions)


def _closed(case: RecordCase) -> str:
    return (case.standing.state or "").lower()


RULES = (
    pon_version_duplicate,
    version_order,
    supplement_type_required,
    supplement_without_order,
    lsr_number_of_order,
    cancel_window,
    supplement_after_close,
    due_date_supplement_only,
    earlier_date_is_an_expedite,
)
