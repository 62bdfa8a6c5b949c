"""Rules on what an order names and the ILEC's reference data know: asked of the same data as the pre-order queries.

What the data do not answer is not asked: a system that is silent never rejects an order.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from validators.codes import Code
from validators.rules.case import RecordCase, Told
from validators.rules.registry import Found, Phase, Rule, Scope, record_rule
from validators.verdict import Severity

_WHY_NOT_FREE: Final = {
    "busy": "is in use",
    "not-yours": "belongs to another carrier",
    "no-such-channel": "names a channel that its facility does not have",
    "pending": "is being worked on for another order, or for this one",
    "unknown": "is not in the inventory",
}
_WHY_NOT_HELD: Final = {
    "ran-out": "was held for you, but the hold has run out or was let go",
    "anothers": "is held for another carrier, or was used by another order",
}
_WHY_NOT_BILLED: Final = {
    "closed": "is closed",
    "not-yours": "belongs to another carrier",
    "unknown": "is not known",
}


def _told(values: Sequence[Told] | None, words: dict[str, str], field: str, cure: str) -> Iterable[Found]:
    return tuple(
        Found(one.path, one.value, f"{field} {one.value} {words[one.result]}.", cure)
        for one in values or ()
        if one.result in words
    )


@record_rule(
    "order-cfa-busy",
    "12.2.1.1.4.8",
    Code.FACILITY_BUSY,
    Scope(),
    phase=Phase.REFERENCES,
)
def cfa_busy(case: RecordCase) -> Iterable[Found]:
    """A connecting facility that is in use cannot be ordered."""
    words = {name: _WHY_NOT_FREE[name] for name in ("busy",)}
    cure = "Choose one that the query cfa-list gives."
    return _told(case.references.assignments, words, "CFA", cure)


@record_rule(
    "order-cfa-unconfirmed",
    "12.2.1.1.4.8",
    Code.FACILITY_UNCONFIRMED,
    Scope(),
    phase=Phase.REFERENCES,
    severity=Severity.WARN,
)
def cfa_unconfirmed(case: RecordCase) -> Iterable[Found]:
    """A connecting facility that the inventory does not confirm is told; the inventory may be behind."""
    words = {name: _WHY_NOT_FREE[name] for name in ("no-such-channel", "not-yours", "pending", "unknown")}
    cure = "Compare it with what the query cfa-list gives."
    return _told(case.references.assignments, words, "CFA", cure)


@record_rule(
    "order-address-unconfirmed",
    "12.2.1.1.4.6",
    Code.ADDRESS_UNCONFIRMED,
    Scope(),
    phase=Phase.REFERENCES,
    severity=Severity.WARN,
)
def address_unconfirmed(case: RecordCase) -> Iterable[Found]:
    """A service address that is not among those of the territory is told."""
    told = case.references.address
    words = {"near": "is not known, but others on its street are", "unknown": "is not known"}
    words["ambiguous"] = "may mean several addresses"
    cure = "Ask the query address-validation, and send the address as it gives it."
    return _told((told,) if told else (), words, "The address", cure)


@record_rule(
    "order-nc-nci-unconfirmed",
    "12.2.1.1.4.11",
    Code.CODES_UNCONFIRMED,
    Scope(),
    phase=Phase.REFERENCES,
    severity=Severity.WARN,
)
def codes_unconfirmed(case: RecordCase) -> Iterable[Found]:
    """NC and NCI codes that do not go together by the ILEC's table are told."""
    told = case.references.codes
    words = {
        "unknown-nc": "is no NC code of a combination",
        "unknown-nci": "has an NCI or SECNCI code of no combination",
        "not-a-pair": "do not go together",
        "reversed": "have NCI and SECNCI the wrong way round",
    }
    cure = "Ask the query nc-nci-validation what goes with the NC code."
    return _told((told,) if told else (), words, "NC, NCI, SECNCI", cure)


@record_rule(
    "order-ban-unconfirmed",
    "12.2.1.2.2.4",
    Code.ACCOUNT_UNCONFIRMED,
    Scope(),
    phase=Phase.REFERENCES,
    severity=Severity.WARN,
)
def account_unconfirmed(case: RecordCase) -> Iterable[Found]:
    """A billing account that is closed, another's or not known is told."""
    return _told(case.references.accounts, _WHY_NOT_BILLED, "BAN", "Ask the query ban-validation.")


@record_rule(
    "order-clli-unconfirmed",
    "12.2.1.2.2.5",
    Code.LOCATION_UNCONFIRMED,
    Scope(),
    phase=Phase.REFERENCES,
    severity=Severity.WARN,
)
def location_unconfirmed(case: RecordCase) -> Iterable[Found]:
    """A CLLI code that names nothing known is told."""
    return _told(
        case.references.locations, {"unknown": "names no known place"}, "CLLI", "Ask the query clli-validation."
    )


@record_rule(
    "order-number-hold",
    "12.2.1.1.4.3",
    Code.NUMBER_NOT_HELD,
    Scope(),
    phase=Phase.REFERENCES,
)
def number_not_held(case: RecordCase) -> Iterable[Found]:
    """A number whose hold ran out, or that is held for another carrier, cannot be ordered."""
    cure = "Hold a number with the query telephone-number-hold, and send a new version that names it."
    return _told(case.references.numbers, _WHY_NOT_HELD, "TNS", cure)


RULES: Final[tuple[Rule[RecordCase], ...]] = (
    cfa_busy,
    cfa_unconfirmed,
    address_unconfirmed,
    codes_unconfirmed,
    account_unconfirmed,
    location_unconfirmed,
    number_not_held,
)
