"""What judging a message gives: findings, and the verdict that follows from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a finding does to its message."""

    REJECT = "reject"
    """The message is refused; the CLEC may cure it with a new version."""
    DEFER = "defer"
    """The message is accepted, but a person decides before any automatic step (individual case basis)."""
    WARN = "warn"
    """The message is accepted; the CLEC is told."""


class Outcome(StrEnum):
    """What a verdict says of the whole message."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in one message.

    Attributes:
        rule: catalogue id of the rule, e.g. `conditioning-not-preapproved`; `schema` and `xml` for the gates before.
        section: section of the agreement (or of the standard) that the rule rests on, e.g. `9.2.4.3.1.1`.
        code: stable code for machines, one list for the whole gateway (`validators/codes.py`), e.g. `E312`.
        severity: what the finding does to the message.
        path: place in the document, readable, e.g. `/LocalServiceRequest/LS/DETAILS/DETAIL[2]/CFA`.
        value: the offending text as sent (at most 200 characters), None where the thing is missing.
        text: what is wrong, naming the field.
        cure: what the sender can do about it.
        also: further paths, for a rule that spans several fields or forms.
    """

    rule: str
    section: str
    code: str
    severity: Severity
    path: str
    value: str | None
    text: str
    cure: str
    also: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Give the finding as a JSON object: the same names, absent ones left out."""
        shown: dict[str, object] = {
            "rule": self.rule,
            "section": self.section,
            "code": self.code,
            "severity": self.severity.value,
            "path": self.path,
            "value": self.value,
            "text": self.text,
            "cure": self.cure,
            "also": list(self.also),
        }
        return {name: value for name, value in shown.items() if value not in (None, [])}


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings on one message, in the order of the document."""

    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Verdict":
        """Gather `findings` into a verdict."""
        return cls(tuple(findings))

    @property
    def outcome(self) -> Outcome:
        """REJECTED if anything rejects, else DEFERRED if anything defers, else ACCEPTED."""
        if not self.findings:
            return Outcome.ACCEPTED
        severities = {finding.severity for finding in self.findings}
        if Severity.REJECT in severities:
            return Outcome.REJECTED
        return Outcome.DEFERRED if Severity.DEFER in severities else Outcome.ACCEPTED
