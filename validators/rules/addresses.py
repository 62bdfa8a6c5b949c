"""The rule on the service address of an end user: complete in the format that it is in."""

from collections.abc import Iterable
from typing import Final

from validators.codes import Code
from validators.rules.case import Case
from validators.rules.registry import Found, Scope, content_rule

_PARTS: Final = {
    None: ("SANO", "SASN", "CITY"),
    "N": ("SANO", "SASN", "CITY"),
    "A": ("ROUTE",),
    "B": ("SASN", "CITY"),
    "C": ("SANO",),
    "D": ("AAI",),
}
"""AFT, and the parts that it asks for: numbered, rural route, unnumbered, provider's number, described."""


@content_rule(
    "service-address-complete",
    "12.2.1.1.2",
    Code.FIELD_NEEDED,
    Scope(requisitions=frozenset("ABP"), activities=frozenset("NT"), forms=frozenset({"EU"})),
)
def service_address_complete(case: Case) -> Iterable[Found]:
    """A loop that is to be brought somewhere has a complete address; a rural route has no house number."""
    end_user = case.message.forms["EU"]
    there = end_user.fields
    rural = "ROUTE" in there
    found = []
    if rural and "SANO" in there:
        found.append(
            Found.at(
                end_user,
                "ROUTE",
                "ROUTE and SANO do not stand together: a rural route has no house number.",
                "Send one of the two.",
                also=(end_user.path_of("SANO"),),
            )
        )
    parts = _PARTS["A"] if rural and "AFT" not in there else _PARTS.get(there.get("AFT"), ())
    if not all(part in there for part in parts):
        kind = there.get("AFT")
        found += [
            Found.at(
                end_user,
                part,
                f"{part} is missing: {f'an address with AFT {kind}' if kind else 'a numbered address'} has it.",
                f"Send {part}, or say by AFT which kind of address it is.",
                also=(end_user.path_of("AFT"),),
            )
            for part in parts
            if part not in there
        ]
    return found


RULES = (service_address_complete,)
