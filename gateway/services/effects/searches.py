"""What follows from a manual search for loop make-up: its result is loaded into the tools (9.2.2.8.6)."""

import re
from typing import TYPE_CHECKING, Any, Final

from gateway.services.effects.effect import NONE, New, not_by_agreement
from gateway.services.effects.entries import enter
from validators.registers.searched_loops import SEARCHED_LOOPS, SearchedLoop, SearchedPlace

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry

_PARTS: Final = tuple(name for name in SearchedPlace.model_fields if name != "state")
_ZIP: Final = 5
_NONE: Final = "none"


def loop_place(entry: "ProcessEntry", happening: "Happening") -> New:
    """Keep the address that the search is about, for the tools to show what is found there."""
    message = happening.message
    if message is not None and message.value("LOOP.SASN"):
        told = {name: (message.value(f"LOOP.{name.upper()}") or "").strip().upper() for name in _PARTS}
        place = {**told, "zip": told["zip"][:_ZIP], "state": entry.desk.agreement_of(entry.order).state}
        entry.put(loop_place={name: text for name, text in place.items() if text})
    return NONE


def load_search(entry: "ProcessEntry", happening: "Happening") -> New:
    """Load what was found of a pair into the register that the loop qualification tools are laid over with."""
    told = dict(happening.values)
    center, cable = (str(told.pop(name)).strip().upper() for name in ("wire_center", "cable"))
    loop = f"{center}/{cable}/{told.pop('pair')}"
    if not re.fullmatch(SEARCHED_LOOPS.keys, loop):
        text = (
            f"{loop} names no pair: the wire center by eight characters, a cable by one to five, a pair from 1 to 9999"
        )
        raise not_by_agreement(entry, "pair", text, SEARCHED_LOOPS.section)
    gain = _gain(told.pop("pair_gain", ""), told.get("pair_gain_place", ""))
    known = {name: value for name, value in told.items() if name in SearchedLoop.model_fields}
    data = {**known, "pair_gain": gain[0], "pair_gain_place": gain[1], "place": entry.facts.get("loop_place")}
    enter(entry, SEARCHED_LOOPS, None, loop, SearchedLoop.model_validate(data).model_dump(exclude_none=True))
    entry.words |= {"loop": loop, "gain": " ".join(part for part in gain if part) or _NONE}
    return NONE


def _gain(device: Any, place: Any) -> tuple[str, str]:
    """Give pair gain device and place as they are loaded: nothing of a device that is said to be none."""
    there = str(device).strip()
    return ("", "") if not there or there.lower() == _NONE else (there, str(place).strip())
