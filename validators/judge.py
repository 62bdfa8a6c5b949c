"""The judge: from bytes to a verdict, in steps that the command line and the gateway share. Pure; keeps no message."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final, Protocol

from lxml import etree

from validators.agreement.products import Recogniser, recogniser
from validators.agreement.terms import Agreement
from validators.codes import Code
from validators.families import FAMILIES
from validators.messages.lsr import NEW_DATE
from validators.messages.request import MessageFamily, Request
from validators.releases import FIRST, release_of, to_first
from validators.rules.case import (
    FacilityAnswer,
    OrderFacts,
    PartnerCodes,
    RecordCase,
    Standing,
)
from validators.rules.registry import AgreementRules, Kind, RuleBook, Unasked
from validators.verdict import Finding, Severity, Verdict
from validators.xml import XmlRefused, parse

MOST_FINDINGS: Final = 100
"""Findings of the rules that one verdict lists; a last one says how many more there are."""


class SchemaGate(Protocol):
    """What the judge asks of the schemas (`validators.schema.Schemas`)."""

    def admits(self, root: etree._Element, family: str) -> bool:
        """Say whether the document is valid by the schema of its family."""

    def check(self, root: etree._Element, family: str) -> tuple[Finding, ...]:
        """Give every error of the document by the schema of its family; nothing where it is valid."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as a message, or why it is none.

    Attributes:
        message: the message, None where the parser or the schema refused the document.
        findings: why they did.
        draft: what can be read of a document that only the schema refused: good for further advice, for nothing else.
    """

    message: Request | None
    findings: tuple[Finding, ...] = ()
    draft: Request | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is known of a message once its content was judged.

    Attributes:
        verdict: what the content rules found, in the order of the document.
        facts: the few values that later steps need.
        message: the message, kept only where a rule must compare it with the version in force (SUP 2), or where its
            life cycle stands in the agreement and goes on by what it says.
    """

    agreement_id: str
    verdict: Verdict
    facts: OrderFacts
    message: Request | None = None


