"""Rules on how a loop or port is installed: the six options of 9.2.2.9, Quick Loop, projects, managed cuts.

The form has no field for most of these; what the remarks say in the agreement's own words counts.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from typing import Final

from validators.codes import Code
from validators.messages.field_times import read_time, read_window
from validators.messages.lsr import LocalServiceRequest
from validators.rules.case import Case
from validators.rules.registry import Found, Rule, Scope, content_rule
from validators.verdict import Severity

_WORK: Final = frozenset("NCTVW")
_LOOP_WORK: Final = Scope(requisitions=frozenset("AB"), activities=_WORK)
_COMBINATION_WORK: Final = frozenset("NCTVWZ")
_QUICK: Final = "QUICK LOOP"
_PROJECT: Final = "PROJECT COORDINATED"
_COOPERATIVE: Final = "COOPERATIVE TEST"
_PERFORMANCE: Final = "PERFORMANCE TEST"
_FROM_CARRIER: Final = "IDLC"
_MANAGED: Final = "MANAGED CUT"
OUT_OF_HOURS: Final = "OUT OF HOURS"
_ANALOG: Final = frozenset({"loop-2w-analog", "loop-4w-analog"})
_HIGH_CAPACITY: Final = frozenset({"loop-ds1", "loop-ds3"})


class Option(StrEnum):
    """The installation options of 9.2.2.9."""

    BASIC = "basic installation"
    BASIC_PERFORMANCE = "basic installation with performance testing"
    BASIC_COOPERATIVE = "basic installation with cooperative testing"
    COORDINATED_COOPERATIVE = "coordinated installation with cooperative testing"
    COORDINATED = "coordinated installation without cooperative testing"
    PROJECT = "project coordinated installation"


def option_of(message: LocalServiceRequest) -> Option | None:
    """Give the option that a request asks for; basic where it says nothing, None where what it says does not agree."""
    coordinated = message.head.fields.get("CHC") == "Y"
    cooperative, performance = message.remarks_say(_COOPERATIVE), message.remarks_say(_PERFORMANCE)
    if performance and (cooperative or coordinated):
        return None
    if message.remarks_say(_PROJECT):
        return None if performance else Option.PROJECT
    if coordinated:
        return Option.COORDINATED_COOPERATIVE if cooperative else Option.COORDINATED
    if cooperative:
        return Option.BASIC_COOPERATIVE
    return Option.BASIC_PERFORMANCE if performance else Option.BASIC


@content_rule("install-option-required", "9.2.2.9", Code.OPTIONS_CONFLICT, _LOOP_WORK, Severity.WARN)
def installation_option(case: Case) -> Iterable[Found]:
    """What a request says of its installation is one of the six options."""
    head = case.message.head
    if "REMARKS" not in head.fields or option_of(case.message) is not None:
        return ()
    return (
        Found.at(
            head,
            "REMARKS",
            "Performance testing goes with basic installation alone, neither with CHC Y nor with cooperative testing.",
            "Say by a new version which option is meant; as it stands the testing is left out.",
            also=(head.path_of("CHC"),),
        ),
    )


@content_rule("quick-loop-exclusions", "9.2.2.9.1.3", Code.OPTION_NOT_OFFERED, _LOOP_WORK)
def quick_loop(case: Case) -> Iterable[Found]:
    """Quick Loop is for existing analog loops by basic installation alone."""
    message = case.message
    if not message.remarks_say(_QUICK):
        return ()
    against = (
        (case.loop is not None and case.loop.id not in _ANALOG, "NC", "the loop is not analog"),
        (message.activity == "N", "ACT", "the loop is not one that exists"),
        (message.head.fields.get("CHC") == "Y", "CHC", "a coordinated installation is asked for"),
        (message.remarks_say(_COOPERATIVE), "REMARKS", "cooperative testing is asked for"),
        (message.remarks_say(_FROM_CARRIER), "REMARKS", "the loop moves from a digital loop carrier to copper"),
    )
    why = [(field, reason) for holds, field, reason in against if holds]
    if not why:
        return ()
    return (
        Found.at(
            message.head,
            "REMARKS",
            f"REMARKS asks for Quick Loop, but {' and '.join(reason for _, reason in why)}.",
            "Take QUICK LOOP out of REMARKS and send DDD by the standard interval, or correct the fields named.",
            also=tuple(message.head.path_of(field) for field in dict.fromkeys(f for f, _ in why) if field != "REMARKS"),
        ),
    )


@content_rule("project-coordinated-eligibility", "9.2.2.9.7", Code.OPTION_NOT_OFFERED, _LOOP_WORK)
def project_eligibility(case: Case) -> Iterable[Found]:
    """A project coordinated installation is for DS1 and DS3 loops, or for as many DS0 loops as the agreement says.

    Where PROJECT or NOR ties several requests together, this one alone does not tell how many loops there are.
    """
    message = case.message
    if not message.remarks_say(_PROJECT) or case.loop is None or case.loop.id in _HIGH_CAPACITY:
        return ()
    least = case.agreement.setting("project-coordinated-eligibility").params.get("least_ds0_loops")
    if not isinstance(least, int) or message.quantity >= least or {"PROJECT", "NOR"} & message.head.fields.keys():
        return ()
    return (
        Found.at(
            message.head,
            "REMARKS",
            "Outside established parameters for service: a project coordinated installation is for DS1 or DS3 loops, "
            f"or for {least} or more DS0 loops; this request has {message.quantity}.",
            "Ask for a coordinated installation (CHC Y), or name the project that the loops belong to (PROJECT, NOR).",
            also=((f"{message.service.path}/LQTY",) if message.service is not None else ()),
        ),
    )


@content_rule("project-coordinated-remarks", "9.2.2.9.7.2", Code.DEPENDENT_FIELD, _LOOP_WORK, Severity.WARN)
def project_in_remarks(case: Case) -> Iterable[Found]:
    """A coordinated installation that belongs to a project says so in the remarks."""
    head = case.message.head
    if head.fields.get("CHC") != "Y" or "PROJECT" not in head.fields or case.message.remarks_say("PROJECT"):
        return ()
    return (
        Found.at(
            head,
            "REMARKS",
            f"PROJECT {head.fields['PROJECT']} with CHC Y reads as a project coordinated installation, which REMARKS "
            "does not say.",
            "Nothing is to be done if that is meant: it is handled so. Write PROJECT COORDINATED next time.",
            also=(head.path_of("PROJECT"), head.path_of("CHC")),
        ),
    )


@content_rule(
    "lnp-managed-cut-request",
    "10.2.5.4",
    Code.DEPENDENT_FIELD,
    Scope(requisitions=frozenset("C"), activities=frozenset("VZ")),
    Severity.WARN,
)
def managed_cut_in_remarks(case: Case) -> Iterable[Found]:
    """A managed cut of numbers (CHC Y) is designated in the remarks."""
    head = case.message.head
    if head.fields.get("CHC") != "Y" or case.message.remarks_say(_MANAGED):
        return ()
    return (
        Found.at(
            head,
            "REMARKS",
            "CHC Y on a port asks for a managed cut, which REMARKS does not say.",
            "Nothing is to be done: it is handled as a managed cut. Write MANAGED CUT next time.",
            also=(head.path_of("CHC"),),
        ),
    )


def _combination_out_of_hours(case: Case) -> Iterable[Found]:
    """A combination that is to be installed out of hours gives the time and says so in the remarks."""
    message = case.message
    head, day = message.head, message.desired_due_date
    window = read_window(head.fields.get("APPTIME", ""))
    begin = window[0] if window is not None else read_time(head.fields.get("DFDT"))
    asked = message.remarks_say(OUT_OF_HOURS)
    hours = case.agreement.installation_hours
    late = begin is not None and not hours.begin <= begin < hours.end
    off = day is not None and not case.agreement.calendar.is_business_day(day)
    if (late or off) and not asked:
        field, text = (
            "REMARKS",
            "The time asked for lies outside the standard hours, and REMARKS does not ask for that.",
        )
        cure = "Write OUT OF HOURS PROJECT COORDINATED INSTALLATION into REMARKS; the date is then negotiated."
    elif asked and begin is None:
        field, text = "APPTIME", "APPTIME is missing: REMARKS asks for an installation out of hours."
        cure = "Send APPTIME with the time that you wish."
    else:
        return ()
    others = tuple(head.path_of(other) for other in ("DDD", "APPTIME", "REMARKS") if other != field)
    return (Found.at(head, field, text, cure, also=others),)


_OUT_OF_HOURS_RULES: Final[tuple[Rule[Case], ...]] = tuple(
    content_rule(
        rule_id,
        section,
        Code.DEPENDENT_FIELD,
        Scope(products=frozenset({product}), activities=_COMBINATION_WORK),
    )(partial(_combination_out_of_hours))
    for rule_id, section, product in (
        ("eel-out-of-hours-project", "9.23.3.8.6", "eel"),
        ("lmc-out-of-hours-project", "9.25.4.5", "lmc"),
    )
)

RULES = (
    installation_option,
    quick_loop,
    project_eligibility,
    project_in_remarks,
    managed_cut_in_remarks,
    *_OUT_OF_HOURS_RULES,
)
