"""Rules and the book that holds them: which rule meets which message, and what it finds there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

from validators.agreement.terms import Agreement
from validators.codes import Code
from validators.messages.lsr import NEW_DATE, OTHER_CHANGE
from validators.messages.request import MessageFamily
from validators.messages.section import Section
from validators.rules.case import RecordCase
from validators.verdict import Finding, Severity

CaseT = TypeVar("CaseT")
"""What a rule is given: a record rule a `RecordCase`, a content rule the case of its family."""

_LONGEST_VALUE: Final = 200


class Phase(StrEnum):
    """When a rule is asked."""

    CONTENT = "content"
    """On receipt: the message, the agreement and the time of receipt are enough."""
    RECORD = "record"
    """Before the message is recorded: what is on record under its PON counts too."""
    FACILITIES = "facilities"
    """When a facility answer is there: with a decision, or on record when a new version comes in."""
    REFERENCES = "references"
    """When the reference data were asked: before the message is recorded, and again where they were silent then."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which messages a rule meets. None means any.

    Attributes:
        family: message family; None where the rule is for every family.
        requisitions: first characters of REQTYP.
        activities: ACT codes.
        products: product ids; a rule with products does not meet a message whose product is unknown.
        forms: the message must have at least one of these.
        supplements: SUP codes; None stands for a message without SUP. A cancellation meets only rules that name it.
    """

    family: MessageFamily | None = "lsr"
    requisitions: frozenset[str] | None = None
    activities: frozenset[str] | None = None
    products: frozenset[str] | None = None
    forms: frozenset[str] | None = None
    supplements: frozenset[str | None] = frozenset({None, NEW_DATE, OTHER_CHANGE})

    def meets(self, kind: "Kind") -> bool:
        """Say whether a message of `kind` is within this scope."""
        return (
            self.family in (None, kind.family)
            and kind.supplement in self.supplements
            and (self.requisitions is None or kind.requisition in self.requisitions)
            and (self.activities is None or kind.activity in self.activities)
            and (self.products is None or kind.product in self.products)
            and (self.forms is None or not self.forms.isdisjoint(kind.forms))
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """What decides which rules a message meets."""

    family: MessageFamily
    requisition: str
    activity: str
    product: str | None
    supplement: str | None
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found; the rule adds its id, section, code and severity."""

    path: str
    value: str | None
    text: str
    cure: str
    also: tuple[str, ...] = ()

    @classmethod
    def at(cls, section: Section, field: str, text: str, cure: str, also: tuple[str, ...] = ()) -> "Found":
        """Give a finding on `field` of `section`, present or not."""
        value = section.get(field)
        return cls(section.path_of(field), None if value is None else value[:_LONGEST_VALUE], text, cure, also)


@dataclass(frozen=True, slots=True)
class Rule(Generic[CaseT]):
    """One rule of the catalogue as a pure function.

    Attributes:
        id: its id in the catalogue.
        section: the one section that its findings cite.
        code: the code of its findings.
        phase: when it is asked.
        scope: which messages it meets.
        severity: what its findings do, unless the agreement says otherwise.
        check: gives what it finds in a case, nothing where the case is good.
        lacks: names the fact of the record that the rule would need for a case and that is not known; None where it
            could be asked. What was not asked is recorded as such.
    """

    id: str
    section: str
    code: Code
    phase: Phase
    scope: Scope
    severity: Severity
    check: Callable[[CaseT], Iterable[Found]]
    lacks: Callable[[CaseT], str | None] | None = None


@dataclass(frozen=True, slots=True)
class Upheld:
    """An obligation that the judge keeps to with no finding of its own, such as what is never a ground of rejection.

    A test marked `upholds` with the id proves it.

    Attributes:
        id: its id in the catalogue.
        section: the section that it rests on.
        how: what keeps to it.
    """

    id: str
    section: str
    how: str


@dataclass(frozen=True, slots=True)
class Unasked:
    """A rule that could not be asked, and the fact that it lacked."""

    rule: str
    section: str
    fact: str


def content_rule(
    rule_id: str, section: str, code: Code, scope: Scope, severity: Severity = Severity.REJECT
) -> Callable[[Callable[[CaseT], Iterable[Found]]], Rule[CaseT]]:
    """Make a function of a case a rule that is asked on receipt; `scope` names the family whose case it takes."""

    def make(check: Callable[[CaseT], Iterable[Found]]) -> Rule[CaseT]:
        return Rule(rule_id, section, code, Phase.CONTENT, scope, severity, check)

    return make


