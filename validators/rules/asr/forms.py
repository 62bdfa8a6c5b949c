"""Which forms an ASR has, how they agree with its own announcements, and what its codes say together."""

from collections.abc import Iterable, Mapping
from typing import Final

from validators.codes import Code
from validators.messages.asr import SERVICE_FORMS, AccessServiceRequest
from validators.messages.counts import read_count
from validators.rules.asr.case import AsrCase
from validators.rules.asr.needed_fields import ANY_ISSUE, ASOG
from validators.rules.registry import Found, content_rule

_FORM_OF: Final[Mapping[str, str]] = {
    "S": "TRANSPORT",
    "V": "TRANSPORT",
    "M": "TRUNKING",
    "L": "TRUNKING",
    "E": "EUSA",
    "X": "EUSA",
}
"""The service form of each requisition that these schemas have one for."""
_WITHOUT_FORM: Final = frozenset("DR")
"""Activities for which the circuit alone says what is meant."""
_ACTIVITIES: Final[Mapping[str, str]] = {"M": "NCDR", "L": "NCDR", "S": "NCDMTR", "V": "NCDMTR"}
_GROUP_ACTIVITIES: Final[Mapping[str, str]] = {"N": "ABC", "D": "DEF"}
_USES_OF_PON: Final = ("PREV_PON", "RPON")


@content_rule("asr-activity-of-requisition", ASOG, Code.ACTIVITY_NOT_ALLOWED, ANY_ISSUE)
def activity_of_requisition(case: AsrCase) -> Iterable[Found]:
    """ACT goes with REQTYP, and ACTI with ACT."""
    message = case.message
    allowed = _ACTIVITIES.get(message.service_letter)
    if allowed is not None and message.activity is not None and message.activity not in allowed:
        yield Found.at(
            message.head,
            "ACT",
            f"ACT {message.activity} does not go with REQTYP {message.requisition_type}.",
            f"Send one of {', '.join(allowed)}.",
            also=(message.head.path_of("REQTYP"),),
        )
    groups = _GROUP_ACTIVITIES.get(message.activity or "")
    if groups is not None and message.group_activity is not None and message.group_activity not in groups:
        yield Found.at(
            message.head,
            "ACTI",
            f"ACTI {message.group_activity} does not go with ACT {message.activity}.",
            f"Send one of {', '.join(groups)}.",
            also=(message.head.path_of("ACT"),),
        )


@content_rule("asr-forms-of-requisition", ASOG, Code.FORM_MISSING, ANY_ISSUE)
def forms_of_requisition(case: AsrCase) -> Iterable[Found]:
    """The form of the requisition is there, and TQ's form where translations are asked for."""
    message = case.message
    wanted = _FORM_OF.get(message.service_letter)
    if wanted is not None and message.activity not in _WITHOUT_FORM and wanted not in message.forms:
        yield _form_missing(message, wanted, f"REQTYP {message.requisition_type} asks for the form {wanted}")
    asked = message.field("ADMIN", "TQ") or "A"
    if not asked.startswith("A") and "TQ" not in message.forms:
        yield _form_missing(message, "TQ", f"TQ {asked} announces the form TQ")


def _form_missing(message: AccessServiceRequest, form: str, why: str) -> Found:
    top = message.head.path.rpartition("/")[0]
    return Found(
        f"{top}/{form}", None, f"{why}, which is absent.", f"Send {form}.", also=(message.head.path_of("REQTYP"),)
    )


@content_rule("asr-one-service-form", ASOG, Code.FORM_NOT_ALLOWED, ANY_ISSUE)
def one_service_form(case: AsrCase) -> Iterable[Found]:
    """A request describes one kind of service, that of its requisition."""
    message = case.message
    wanted = _FORM_OF.get(message.service_letter)
    return [
        Found(
            section.path,
            None,
            f"The form {form} does not go with REQTYP {message.requisition_type}.",
            f"Send {wanted} alone, or correct REQTYP.",
            also=(message.head.path_of("REQTYP"),),
        )
        for form, section in message.forms.items()
        if wanted is not None and form in SERVICE_FORMS and form != wanted
    ]


