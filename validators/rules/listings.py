"""Rules on directory listings. No page at hand states them, so they warn."""

from collections.abc import Iterable
from typing import Final

from validators.codes import Code
from validators.messages.counts import read_count
from validators.rules.case import Case
from validators.rules.registry import Found, Scope, content_rule
from validators.verdict import Severity

_SECTION: Final = "12.2.1.1.2"
_LISTED: Final = Scope(forms=frozenset({"DL"}))
_ALWAYS: Final = ("LACT", "RTY", "LTY", "LNLN")
_ADDRESS: Final = ("LANO", "LASN", "LALOC")


@content_rule("listing-quantity", _SECTION, Code.QUANTITY_MISMATCH, _LISTED, Severity.WARN)
def listing_quantity(case: Case) -> Iterable[Found]:
    """DLQTY equals the number of listings."""
    form = case.message.forms["DL"]
    asked = read_count(form.fields.get("DLQTY"))
    if asked is None or asked == len(form.details):
        return ()
    return (
        Found.at(
            form,
            "DLQTY",
            f"DLQTY is {form.fields['DLQTY']}, but form DL has {len(form.details)} listings.",
            "Set DLQTY to the number of listings, or send the missing ones.",
            also=(f"{form.path}/DETAILS",),
        ),
    )


@content_rule("listing-fields", _SECTION, Code.FIELD_NEEDED, _LISTED, Severity.WARN)
def listing_fields(case: Case) -> Iterable[Found]:
    """A listing says what is done with it, of which kind it is, whose it is, and which number and address it shows."""
    found = []
    for listing in case.message.forms["DL"].details:
        there = listing.fields
        needed = list(_ALWAYS)
        if there.get("LACT") != "D":
            needed += [] if "OMTN" in there or "NSTN" in there else ["LTN"]
            needed += [] if "ADI" in there else _ADDRESS
        found += [
            Found.at(
                listing,
                field,
                f"{field} is missing in this listing.",
                "Send it; OMTN leaves the number out of the listing, ADI the address.",
                also=(listing.path_of("LACT"),),
            )
            for field in needed
            if field not in there
        ]
    return found


RULES = (listing_quantity, listing_fields)
