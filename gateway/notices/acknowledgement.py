"""The acknowledgement: what the sender of an order is told at once, as XML of the release and as JSON.

It is on the way of every order, so its XML is put together as text and not through a tree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gateway.notices.document import finding_fields
from gateway.notices.numbers import NUMBER_FIELD
from gateway.notices.xml_text import xml_text
from gateway.record.rows import Family
from validators.verdict import Finding, Severity

NAMESPACE = "urn:oss-gateway:r1:acknowledgement"


@dataclass(frozen=True, slots=True)
class AcknowledgedClock:
    """A clock that the order started.

    Attributes:
        id: id of the clock in the agreement.
        section: its section.
        due_at: last instant that is in time, aware.
        owed_by: who owes.
    """

    id: str
    section: str
    due_at: datetime
    owed_by: str


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What is answered to one submission. Instants are aware and carry the offset that they are shown with.

    Attributes:
        order_id: id of the order in the gateway.
        number: the provider's number (LSR NO, ASR NO).
        order_url: where the order can be asked for.
        pon: purchase order number.
        ver: version.
        outcome: `accepted`, `deferred` or `rejected`.
        received_at: when the gateway received it.
        application_date: day from which intervals count; None if it was rejected.
        application_section: section that sets it.
        findings: all that was found.
        clocks: the clocks that started.
        family: family of the request.
    """

    order_id: str
    number: str
    order_url: str
    pon: str
    ver: str
    outcome: str
    received_at: datetime
    application_date: date | None = None
    application_section: str | None = None
    findings: tuple[Finding, ...] = ()
    clocks: tuple[AcknowledgedClock, ...] = ()
    family: Family = Family.LSR

    def as_json(self) -> dict[str, Any]:
        """Give it as plain JSON values; `from_json` reads them back."""
        shown: dict[str, Any] = {
            "order_id": self.order_id,
            "family": self.family.value,
            "number": self.number,
            "order_url": self.order_url,
            "pon": self.pon,
            "ver": self.ver,
            "outcome": self.outcome,
            "received_at": self.received_at.isoformat(),
        }
        if self.application_date is not None:
            shown["application_date"] = self.application_date.isoformat()
            shown["application_section"] = self.application_section
        shown["findings"] = [finding.as_json() for finding in self.findings]
        shown["clocks"] = [
            {"id": clock.id, "section": clock.section, "due_at": clock.due_at.isoformat(), "owed_by": clock.owed_by}
            for clock in self.clocks
        ]
        return shown

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Acknowledgement":
        """Read back what `as_json` gave, so that the same message again gets the same answer again."""
        applied = kept.get("application_date")
        return cls(
            order_id=kept["order_id"],
            family=Family(kept.get("family", "lsr")),
            number=kept["number"],
            order_url=kept["order_url"],
            pon=kept["pon"],
            ver=kept["ver"],
            outcome=kept["outcome"],
            received_at=datetime.fromisoformat(kept["received_at"]),
            application_date=date.fromisoformat(applied) if applied else None,
            application_section=kept.get("application_section"),
            findings=tuple(_finding_from(finding) for finding in kept["findings"]),
            clocks=tuple(
                AcknowledgedClock(
                    clock["id"], clock["section"], datetime.fromisoformat(clock["due_at"]), clock["owed_by"]
                )
                for clock in kept["clocks"]
            ),
        )

    def as_xml(self) -> bytes:
        """Give it as an `Acknowledgement` document in UTF-8."""
        return (
            f'<Acknowledgement xmlns="{NAMESPACE}"><ORDER_ID>{self.order_id}</ORDER_ID>'
            f"{_element(NUMBER_FIELD[self.family], self.number)}"
            f"<ORDER_URL>{_escape(self.order_url)}</ORDER_URL><PON>{_escape(self.pon)}</PON><VER>{_escape(self.ver)}</VER>"
            f"<OUTCOME>{self.outcome}</OUTCOME><RECEIVED_AT>{self.received_at.isoformat()}</RECEIVED_AT>"
            f"{self._application_xml()}{_findings_xml(self.findings)}{_clocks_xml(self.clocks)}</Acknowledgement>"
        ).encode()

    def _application_xml(self) -> str:
        if self.application_date is None:
            return ""
        section = _escape(self.application_section or "")
        return f'<APPLICATION_DATE SECTION="{section}">{self.application_date.isoformat()}</APPLICATION_DATE>'


def _clocks_xml(clocks: Sequence[AcknowledgedClock]) -> str:
    return "".join(
        [
            f"<CLOCK><ID>{_escape(clock.id)}</ID><SECTION>{_escape(clock.section)}</SECTION>"
            f"<DUE_AT>{clock.due_at.isoformat()}</DUE_AT><OWED_BY>{_escape(clock.owed_by)}</OWED_BY></CLOCK>"
            for clock in clocks
        ]
    )


def _findings_xml(findings: Sequence[Finding]) -> str:
    return "".join(
        f"<FINDING>{''.join(_element(name, text) for name, text in finding_fields(finding))}</FINDING>"
        for finding in findings
    )


def _element(name: str, text: str | None) -> str:
    return "" if text is None else f"<{name}>{_escape(xml_text(text))}</{name}>"


def _escape(text: str) -> str:
    if text.isalnum():
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace('"', "&quot;").replace("\r", "&#13;")


def _finding_from(kept: Mapping[str, Any]) -> Finding:
    return Finding(
        rule=kept["rule"],
        section=kept["section"],
        code=kept["code"],
        severity=Severity(kept["severity"]),
        path=kept["path"],
        value=kept.get("value"),
        text=kept["text"],
        cure=kept["cure"],
        also=tuple(kept.get("also", ())),
    )
