"""The envelope of everything on a stream: CloudEvents 1.0, structured JSON mode."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import to_json

from gateway.queue.names import work_stream
from gateway.record.rows import Family, Json, Order, WorkItem

FIELD: Final = "event"
"""Name of the one field of a stream entry; it holds the envelope as JSON text."""


SOURCE: Final = "urn:oss-gateway"
"""CloudEvents source of everything that the gateway itself puts on a stream."""
DECISION: Final = "org.oss-gateway.decision.v1"
"""CloudEvents type of a decision; `data.decision` says which."""


class Happening(StrEnum):
    """What the CLEC did that gives the back end work."""

    RECEIVED = "received"
    SUPPLEMENTED = "supplemented"


@dataclass(frozen=True, slots=True)
class WorkData:
    """One work item: all that the back end needs, the document included, so that no second call is due."""

    __pydantic_config__ = ConfigDict(use_attribute_docstrings=True)

    order_id: str
    number: str
    """The provider's number for the order (LSR NO, ASR NO)."""
    family: Family
    partner_id: str
    agreement_id: str
    pon: str
    ver: str
    supplement: str | None
    """SUP of this version; None for the first."""
    product: str
    activity: str
    state: str
    """State of the order after this version was taken."""
    received_at: datetime
    application_at: datetime | None
    desired_due_date: date | None
    flow_through: bool
    deferred: tuple[Json, ...]
    """Findings that the back end must judge, with rule, section and path."""
    document_url: str
    """Path of the document as the CLEC sent it, below the gateway's address."""
    digest: str
    """SHA-256 of the document's bytes, hex."""
    document: str
    """The XML itself."""


def work_type(family: Family, happening: Happening) -> str:
    """Give the CloudEvents type of a work item: `org.oss-gateway.lsr.received.v1`."""
    return f"org.oss-gateway.{family}.{happening}.v1"


def work_item(
    work_id: str,
    order: Order,
    *,
    supplement: str | None,
    deferred: Sequence[Json],
    document: bytes,
    digest: str,
    at: datetime,
) -> WorkItem:
    """Give the outbox row that hands the version in force of `order` to the back end.

    Args:
        work_id: id of the row and of the CloudEvent, on every send.
        order: the order with this version taken.
        supplement: SUP of this version; None for the first.
        deferred: findings that are left to the back end.
        document: the XML, UTF-8.
        digest: SHA-256 of it, hex.
        at: when the version was received.
    """
    happening = Happening.RECEIVED if supplement is None else Happening.SUPPLEMENTED
    return WorkItem(
        id=work_id,
        stream=work_stream(order.family),
        order_id=order.id,
        partner_id=order.partner_id,
        ver=order.ver,
        envelope=as_text(
            {
                "specversion": "1.0",
                "id": work_id,
                "source": SOURCE,
                "type": work_type(order.family, happening),
                "subject": order.id,
                "time": at.isoformat(),
                "datacontenttype": "application/json",
                "data": _data(order, supplement, deferred, document, digest),
            }
        ),
        created_at=at,
    )


def _data(
    order: Order, supplement: str | None, deferred: Sequence[Json], document: bytes, digest: str
) -> Mapping[str, Any]:
    """Give the JSON of `WorkData`, written at once: this is on the way of every order."""
    return {
        "order_id": order.id,
        "number": order.number,
        "family": order.family.value,
        "partner_id": order.partner_id,
        "agreement_id": order.agreement_id,
        "pon": order.pon,
        "ver": order.ver,
        "supplement": supplement,
        "product": order.product,
        "activity": order.activity,
        "state": order.state,
        "received_at": order.received_at.isoformat(),
        "application_at": order.application_at and order.application_at.isoformat(),
        "desired_due_date": order.desired_due_date and order.desired_due_date.isoformat(),
        "flow_through": bool(order.facts.get("flow_through", False)),
        "deferred": deferred,
        "document_url": f"/v1/orders/{order.id}/document",
        "digest": digest,
        "document": document.decode("utf-8"),
    }


def as_text(event: Mapping[str, Any]) -> str:
    """Give an envelope as JSON text."""
    return to_json(event).decode()


def numbered(envelope: str, seq: int) -> str:
    """Add the CloudEvents `sequence` attribute: of two items about one order the later has the higher number.

    It is written into the text, since reading and writing the whole again would cost more than all else of sending it.
    """
    return f'{envelope[:-1]},"sequence":"{seq:020d}"}}'


NonEmpty = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class WorkEvent(BaseModel):
    """A work item as it stands on a work stream. Its `id` is the same on every send: know by it what you have seen."""

    model_config = ConfigDict(frozen=True)

    specversion: Literal["1.0"]
    id: NonEmpty
    source: Literal["urn:oss-gateway"]
    type: Annotated[str, StringConstraints(pattern=r"^org\.oss-gateway\.[a-z]+\.[a-z]+\.v1$")]
    subject: NonEmpty = Field(description="Id of the order.")
    time: AwareDatetime = Field(description="When the CLEC's message was received.")
    datacontenttype: Literal["application/json"]
    sequence: Annotated[str, StringConstraints(pattern=r"^[0-9]{20}$")] = Field(
        description="Of two items about one order the later has the higher number."
    )
    data: WorkData


class DecisionEvent(BaseModel):
    """A decision of the back end as it stands on the decision stream. `source` and `id` together name it for ever."""

    model_config = ConfigDict(frozen=True, extra="allow")

    specversion: Literal["1.0"]
    id: NonEmpty
    source: NonEmpty
    type: Literal["org.oss-gateway.decision.v1"]
    subject: NonEmpty = Field(description="Id of the order that is decided.")
    time: AwareDatetime | None = Field(default=None, description="When the back end decided.")
    datacontenttype: Literal["application/json"] = "application/json"
    data: dict[str, Any] = Field(description="The same body as `POST /v1/backend/orders/{id}/decisions` takes.")

    @property
    def decision_id(self) -> str:
        """Give the id under which the record knows this decision, so that it is carried out once."""
        return f"{self.source} {self.id}"
