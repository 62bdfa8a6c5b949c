"""Where on a filled-in form a finding belongs: its path in the document as the names of inputs and fieldsets."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from gateway.portal.forms.typed import field_name
from validators.verdict import Severity

Told = Mapping[str, Any]
"""A finding, as `Finding.as_json` gives it."""

_PATH: Final = re.compile(
    r"/[^/]+/(?P<form>[A-Z]+)(?P<details>/DETAILS(/DETAIL(\[(?P<number>\d+)\])?)?)?(/(?P<field>[A-Z0-9_]+))?"
)


def input_name(path: str) -> str:
    """Give the name of the input, detail (`LS[2]`) or form (`LS`) that a readable path leads to; empty if to none."""
    found = _PATH.fullmatch(path)
    if found is None:
        return ""
    in_detail = bool(found["details"]) and "/DETAIL" in found["details"][len("/DETAILS") :]
    detail = int(found["number"] or 1) if in_detail else 0
    if found["field"]:
        return field_name(found["form"], detail, found["field"])
    return f"{found['form']}[{detail}]" if detail else str(found["form"])


def element_id(name: str) -> str:
    """Give the HTML id of what has that name: `LS[2].CFA` is at `f-LS-2-CFA`."""
    return "f-" + re.sub(r"[^A-Z0-9_]+", "-", name).strip("-")


@dataclass(frozen=True)
class Findings:
    """What was found in a request that is being filled in."""

    told: Sequence[Told] = ()

    @property
    def rejecting(self) -> Sequence[Told]:
        """Those that refuse it; what names no severity refuses, too."""
        return [one for one in self.told if one.get("severity", Severity.REJECT) == Severity.REJECT]

    @property
    def remarks(self) -> Sequence[Told]:
        """Those with which it would be taken."""
        return [one for one in self.told if one.get("severity", Severity.REJECT) != Severity.REJECT]

    def at(self, name: str) -> Sequence[Told]:
        """Give those at an input, detail or form."""
        return self._by_name.get(name, ())

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Told]]:
        # A form of many details asks for each of its inputs.
        found: dict[str, list[Told]] = {}
        for one in self.told:
            found.setdefault(input_name(str(one.get("path", ""))), []).append(one)
        return found
