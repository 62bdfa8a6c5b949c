"""What was promised during a run, as its outside saw it: answers to CLECs, work handed over, decisions taken."""

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """One 202 to one submission."""

    order_url: str
    body: bytes


@dataclass(slots=True)
class Promises:
    """The journal of one run. Everything in it was seen by a party outside the gateway."""

    sent: dict[tuple[str, str], bytes] = field(default_factory=dict)
    """Bytes of every submission that was ever tried, by PON and VER."""
    answers: dict[tuple[str, str], list[Answer]] = field(default_factory=lambda: defaultdict(list))
    """Every 202, by PON and VER; a submission that was sent again has several."""
    deliveries: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """How often each order's work reached the back end, by order id."""
    decisions: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    """Idempotency key of every decision that was answered 2xx, with the order and notice that the answers named."""
    streamed: dict[str, str] = field(default_factory=dict)
    """Decisions that went over the stream, by the id that the record has for them, with their order."""
    surprises: list[str] = field(default_factory=list)
    """Answers that no peer had reason to expect, in words."""
    mailbox: list[str] = field(default_factory=list)
    """Notice ids in the order in which the CLEC read them with its cursor."""

    def acknowledged_orders(self) -> dict[str, tuple[str, str]]:
        """Give the id of every acknowledged order with its PON and VER."""
        return {answers[0].order_url.rsplit("/", 1)[1]: key for key, answers in self.answers.items()}
