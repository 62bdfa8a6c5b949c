"""Rules on fields that some kinds of request need: one table, one rule a row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from validators.codes import Code
from validators.rules.case import Case
from validators.rules.registry import Found, Rule, Scope, content_rule
from validators.verdict import Severity

_SECTION: Final = "12.2.1.1.2"
_LSR: Final = frozenset({"LSR"})
_EU: Final = frozenset({"EU"})
_PORTS: Final = frozenset("BC")
_TAKES_OVER: Final = frozenset("VWZ")
"""ACT codes that take an end user over from another provider or the ILEC."""


def _not_a_simple_port(case: Case) -> bool:
    return case.message.port_kind != "simple"


def _simple_port(case: Case) -> bool:
    return case.message.port_kind == "simple"


def _always(_: Case) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Need:
    """One of `fields` of `form` is needed `where` a request is of the scope."""

    rule_id: str
    fields: tuple[str, ...]
    scope: Scope
    because: str
    cure: str
    form: str = "LSR"
    where: Callable[[Case], bool] = _always
    given: tuple[str, str] | None = None
    """A field of the same form and the value of it with which the need arises."""
    also: tuple[str, ...] = ()
    """Fields of the same form that the need follows from."""
    code: Code = Code.FIELD_NEEDED
    severity: Severity = Severity.REJECT


_NEEDS: Final = (
    _Need(
        "date-sent-required",
        ("D_TSENT",),
        Scope(forms=_LSR),
        "a request says when it was sent",
        "Send D/TSENT as MM-DD-CCYY-HHMMAM or PM.",
        where=_not_a_simple_port,
    ),
    _Need(
        "initiator-required",
        ("INIT",),
        Scope(forms=_LSR),
        "a request says who can be asked about it",
        "Send INIT, the name that goes with TEL NO (INIT).",
        where=_not_a_simple_port,
    ),
    _Need(
        "port-direction-required",
        ("NPDI",),
        Scope(requisitions=_PORTS, activities=_TAKES_OVER, forms=_LSR),
        "a port says to which network the number goes",
        "Send NPDI: C from wireline to wireless, D from wireline to wireline.",
        also=("REQTYP",),
    ),
    _Need(
        "port-account-required",
        ("AN", "ATN"),
        Scope(requisitions=_PORTS, activities=_TAKES_OVER, forms=_LSR),
        "a port names the account that the number leaves",
        "Send AN or ATN as they stand on the customer service record.",
        also=("REQTYP",),
        code=Code.ACCOUNT_MISSING,
    ),
    _Need(
        "new-provider-of-simple-port",
        ("NNSP",),
        Scope(requisitions=frozenset("C"), activities=_TAKES_OVER, forms=_LSR),
        "a simple port names the new provider by its SPID",
        "Send NNSP, even where it is the same as CC.",
        where=_simple_port,
        also=("REQTYP",),
    ),
    _Need(
        "authorization-on-conversion",
        ("AGAUTH",),
        Scope(requisitions=frozenset("ABCEFMP"), activities=_TAKES_OVER, forms=_LSR),
        "an end user is taken over only with its authorization",
        "Send AGAUTH Y if you hold the authorization; the proof itself is not asked for.",
        also=("ACT",),
    ),
    _Need(
        "migration-indicator-required",
        ("MI",),
        Scope(requisitions=frozenset("BEFM"), activities=frozenset("VZ"), forms=_LSR),
        "a conversion says whether it takes the whole account or part of it",
        "Send MI with the code for a full or a partial migration.",
        also=("REQTYP", "ACT"),
    ),
    _Need(
        "end-user-name-required",
        ("NAME",),
        Scope(activities=frozenset("NTVWZ"), forms=_EU),
        "the end user is named",
        "Send NAME on form EU.",
        form="EU",
        where=_not_a_simple_port,
    ),
    _Need(
        "hunt-group-count-required",
        ("HTQTY",),
        Scope(forms=frozenset({"HGI"})),
        "form HGI comes along",
        "Send HTQTY, the number of hunt groups.",
        severity=Severity.WARN,
    ),
    _Need(
        "customer-name-of-casual-carrier",
        ("CUST",),
        Scope(forms=_LSR),
        "CCNA CUS stands for a carrier without a name of its own",
        "Send CUST, the name of the carrier.",
        given=("CCNA", "CUS"),
        also=("CCNA",),
        severity=Severity.WARN,
    ),
    _Need(
        "billing-address-of-new-account",
        ("ZIP_BILL",),
        Scope(forms=_LSR),
        "BAN1 N asks for a new billing account",
        "Send the billing address, unless the ILEC holds a billing profile of yours.",
        given=("BAN1", "N"),
        also=("BAN1", "STATE_BILL"),
        severity=Severity.WARN,
    ),
    _Need(
        "final-bill-address",
        ("BILL_ZIP",),
        Scope(forms=_EU),
        "FBI D sends the final bill to another address",
        "Send BILLNM, BILL STREET, BILL CITY, BILL STATE and BILL ZIP.",
        form="EU",
        given=("FBI", "D"),
        also=("FBI",),
        severity=Severity.WARN,
    ),
)


def _missing(case: Case, need: _Need) -> Iterable[Found]:
    section = case.message.head if need.form == "LSR" else case.message.forms[need.form]
    there = section.fields
    if need.fields[0] in there or (need.given is not None and there.get(need.given[0]) != need.given[1]):
        return ()
    others = (*need.fields[1:], *need.also)
    if not need.where(case) or not there.keys().isdisjoint(need.fields):
        return ()
    return (
        Found.at(
            section,
            need.fields[0],
            f"{' and '.join(need.fields)} {'is' if len(need.fields) == 1 else 'are'} missing: {need.because}.",
            need.cure,
            also=tuple(section.path_of(field) for field in others),
        ),
    )


RULES: Final[tuple[Rule[Case], ...]] = tuple(
    content_rule(need.rule_id, _SECTION, need.code, need.scope, need.severity)(partial(_missing, need=need))
    for need in _NEEDS
)
