"""A judge with the shipped agreements, and the sample orders to lay before it, changed field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from validators.agreement.terms import Agreement
from validators.families import FAMILIES, family_of
from validators.judge import Judge, Judgement
from validators.messages.compose import compose
from validators.messages.lsr import LocalServiceRequest, read_lsr
from validators.messages.request import Request
from validators.rules.case import FacilityAnswer, PartnerCodes, Standing
from validators.rules.registry import Kind
from validators.schema import Schemas
from validators.verdict import Finding
from validators.xml import parse

MOUNTAIN = ZoneInfo("America/Denver")
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=MOUNTAIN)
"""When most samples were sent: a business day, before every cut-off."""

_SAMPLES = Path(__file__).parents[1] / "samples"

LOOP = "01-loop-new-install"
CONDITIONED_LOOP = "02-loop-new-conditioning"
LOOP_WITH_PORT = "03-loop-with-number-port"
PORT = "04-standalone-port-multi-tn"
SIMPLE_PORT = "05-simple-port"
DISCONNECT = "06-disconnect-loop"
NEW_DATE = "07-supplement-due-date"
CANCEL = "08-supplement-cancel"
LOOPS_24 = "09-multi-line-24-loops"
LOOPS_30 = "10-multi-line-30-loops-icb"

TRUNKS = "asr/01-lis-new-two-way-24-ds0"
MORE_TRUNKS = "asr/02-lis-augment-24"
TRANSPORT = "asr/03-udit-ds1-new-boise-twin-falls"
REARRANGED = "asr/04-udit-rearrangement"
TRANSPORT_ENDS = "asr/05-udit-disconnect"
TRUNKS_NEW_DATE = "asr/06-supplement-due-date"
TRUNKS_CANCELLED = "asr/07-supplement-cancel"
TRUNKS_264 = "asr/08-lis-over-240-trunks-icb"

NEW_YEAR = datetime(2027, 1, 4, 9, 15, tzinfo=MOUNTAIN)
"""When the first sample ASR was sent: a Monday."""


def sample(name: str) -> str:
    """Give the field=value text of a sample order: an LSR, or an ASR under `asr/`."""
    return (_SAMPLES / (name if "/" in name else f"lsr/{name}")).with_suffix(".txt").read_text(encoding="utf-8")


@dataclass(slots=True)
class Court:
    """Judges samples and remembers which rules were asked, and which found something."""

    judge: Judge
    schemas: Schemas
    asked: list[tuple[frozenset[str], frozenset[str]]] = field(default_factory=list)
    """For each judgement the ids of the rules that were asked, and of those that found something."""

    def document(self, name: str, sets: Mapping[str, str] | None = None, drops: Iterable[str] = ()) -> bytes:
        """Give a sample as XML, with fields set and dropped."""
        return compose(sample(name), sets, drops, schemas=self.schemas)

    def message(
        self, name: str, sets: Mapping[str, str] | None = None, drops: Iterable[str] = ()
    ) -> LocalServiceRequest:
        """Give a sample as a message; the schema is not asked, so values may be wrong."""
        return read_lsr(parse(self.document(name, sets, drops)))

    def request(self, name: str, sets: Mapping[str, str] | None = None, drops: Iterable[str] = ()) -> Request:
        """Give a sample of any family as a message."""
        root = parse(self.document(name, sets, drops))
        family = family_of(root)
        assert family is not None
        return FAMILIES[family].read(root)

    def judged(
        self,
        message: Request,
        *,
        agreement: str = "template",
        received: datetime = MONDAY,
        partner: PartnerCodes | None = None,
    ) -> Judgement:
        """Judge the content of a message."""
        judgement = self.judge.judge(message, agreement, received, partner or PartnerCodes())
        rules = self.judge._rules[agreement]
        self._note(rules._content(_kind(judgement)), judgement.verdict.findings)
        return judgement

    def findings(
        self,
        name: str,
        sets: Mapping[str, str] | None = None,
        drops: Iterable[str] = (),
        *,
        agreement: str = "template",
        received: datetime = MONDAY,
    ) -> tuple[Finding, ...]:
        """Give what the content rules find in a sample."""
        return self.judged(self.request(name, sets, drops), agreement=agreement, received=received).verdict.findings

    def on_record(self, message: Request, standing: Standing, received: datetime = MONDAY) -> list[Finding]:
        """Give what the record rules find in a message, in view of what is on record."""
        judgement = self.judge.judge(message, "template", received)
        found = self.judge.judge_record(judgement, standing)
        rules = self.judge._rules["template"]
        kind = _kind(judgement)
        facilities = rules._facilities(kind) if standing.facilities else ()
        self._note((*rules._record(kind), *facilities, *rules._references(kind)), found)
        return list(found)

    def on_answer(self, judgement: Judgement, answer: FacilityAnswer) -> tuple[Finding, ...]:
        """Give what a facility answer means for an order."""
        found = self.judge.judge_facilities(judgement.facts, judgement.agreement_id, answer)
        self._note(self.judge._rules[judgement.agreement_id]._facilities(_kind(judgement)), found)
        return found

    def under(self, agreement: Agreement) -> "Court":
        """Give a court that judges by `agreement` alone, as its template."""
        judge = Judge(self.schemas, {"template": agreement}, self.judge.rulebook)
        return Court(judge, self.schemas, self.asked)

    def tripped(self, rule: str) -> bool:
        """Say whether the rule found something in any judgement."""
        return any(rule in found for _, found in self.asked)

    def passed(self, rule: str) -> bool:
        """Say whether the rule was asked in any judgement and found nothing."""
        return any(rule in asked and rule not in found for asked, found in self.asked)

    def _note(self, rules: Iterable[tuple[object, ...]], found: Iterable[Finding]) -> None:
        ids = frozenset(str(getattr(rule[0], "id", "")) for rule in rules)
        self.asked.append((ids, frozenset(finding.rule for finding in found)))


def _kind(judgement: Judgement) -> Kind:
    facts = judgement.facts
    return Kind(
        facts.family, facts.requisition_type[:1], facts.activity, facts.product, facts.supplement_type, facts.forms
    )
