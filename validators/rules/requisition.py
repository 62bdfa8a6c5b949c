"""Rules on what is asked for and with which forms: REQTYP, ACT, AFO and the forms that come with them.

The agreement takes the forms from the industry's guidelines for local service orders (12.2.1.1.2); the tables are what
providers publish of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from validators.codes import Code
from validators.messages.lsr import SERVICE_FORMS
from validators.rules.case import Case
from validators.rules.registry import Found, Scope, content_rule

_SECTION: Final = "12.2.1.1.2"

_ACTIVITIES: Final = {
    "A": "NCDTVWR",
    "B": "V",
    "C": "VZ",
    "D": "D",
    "E": "NCDTVSBWLZR",
    "F": "NCDTVR",
    "M": "NCDTVZR",
}
"""ACT codes that go with the first character of REQTYP. A service that is not listed here is not tested."""


@dataclass(frozen=True, slots=True)
class _Need:
    """A form that must come with some kinds of request."""

    forms: tuple[str, ...]
    """One of these."""
    activities: str | None = None
    """None means all."""
    but_not: str = ""


_END_USER: Final = _Need(("EU",))

_NEEDS: Final = {
    # A loop to an end user that is not served by it yet needs the address.
    "A": (_Need(("EU",), activities="NTVW"), _Need(("LS",), but_not="D")),
    "B": (_END_USER, _Need(("LSNP",))),
    "C": (_END_USER, _Need(("NP",), activities="VZ")),
    "D": (_END_USER, _Need(("RS",), activities="D")),
    "E": (_END_USER, _Need(("RS",))),
    "F": (_END_USER, _Need(("PS", "RS"))),
    "M": (_END_USER, _Need(("PS", "RS"))),
    "J": (_END_USER, _Need(("DL",), but_not="D")),
} | dict.fromkeys("HKLNPQ", (_END_USER,))
"""The forms that come with each first character of REQTYP."""

_SERVES: Final = {"LS": "A", "LSNP": "B", "NP": "C", "RS": "DEKLFM", "PS": "FM"}
"""First characters of REQTYP that each service form goes with; services whose activities are unknown are not tested."""

_NO_LISTING_WITH: Final = ("LX--", "LY--")
"""NC codes with which a loop order carries no directory listing."""

_POSITIONS: Final = {0: "EU", 3: "DL"}
"""Positions of AFO that providers agree on."""


@content_rule("activity-of-requisition", _SECTION, Code.ACTIVITY_NOT_ALLOWED, Scope())
def activity_of_requisition(case: Case) -> Iterable[Found]:
    """REQTYP and ACT go together."""
    message = case.message
    allowed = _ACTIVITIES.get((message.requisition_type or "")[:1])
    if allowed is None or (message.activity or "") in allowed:
        return ()
    return (
        Found.at(
            message.head,
            "ACT",
            f"ACT {message.activity} does not go with REQTYP {message.requisition_type}.",
            f"Send ACT {_or(tuple(allowed))} with REQTYP {message.requisition_type}, or another REQTYP.",
            also=(message.head.path_of("REQTYP"),),
        ),
    )


@content_rule("form-required", _SECTION, Code.FORM_MISSING, Scope(forms=frozenset({"LSR"})))
def form_required(case: Case) -> Iterable[Found]:
    """The forms that REQTYP and ACT ask for are there."""
    message = case.message
    requisition, activity = (message.requisition_type or "")[:1], message.activity or ""
    missing = [
        need
        for need in _NEEDS.get(requisition, ())
        if (need.activities is None or activity in need.activities)
        and activity not in need.but_not
        and message.forms.keys().isdisjoint(need.forms)
    ]
    if not missing:
        return ()
    root = message.head.path.rpartition("/")[0]
    return [
        Found(
            f"{root}/{need.forms[0]}",
            None,
            f"Form {_or(need.forms)} is missing: REQTYP {message.requisition_type} with ACT {activity} needs it.",
            f"Add form {_or(need.forms)}.",
            also=(message.head.path_of("REQTYP"), message.head.path_of("ACT")),
        )
        for need in missing
    ]


@content_rule("form-not-allowed", _SECTION, Code.FORM_NOT_ALLOWED, Scope(forms=frozenset(SERVICE_FORMS) | {"DL"}))
def form_not_allowed(case: Case) -> Iterable[Found]:
    """No form comes with a request that it does not serve."""
    message = case.message
    requisition = (message.requisition_type or "")[:1]
    found = [
        Found(
            message.forms[form].path,
            None,
            f"Form {form} does not go with REQTYP {message.requisition_type}.",
            f"Take form {form} out, or correct REQTYP.",
            also=(message.head.path_of("REQTYP"),),
        )
        for form, serves in _SERVES.items()
        if form in message.forms and requisition in _ACTIVITIES and requisition not in serves
    ]
    if "DL" in message.forms and requisition == "A" and message.nc in _NO_LISTING_WITH:
        found.append(
            Found(
                message.forms["DL"].path,
                None,
                f"A loop with NC {message.nc} carries no directory listing.",
                "Take form DL out and send the listing as a request of its own.",
                also=(message.head.path_of("REQTYP"), message.head.path_of("NC")),
            )
        )
    return found


@content_rule("additional-forms-indicator", _SECTION, Code.FORMS_INDICATOR, Scope(forms=frozenset({"LSR"})))
def additional_forms_indicator(case: Case) -> Iterable[Found]:
    """AFO says of the EU and DL forms what is so; a port with an EU form must say it."""
    message = case.message
    flags = message.head.get("AFO")
    if flags is None and not (message.requisition_type or "").startswith("C"):
        return ()
    marks = flags or ""
    found = []
    for position, form in _POSITIONS.items():
        said, there = marks[position : position + 1] == "Y", form in message.forms
        if said != there:
            says = (
                "says that form {0} comes along, and it does not" if said else "does not say that form {0} comes along"
            )
            found.append(
                Found.at(
                    message.head,
                    "AFO",
                    f"AFO position {position + 1} {says.format(form)}.",
                    f"Add form {form} or clear the position." if said else f"Put Y into position {position + 1}.",
                    also=(f"{message.head.path.rpartition('/')[0]}/{form}",),
                )
            )
    return found


def _or(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


RULES = (activity_of_requisition, form_required, form_not_allowed, additional_forms_indicator)
