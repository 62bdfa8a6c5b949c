"""Rules on fields that some kinds of request may not have: one table, one rule a row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from validators.codes import Code
from validators.messages.section import Section
from validators.rules.case import Case
from validators.rules.registry import Found, Rule, Scope, content_rule

_SECTION: Final = "12.2.1.1.2"
_LSR: Final = frozenset({"LSR"})


def _always(_: Case) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Ban:
    """None of `fields` may stand on the forms of a request of the scope, `where` it holds."""

    rule_id: str
    fields: tuple[str, ...]
    scope: Scope
    because: str
    cure: str
    where: Callable[[Case], bool] = _always
    on_lines: bool = False
    also: tuple[str, ...] = ()
    """Fields of the administrative form that the ban follows from."""


_BANS: Final = (
    _Ban(
        "simple-port-fields",
        ("PROJECT", "NOR"),
        Scope(requisitions=frozenset("C"), forms=frozenset({"NP"})),
        "a simple port stands alone and is not negotiated",
        "Leave it out; a coordinated port (CHC Y) is not a simple one and may have it.",
        where=lambda case: case.message.port_kind == "simple",
        also=("REQTYP",),
    ),
    _Ban(
        "interim-portability-fields",
        ("CFTN", "TNP"),
        Scope(forms=frozenset({"NP"})),
        "it belongs to interim number portability, which is no longer provided",
        "Leave it out.",
        on_lines=True,
    ),
    _Ban(
        "subloop-indicator",
        ("SLI",),
        Scope(requisitions=frozenset("BCDEFHJKLMNPQ"), forms=_LSR),
        "only a loop (REQTYP A) can be a subloop",
        "Leave SLI out, or correct REQTYP.",
        also=("REQTYP",),
    ),
    _Ban(
        "disconnect-date-of-move",
        ("DDDO",),
        Scope(activities=frozenset("NCRVWZSBYLD"), forms=_LSR),
        "only a move has a second date, on which the old service ends",
        "Leave DDDO out; DDD is the date of this request.",
        also=("ACT",),
    ),
    _Ban(
        "related-company-differs",
        ("RCC",),
        Scope(forms=_LSR),
        "it is this request's own CC, and names only another company",
        "Leave RCC out where RPON names a request of your own.",
        where=lambda case: case.message.head.fields.get("RCC") == case.message.cc,
        also=("CC", "RPON"),
    ),
)


def _banned(case: Case, ban: _Ban) -> Iterable[Found]:
    head = case.message.head
    if not ban.on_lines and head.fields.keys().isdisjoint(ban.fields):
        return ()
    sections = case.message.lines if ban.on_lines else (head,)
    there = [(section, field) for section in sections for field in ban.fields if field in section.fields]
    return [_found(head, section, field, ban) for section, field in there] if there and ban.where(case) else ()


def _found(head: Section, section: Section, field: str, ban: _Ban) -> Found:
    return Found.at(
        section,
        field,
        f"{field} {section.fields[field]} does not belong here: {ban.because}.",
        ban.cure,
        also=tuple(head.path_of(other) for other in ban.also),
    )


RULES: Final[tuple[Rule[Case], ...]] = tuple(
    content_rule(ban.rule_id, _SECTION, Code.FIELD_NOT_ALLOWED, ban.scope)(partial(_banned, ban=ban)) for ban in _BANS
)
