"""Rules on the single statements by which a CLEC certifies a high-capacity EEL (9.1.1.10.2).

Whether there is a certification at all is another rule's question; once one is on record, each statement must be in it.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from validators.codes import Code
from validators.registers.eligibility import ELIGIBILITY, Eligibility
from validators.rules.case import Case
from validators.rules.registry import Found, Rule, Scope, content_rule
from validators.verdict import Severity

_EEL: Final = Scope(products=frozenset({"eel"}), activities=frozenset("NTVWZ"))
_PER_TRUNK: Final = 24
"""DS1 circuits for which one DS1 trunk is asked for, and DS0 channels of a DS1."""


def _trunks(told: Eligibility) -> bool:
    full, rest = divmod(told.ds1_circuits, _PER_TRUNK)
    beyond = (told.ds1_trunks - full) * _PER_TRUNK + told.ds0_trunks
    return told.ds1_trunks >= full and beyond >= rest


_STATEMENTS: Final[tuple[tuple[str, str, str, Callable[[Eligibility], bool], Severity], ...]] = (
    (
        "eel-cert-state-authority",
        "9.1.1.10.2.1",
        "the authority of the state for local voice",
        lambda told: told.state_authority is not None,
        Severity.DEFER,
    ),
    (
        "eel-cert-per-circuit",
        "9.1.1.10.2.2",
        "that the criteria are met for every DS1 circuit",
        lambda told: told.per_circuit,
        Severity.DEFER,
    ),
    (
        "eel-cert-telephone-numbers",
        "9.1.1.10.2.3",
        "a local number for each DS1 circuit, 28 for a DS3",
        lambda told: told.telephone_numbers >= told.ds1_circuits,
        Severity.DEFER,
    ),
    (
        "eel-cert-911",
        "9.1.1.10.2.4",
        "911 or E911 before service",
        lambda told: told.emergency_service,
        Severity.DEFER,
    ),
    (
        "eel-cert-collocation",
        "9.1.1.10.2.5",
        "a collocation in the end user's LATA, and no point of presence, as its end",
        lambda told: told.collocation is not None and not told.at_point_of_presence,
        Severity.DEFER,
    ),
    (
        "eel-cert-trunks",
        "9.1.1.10.2.6",
        "a DS0 equivalent of a trunk for each DS1 circuit, and a DS1 trunk for each 24",
        _trunks,
        Severity.WARN,
    ),
    (
        "eel-cert-cpn",
        "9.1.1.10.2.6.1",
        "a DS1 trunk that passes the calling party's number for each 24 DS1 circuits",
        lambda told: told.ds1_trunks_with_number >= told.ds1_circuits // _PER_TRUNK,
        Severity.WARN,
    ),
    (
        "eel-cert-switch",
        "9.1.1.10.2.7",
        "a switch that is Class 5 in the LERG or certified to switch local voice",
        lambda told: told.switch is not None and told.switch_as is not None,
        Severity.DEFER,
    ),
)
"""Catalogue id, section, what must be stated, whether a certification states it, and what its want does."""


def _stated(case: Case, what: str, holds: Callable[[Eligibility], bool]) -> Iterable[Found]:
    """The certification on record states it."""
    entry = case.partner.dossier.last(ELIGIBILITY, case.application_date, case.message.pon or "")
    if entry is None or holds(entry.data):
        return ()
    return (
        Found.at(
            case.message.head,
            "PON",
            f"The certification of eligibility on record for this request does not state {what}.",
            "Send a certification that states it; what is not certified is not provisioned.",
            also=(case.message.head.path_of("NC"),),
        ),
    )


RULES: Final[tuple[Rule[Case], ...]] = tuple(
    content_rule(rule_id, section, Code.CERTIFICATION_MISSING, _EEL, severity)(partial(_stated, what=what, holds=holds))
    for rule_id, section, what, holds, severity in _STATEMENTS
)