def record_rule(
    rule_id: str,
    section: str,
    code: Code,
    scope: Scope,
    *,
    phase: Phase = Phase.RECORD,
    severity: Severity = Severity.REJECT,
    lacks: Callable[[RecordCase], str | None] | None = None,
) -> Callable[[Callable[[RecordCase], Iterable[Found]]], Rule[RecordCase]]:
    """Make a function of a `RecordCase` a rule that is asked when the record is at hand."""

    def make(check: Callable[[RecordCase], Iterable[Found]]) -> Rule[RecordCase]:
        return Rule(rule_id, section, code, phase, scope, severity, check, lacks)

    return make


class RuleBook:
    """All rules that the gateway knows.

    Raises:
        ValueError: two rules have one id.
    """

    def __init__(
        self, content: Sequence[Rule[Any]], record: Sequence[Rule[RecordCase]], upheld: Sequence[Upheld] = ()
    ) -> None:
        self.content = tuple(content)
        self.record = tuple(record)
        self.upheld = tuple(upheld)
        ids = [rule.id for rule in self.rules] + [obligation.id for obligation in self.upheld]
        if twice := {rule_id for rule_id in ids if ids.count(rule_id) > 1}:
            raise ValueError(f"rules share an id: {', '.join(sorted(twice))}")

    @property
    def rules(self) -> tuple[Rule[Any], ...]:
        """Every rule, those asked on receipt first."""
        return (*self.content, *self.record)

    def for_agreement(self, agreement: Agreement) -> "AgreementRules":
        """Give the rules as `agreement` sets them: without those it turns off, with the severities it gives.

        Raises:
            ValueError: the agreement sets a rule that does not exist.
        """
        if unknown := set(agreement.rules) - {rule.id for rule in self.rules}:
            raise ValueError(f"agreement {agreement.id} sets unknown rules: {', '.join(sorted(unknown))}")
        return AgreementRules(agreement, self)


class AgreementRules:
    """The rules under one agreement, indexed by what kind of message they meet."""

    def __init__(self, agreement: Agreement, book: RuleBook) -> None:
        self.agreement = agreement
        # One entry a kind of message that was met; bounded, since a sender chooses which kinds there are.
        self._content = lru_cache(maxsize=2048)(_index(agreement, book.content))
        self._record = lru_cache(maxsize=2048)(_index(agreement, [r for r in book.record if r.phase is Phase.RECORD]))
        self._facilities = lru_cache(maxsize=2048)(
            _index(agreement, [r for r in book.record if r.phase is Phase.FACILITIES])
        )

        self._references = lru_cache(maxsize=2048)(
            _index(agreement, [r for r in book.record if r.phase is Phase.REFERENCES])
        )

    def on_content(self, kind: Kind, case: object) -> list[Finding]:
        """Give the findings of the content rules on `case`."""
        return _ask(self._content(kind), case)

    def on_record(self, kind: Kind, case: RecordCase) -> list[Finding]:
        """Give the findings of the record rules on `case`."""
        return _ask(self._record(kind), case)

    def unasked(self, kind: Kind, case: RecordCase) -> tuple[Unasked, ...]:
        """Give the record rules that meet `case` and lack a fact to be asked."""
        return tuple(
            Unasked(rule.id, rule.section, fact)
            for rule, _ in self._record(kind)
            if rule.lacks is not None and (fact := rule.lacks(case)) is not None
        )

    def on_facilities(self, kind: Kind, case: RecordCase) -> list[Finding]:
        """Give the findings of the facility rules on `case`; none where no facility answer stands."""
        return _ask(self._facilities(kind), case) if case.standing.facilities is not None else []

    def on_references(self, kind: Kind, case: RecordCase) -> list[Finding]:
        """Give the findings of the rules on what the reference data say."""
        return _ask(self._references(kind), case)


_Bound = tuple[Rule[CaseT], Severity]


def _index(agreement: Agreement, rules: Sequence[Rule[CaseT]]) -> Callable[[Kind], tuple[_Bound[CaseT], ...]]:
    bound = [(rule, severity) for rule in rules if (severity := _severity(agreement, rule)) is not None]

    def meeting(kind: Kind) -> tuple[_Bound[CaseT], ...]:
        return tuple((rule, severity) for rule, severity in bound if rule.scope.meets(kind))

    return meeting


def _severity(agreement: Agreement, rule: Rule[CaseT]) -> Severity | None:
    setting = agreement.setting(rule.id).severity
    if setting == "off":
        return None
    return rule.severity if setting is None else setting


def _ask(rules: Iterable[_Bound[CaseT]], case: CaseT) -> list[Finding]:
    findings: list[Finding] = []
    for rule, severity in rules:
        found = rule.check(case)
        if found:  # nearly always nothing
            findings += [_finding(rule, severity, one) for one in found]
    return findings


def _finding(rule: Rule[Any], severity: Severity, found: Found) -> Finding:
    return Finding(
        rule.id, rule.section, rule.code, severity, found.path, found.value, found.text, found.cure, found.also
    )
