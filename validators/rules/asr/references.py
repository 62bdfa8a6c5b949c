"""Rules on what an ASR names and the ILEC's reference data know: those on LSRs, by the queries promised for ASRs."""

from dataclasses import replace
from typing import Final

from validators.rules import references
from validators.rules.case import RecordCase
from validators.rules.registry import Rule, Scope

_TAKEN: Final = Scope(family="asr", supplements=frozenset({None, "2", "3", "4"}))
_QUERIES: Final = (
    (references.address_unconfirmed, "12.2.1.2.2.1"),
    (references.cfa_busy, "12.2.1.2.2.2"),
    (references.cfa_unconfirmed, "12.2.1.2.2.2"),
    (references.codes_unconfirmed, "12.2.1.2.2.3"),
    (references.account_unconfirmed, "12.2.1.2.2.4"),
    (references.location_unconfirmed, "12.2.1.2.2.5"),
)
"""The rules that serve ASRs too, with the section of the query that answers the same."""

RULES: Final[tuple[Rule[RecordCase], ...]] = tuple(
    replace(rule, id=f"asr-{rule.id}", section=section, scope=_TAKEN) for rule, section in _QUERIES
)
