"""What a feasibility study or a quotation tells of the space (8.1.1.6, 8.2.1.10, 8.2.1.14.2, 8.3.1.11.2.1)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from gateway.record.places import Place
from gateway.services.effects.effect import NONE, New, not_by_agreement
from validators.registers.premises import premises_full

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry

WHERE_EXHAUSTED: Final = "where-exhausted"
"""The group of kinds that are offered only where physical space has run out."""
_TOLD: Final[Mapping[str, str]] = {
    "reconditioning": "To be reconditioned: {}.",
    "other_frame": "The frame that was asked for is full: terminations are made at {}.",
    "route": "The spaces are apart; the route between them: {}.",
    "contiguous": "The space is next to your own.",
    "special_site": "The site is sold as is: unverified, with its equipment and without any warranty.",
}
"""What a decision may carry, and how its notice says it."""


def study_words(entry: "ProcessEntry", happening: "Happening") -> New:
    """Put what was found beside the ordinary into the words of the notice."""
    told = [text.format(value) for name, text in _TOLD.items() if (value := happening.values.get(name))]
    entry.words["study_words"] = " ".join(told)
    return NONE


def only_where_exhausted(entry: "ProcessEntry", happening: "Happening") -> New:
    """Refuse adjacent space where nothing says that the physical space of the Premises has run out (8.1.1.6, 8.4.5.1).

    A request that waits in the Space Denial Queue says so, the register of Premises does, or the decision itself.
    """
    agreement, premises = entry.desk.agreement_of(entry.order), str(entry.facts.get("premises"))
    if entry.kind.id not in agreement.products_named((WHERE_EXHAUSTED,)) or happening.values.get("space_exhausted"):
        return NONE
    queued = any(place.stands_in("denied", premises) and _is_physical(place, entry) for place in entry.places.values())
    if queued or premises_full(entry.dossier, premises, entry.zone_date(entry.at)):
        return NONE
    text = f"adjacent space is offered where physical space has run out, and nothing on record says so of {premises}"
    raise not_by_agreement(entry, "space_exhausted", text, "8.1.1.6")


def _is_physical(place: Place, entry: "ProcessEntry") -> bool:
    return place.kind in entry.desk.agreement_of(entry.order).products_named(("physical",))
