"""What an effect is: it sees a request as the commit does, changes it, and gives the facts that newly hold."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from gateway.services.refusals import DecisionRefused
from validators.codes import Code
from validators.verdict import Finding, Severity

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry

New: TypeAlias = tuple[str, ...]
"""Facts that newly hold; clocks start and stop on them too."""
Effect: TypeAlias = Callable[["ProcessEntry", "Happening"], New]
NONE: Final[New] = ()


def not_by_agreement(entry: "ProcessEntry", field: str, text: str, section: str) -> DecisionRefused:
    """Give the refusal of a decision that says in `field` what the agreement does not allow."""
    finding = Finding(
        rule="decision-by-agreement",
        section=section,
        code=Code.FIELD_VALUE,
        severity=Severity.REJECT,
        path=f"/{field}",
        value=None,
        text=text,
        cure="Correct the decision and send it again.",
    )
    return DecisionRefused(entry.order.id, (finding,))
