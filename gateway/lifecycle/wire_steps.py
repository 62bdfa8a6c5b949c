"""Decisions about requests whose life cycles stand in their agreement, as JSON."""

from pydantic import BaseModel, ConfigDict, Field

from validators.agreement.process_terms import EventName


class StepDecision(BaseModel):
    """A decision about a request whose life cycle stands in its agreement, such as one about collocation.

    What it carries beside is what that step asks for: docs/reference/collocation-decisions.md lists it for the shipped
    agreement, each value with its shape and an example.
    """

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {"decision": "feasible", "delays": "The permit of the city is awaited"},
                {"decision": "quote", "elements": [{"code": "8.1.2.1", "quantity": 24}]},
            ]
        },
    )

    decision: EventName = Field(description="A step of the life cycle that the ILEC takes.")
    ver: str | None = Field(None, pattern="^[0-9A-Z]{2}$", description="Version answered; absent = in force")
