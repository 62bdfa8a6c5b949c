"""Rules on fields that mean nothing without another: one table, and one of what is only custom."""

from collections.abc import Iterable, Mapping
from typing import Final

from validators.codes import Code
from validators.messages.section import Section
from validators.rules.case import Case
from validators.rules.registry import Found, Scope, content_rule
from validators.verdict import Severity

_NEEDS: Final = {
    "LSR": {
        "AUTHNM": "AGAUTH",
        "DATED": "AGAUTH",
        "LSP_AUTH_DATE": "LSP_AUTH",
        "LSP_AUTH_NAME": "LSP_AUTH",
        "NAN": "MI",
        "NCI": "NC",
        "RCC": "RPON",
        "SECNCI": "NCI",
        "TEL_NO_IMPCON": "IMPCON",
    },
    "EU": {
        "CITY": "STATE",
        "SAPR": "SANO",
        "SASF": "SANO",
        "SASN": "CITY",
        "TC_NAME_PRI": "TC_TO_PRI",
        "TC_TO_PRI": "TC_OPT",
        "TC_TO_SEC": "TC_TO_PRI",
    },
    "LS": {"SCFA": "CFA"},
}
"""Form, field, and the field that it needs beside it."""
_BY_CUSTOM: Final = {
    "LSR": {"APPTIME_DDDO": "DDDO", "TEL_NO_DSGCON": "DSGCON"},
    "EU": {
        "BOX": "ROUTE",
        "DISC_NBR": "DNUM",
        "LV1": "LD1",
        "LV2": "LD2",
        "LV3": "LD3",
        "TEL_NO_LCON": "LCON",
    },
    "LS": {"CHAN_PAIR": "CABLE_ID", "JK_CODE": "JR"},
}
"""The same for fields whose use no page at hand states."""


def _pairs(needs: Mapping[str, Mapping[str, str]]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    return {form: tuple(fields.items()) for form, fields in needs.items()}


_PAIRS: Final = _pairs(_NEEDS)
_CUSTOMARY_PAIRS: Final = _pairs(_BY_CUSTOM)


@content_rule("dependent-fields", "12.2.1.1.2", Code.DEPENDENT_FIELD, Scope())
def dependent_fields(case: Case) -> Iterable[Found]:
    """No field stands without the one that gives it its meaning, and RPON names another request."""
    message = case.message
    found = _lonely_fields(message.forms, _PAIRS)
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


@content_rule("dependent-fields-by-custom", "12.2.1.1.2", Code.DEPENDENT_FIELD, Scope(), Severity.WARN)
def customary_fields(case: Case) -> Iterable[Found]:
    """Fields that by custom come together do so."""
    return _lonely_fields(case.message.forms, _CUSTOMARY_PAIRS)


def _lonely_fields(forms: Mapping[str, Section], pairs: Mapping[str, tuple[tuple[str, str], ...]]) -> list[Found]:
    found: list[Found] = []
    for form, section in forms.items():
        dependent = pairs.get(form)
        if dependent is None:
            continue
        for part in (section, *section.details):
            there = part.fields
            for field, other in dependent:
                if field in there and other not in there:
                    found.append(_lonely(part, field, other))
    return found


def _lonely(section: Section, field: str, other: str) -> Found:
    return Found.at(
        section,
        field,
        f"{field} stands without {other}.",
        f"Send {other} too, or leave {field} out.",
        also=(section.path_of(other),),
    )


RULES = (dependent_fields, customary_fields)