class Judge:
    """Judges messages by their partners' agreements."""

    def __init__(
        self,
        schemas: SchemaGate,
        agreements: Mapping[str, Agreement],
        rulebook: RuleBook,
        later: Mapping[tuple[str, MessageFamily], SchemaGate] = MappingProxyType({}),
    ) -> None:
        """Take the schemas of the first release, the agreements by id, the rules, and later releases by family.

        Raises:
            ValueError: an agreement sets a rule that does not exist.
        """
        self._schemas = schemas
        self._later = later
        self.agreements = agreements
        self.rulebook = rulebook
        self._rules = {name: rulebook.for_agreement(agreement) for name, agreement in agreements.items()}
        self._product_of: Mapping[tuple[str, MessageFamily], Recogniser] = {
            (name, family): recogniser(agreement, known.order_form)
            for name, agreement in agreements.items()
            for family, known in FAMILIES.items()
        }

    def read(self, body: bytes, family: MessageFamily) -> Reading:
        """Give the message in `body`, or every finding of the parser and the schema. Nothing of the tree survives."""
        try:
            root = parse(body)
        except XmlRefused as refusal:
            return Reading(None, (refusal.finding,))
        schemas = self._schemas_for(body, family)
        findings = schemas.check(root, family)
        foreign = any(finding.code == Code.UNKNOWN_ROOT for finding in findings)
        if findings and foreign:
            return Reading(None, findings)
        message = FAMILIES[family].read(root if schemas is self._schemas else to_first(root))
        return Reading(None, findings, message) if findings else Reading(message)

    def read_valid(self, body: bytes, family: MessageFamily) -> Request | None:
        """Give the message in `body`; None where `read` has findings. It takes microseconds either way."""
        try:
            root = parse(body)
        except XmlRefused:
            return None
        schemas = self._schemas_for(body, family)
        if not schemas.admits(root, family):
            return None
        return FAMILIES[family].read(root if schemas is self._schemas else to_first(root))

    def _schemas_for(self, body: bytes, family: MessageFamily) -> SchemaGate:
        """Give the schemas of the release that a document is written in, those of the first if they are not held."""
        release = release_of(body) if self._later else FIRST
        return self._later.get((release, family), self._schemas)

    def explain_refusal(
        self,
        reading: Reading,
        agreement_id: str,
        received_at: datetime,
        partner: PartnerCodes = PartnerCodes(),  # noqa: B008 - a frozen value
    ) -> tuple[Finding, ...]:
        """Give everything that is wrong with a refused document: what refused it, and what the rules say of the rest.

        A sender cures both at once that way. A rule is not heard on a field that the schema has spoken of.
        """
        if reading.draft is None:
            return reading.findings
        spoken_of = {finding.path for finding in reading.findings}
        ruled = self.judge(reading.draft, agreement_id, received_at, partner).verdict.findings
        further = [finding for finding in ruled if spoken_of.isdisjoint({finding.path, *finding.also})]
        return (*reading.findings, *further)

    def judge(
        self,
        message: Request,
        agreement_id: str,
        received_at: datetime,
        partner: PartnerCodes = PartnerCodes(),  # noqa: B008 - a frozen value
    ) -> Judgement:
        """Judge the content of `message`, received at an aware instant, by one agreement and the partner's own codes.

        Raises:
            KeyError: there is no such agreement.
        """
        rules = self._rules[agreement_id]
        known = FAMILIES[message.family]
        named = self._product_of[agreement_id, message.family]
        case = known.case(message, rules.agreement, named, received_at, partner)
        facts = known.facts(case)
        found = rules.on_content(_kind(facts), case)
        if known.by_terms is not None:
            found += known.by_terms(case)
        verdict = Verdict(_bounded(_in_document_order(found, message)) if len(found) > 1 else tuple(found))
        kept = facts.supplement_type == NEW_DATE or known.by_terms is not None
        return Judgement(agreement_id, verdict, facts, message if kept else None)

    def judge_record(self, judgement: Judgement, standing: Standing) -> tuple[Finding, ...]:
        """Give what stands against a judged message in view of what is on record under its PON.

        A facility answer that stands there is judged too, so that a new version that cures nothing is rejected at once.
        """
        rules = self._rules[judgement.agreement_id]
        case = self._record_case(rules, judgement.facts, standing, judgement.message)
        kind = _kind(judgement.facts)
        found = (*rules.on_record(kind, case), *rules.on_facilities(kind, case), *rules.on_references(kind, case))
        return _bounded(found)

    def judge_references(self, judgement: Judgement, standing: Standing) -> tuple[Finding, ...]:
        """Give what the reference data mean for an order that was taken while they were silent."""
        rules = self._rules[judgement.agreement_id]
        case = self._record_case(rules, judgement.facts, standing, judgement.message)
        kind = _kind(judgement.facts)
        return _bounded((*rules.on_facilities(kind, case), *rules.on_references(kind, case)))

    def unasked(self, judgement: Judgement, standing: Standing) -> tuple[Unasked, ...]:
        """Give the record rules that could not be asked of a judged message, each with the fact that it lacks."""
        rules = self._rules[judgement.agreement_id]
        case = self._record_case(rules, judgement.facts, standing, judgement.message)
        return rules.unasked(_kind(judgement.facts), case)

    def judge_facilities(self, facts: OrderFacts, agreement_id: str, answer: FacilityAnswer) -> tuple[Finding, ...]:
        """Give what a facility answer means for an accepted order with these facts."""
        rules = self._rules[agreement_id]
        case = self._record_case(rules, facts, Standing(facilities=answer), None)
        return tuple(rules.on_facilities(_kind(facts), case))

    @staticmethod
    def _record_case(
        rules: AgreementRules, facts: OrderFacts, standing: Standing, message: Request | None
    ) -> RecordCase:
        return RecordCase(facts, rules.agreement, rules.agreement.product(facts.product), standing, message)


def with_findings(judgement: Judgement, findings: tuple[Finding, ...]) -> Verdict:
    """Give the verdict of a judgement with further findings, such as those of the record, put before its own."""
    return Verdict((*findings, *judgement.verdict.findings)) if findings else judgement.verdict


def _kind(facts: OrderFacts) -> Kind:
    return Kind(
        facts.family, facts.requisition_type[:1], facts.activity, facts.product, facts.supplement_type, facts.forms
    )


def _bounded(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Give at most `MOST_FINDINGS` of them, and one that stands for the rest with the gravest severity among these."""
    rest = findings[MOST_FINDINGS:]
    if not rest:
        return findings
    severities = {finding.severity for finding in rest}
    gravest = next(severity for severity in Severity if severity in severities)
    cut = replace(
        next(finding for finding in rest if finding.severity is gravest),
        code=Code.MORE_ERRORS,
        value=None,
        text=f"{len(rest)} more findings are not listed.",
        cure="Cure those that are listed and send the document again.",
        also=(),
    )
    return (*findings[:MOST_FINDINGS], cut)


def _in_document_order(findings: list[Finding], message: Request) -> tuple[Finding, ...]:
    """Give the findings by the place of their field; one on a missing field stands where its form begins."""
    place = {path: number for number, (path, _) in enumerate(message.items())}
    begins: dict[str, int] = {}
    for path, number in place.items():
        parent = path
        while parent := parent.rpartition("/")[0]:
            begins.setdefault(parent, number)

    def position(finding: Finding) -> float:
        if finding.path in place:
            return place[finding.path]
        parent = finding.path
        while parent and parent not in begins:
            parent = parent.rpartition("/")[0]
        return begins.get(parent, -1) - 0.5

    return tuple(sorted(findings, key=position))
