"""The rule on fields that mean nothing without another: one table."""

from collections.abc import Iterable
from typing import Final

from validators.codes import Code
from validators.messages.section import Section
from validators.rules.case import Case
from validators.rules.registry import Found, Scope, content_rule

_NEEDS: Final = {
    "LSR": {
        "APPTIME_DDDO": "DDDO",
        "AUTHNM": "AGAUTH",
        "DATED": "AGAUTH",
        "LSP_AUTH_DATE": "LSP_AUTH",
        "LSP_AUTH_NAME": "LSP_AUTH",
        "NAN": "MI",
        "NCI": "NC",
        "RCC": "RPON",
        "SECNCI": "NCI",
        "TEL_NO_DSGCON": "DSGCON",
        "TEL_NO_IMPCON": "IMPCON",
    },
    "EU": {
        "BOX": "ROUTE",
        "CITY": "STATE",
        "DISC_NBR": "DNUM",
        "LV1": "LD1",
        "LV2": "LD2",
        "LV3": "LD3",
        "SAPR": "SANO",
        "SASF": "SANO",
        "SASN": "CITY",
        "TC_NAME_PRI": "TC_TO_PRI",
        "TC_TO_PRI": "TC_OPT",
        "TC_TO_SEC": "TC_TO_PRI",
        "TEL_NO_LCON": "LCON",
    },
    "LS": {"CHAN_PAIR": "CABLE_ID", "JK_CODE": "JR", "SCFA": "CFA"},
}
"""Form, field, and the field that it needs beside it."""
_DEPENDENT: Final = {form: tuple(needs.items()) for form, needs in _NEEDS.items()}


@content_rule("dependent-fields", "12.2.1.1.2", Code.DEPENDENT_FIELD, Scope())
def dependent_fields(case: Case) -> Iterable[Found]:
    """No field stands without the one that gives it its meaning, and RPON names another request."""
    message = case.message
    found: list[Found] = []
    for form, section in message.forms.items():
        dependent = _DEPENDENT.get(form)
        if dependent is None:
            continue
        for part in (section, *section.details):
            there = part.fields
            for field, other in dependent:
                if field in there and other not in there:
                    found.append(_lonely(part, field, other))
    related = message.head.get("RPON")
    if related is not None and related == message.pon:
        found.append(
            Found.at(
                message.head,
                "RPON",
                f"RPON is {related}, this request's own PON.",
                "Send the PON of the related request, or no RPON.",
                also=(message.head.path_of("PON"),),
            )
        )
    return found


def _lonely(section: Section, field: str, other: str) -> Found:
    return Found.at(
        section,
        field,
        f"{field} stands without {other}.",
        f"Send {other} too, or leave {field} out.",
        also=(section.path_of(other),),
    )


RULES = (dependent_fields,)