@content_rule("asr-forms-announced", ASOG, Code.FORMS_INDICATOR, ANY_ISSUE)
def forms_announced(case: AsrCase) -> Iterable[Found]:
    """What AFO, QACI and QSA announce is what is there."""
    message = case.message
    circuits = len(message.circuits)
    announced = (message.field("ADMIN", "AFO") or "").startswith("Y")
    if announced != (circuits > 0):
        yield Found.at(
            message.head,
            "AFO",
            f"The first position of AFO {'announces' if announced else 'does not announce'} the form ACI, "
            f"which {'is absent' if announced else 'is there'}.",
            "Make AFO say what the request holds.",
        )
    trunking = message.forms.get("TRUNKING")
    counted = read_count(trunking.get("QACI")) if trunking is not None else None
    if trunking is not None and counted is not None and counted != circuits:
        yield Found.at(
            trunking, "QACI", f"QACI says {counted}; ACI holds {circuits} circuits.", f"Send QACI {circuits:02d}."
        )
    addresses = message.forms.get("SALI")
    said = read_count(message.field("ADMIN", "QSA"))
    held = len(addresses.details) if addresses is not None else 0
    if said is not None and said != held:
        yield Found.at(message.head, "QSA", f"QSA says {said}; SALI holds {held} addresses.", f"Send QSA {held:02d}.")


@content_rule("asr-circuit-references", ASOG, Code.LINE_REPEATED, ANY_ISSUE)
def circuit_references(case: AsrCase) -> Iterable[Found]:
    """Further circuits are numbered from 0002 on, each once."""
    seen = {"0001"}
    for circuit in case.message.circuits:
        number = circuit.get("REF_NUM") or ""
        if number in seen:
            yield Found.at(
                circuit,
                "REF_NUM",
                f"REF NUM {number} names another circuit already; 0001 is the one on the service form.",
                "Number the circuits of ACI from 0002 on.",
            )
        seen.add(number)


@content_rule("asr-other-requests", ASOG, Code.DEPENDENT_FIELD, ANY_ISSUE)
def other_requests(case: AsrCase) -> Iterable[Found]:
    """A related or previous request is another one."""
    head = case.message.head
    return [
        Found.at(head, field, f"{field} names this request itself.", f"Send the other request's PON, or no {field}.")
        for field in _USES_OF_PON
        if head.get(field) is not None and head.get(field) == case.message.pon
    ]


@content_rule("asr-design-not-on-this-activity", ASOG, Code.DEPENDENT_FIELD, ANY_ISSUE)
def design_not_on_this_activity(case: AsrCase) -> Iterable[Found]:
    """A design layout report is asked for only where something is designed."""
    message = case.message
    wanted = message.field("ADMIN", "RTR")
    if wanted not in ("S", "T") or message.activity not in ("D", "M", "R"):
        return ()
    return (
        Found.at(
            message.head,
            "RTR",
            f"RTR {wanted} asks for a design layout report, and ACT {message.activity} designs nothing.",
            "Send RTR F, N or P.",
            also=(message.head.path_of("ACT"),),
        ),
    )


@content_rule("asr-usage-of-unbundled", ASOG, Code.FIELD_VALUE, ANY_ISSUE)
def usage_of_unbundled(case: AsrCase) -> Iterable[Found]:
    """An unbundled element carries no interstate usage of its own: PIU is 0, or a letter is on file."""
    message = case.message
    share = message.field("ADMIN", "PIU")
    if not message.unbundled or share is None or share == "LOF" or read_count(share) == 0:
        return ()
    return (Found.at(message.head, "PIU", f"PIU is {share} with UNE Y.", "Send PIU 0 or LOF."),)


RULES = (
    activity_of_requisition,
    forms_of_requisition,
    one_service_form,
    forms_announced,
    circuit_references,
    other_requests,
    design_not_on_this_activity,
    usage_of_unbundled,
)
