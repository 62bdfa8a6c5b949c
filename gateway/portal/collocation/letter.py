"""A message about a request while it is written: what it is asked for, and what stands in its form."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gateway.portal.collocation.asked_for import AskedForm
from gateway.portal.collocation.written import Values, faults_by_field, rows_of
from gateway.portal.pages import Context
from gateway.record.rows import Order
from gateway.services.request_outlook import MessageNow
from validators.agreement.terms import Agreement
from validators.messages.collocation import APPLICATION
from validators.verdict import Finding, Outcome, Verdict

_FIRST = "00"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message while it is written.

    Attributes:
        partner_id: whose it is.
        agreement: which judges it.
        kind: kind of the request.
        says: what the message says.
        forms: what it is asked for.
        order: the request that it is about; None for the first message of one.
        ver: its VER.
        now: what the life cycle says of it; None for a first message.
    """

    partner_id: str
    agreement: Agreement
    kind: str
    says: str
    forms: Sequence[AskedForm]
    order: Order | None = None
    ver: str = _FIRST
    now: MessageNow | None = None

    def head(self, pon: str) -> Mapping[str, str]:
        """Give the fields that the page fills in."""
        head = {"COLLO.PON": pon, "COLLO.VER": self.ver, "COLLO.MSG": self.says.upper()}
        return {**head, "COLLO.KIND": self.kind.upper()} if self.says == APPLICATION else head


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in the form, and what was found in it.

    Attributes:
        values: what was filled in.
        pon: its PON.
        key: what makes sending it twice the same as sending it once; empty for a new form.
        lines: how many lines each form is to show at least.
        findings: what is to be mended.
        checked: whether it was judged.
        refused: why it was not taken, where that is no finding.
    """

    values: Values
    pon: str = ""
    key: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    checked: bool = False
    refused: str = ""

    def context(self, letter: Letter) -> Context:
        """Give what the page of a letter with it shows."""
        errors = [finding.as_json() for finding in self.findings]
        terms = letter.agreement.collocation
        return {
            "letter": letter,
            "kind": terms.kinds[letter.kind] if terms else None,
            "sheet": self,
            "values": self.values,
            "lines": {form.name: self._shown_lines(form.name) for form in letter.forms},
            "key": self.key or secrets.token_hex(16),
            "errors": errors,
            "wrong": faults_by_field(errors, letter.forms),
            "deferred": Verdict(tuple(self.findings)).outcome is Outcome.DEFERRED,
        }

    def _shown_lines(self, form: str) -> int:
        return max(rows_of(self.values, form), self.lines.get(form, 0), 1)
