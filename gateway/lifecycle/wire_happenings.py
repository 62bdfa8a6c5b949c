"""What the back end reports that changes no state, as JSON: service orders, and services that were lost."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gateway.lifecycle import happenings
from gateway.lifecycle.happenings import LossKind
from gateway.lifecycle.wire_types import Body, Code, Day, OrderNumber, Remarks


class ServiceOrderItemBody(BaseModel):
    """One entry of a service order."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    action: Literal["I", "O", "C"] = Field(description="In, out or changed")
    code: Code = Field(description="What: a USOC or another code of the provider")
    quantity: int = Field(default=1, ge=1, le=99_999)
    text: Remarks | None = None


class ServiceOrderBody(Body):
    """A service order was entered for the request: the CLEC gets its number and its contents (PSON)."""

    decision: Literal["service-order"]
    order_number: OrderNumber
    due_date: Day | None = None
    items: tuple[ServiceOrderItemBody, ...] = Field(default=(), max_length=1000)
    remarks: Remarks | None = None

    def to_decision(self) -> happenings.ServiceOrderEntered:
        """Give the report that the body states."""
        items = tuple(happenings.ServiceOrderItem(**item.model_dump()) for item in self.items)
        return happenings.ServiceOrderEntered(**self.model_dump(exclude={"decision", "items"}), items=items)


class ServiceLostBody(Body):
    """The service of a completed order is no longer the CLEC's: it gets a loss notice."""

    decision: Literal["service-lost"]
    lost_on: Day
    kind: LossKind
    order_number: OrderNumber | None = None
    proof_of_authorization: bool = Field(default=False, description="The ILEC has it; a win-back needs it (9.2.2.15.1)")
    remarks: Remarks | None = None

    @model_validator(mode="after")
    def _authorized(self) -> "ServiceLostBody":
        if self.kind is LossKind.WIN_BACK and not self.proof_of_authorization:
            raise ValueError(
                "the loop is disconnected only where proof of authorization was obtained (9.2.2.15.1): "
                "say so with proof_of_authorization"
            )
        return self

    def to_decision(self) -> happenings.ServiceLost:
        """Give the report that the body states."""
        return happenings.ServiceLost(**self.model_dump(exclude={"decision"}))
