"""The inputs of cases about collocations."""

from collections.abc import Mapping

from pydantic import AliasChoices, Field

from gateway.reports.cases.case_values import CaseInput, Day, MonthText
from gateway.reports.measures.cp2_collocations import CollocationJob


class CollocationInput(CaseInput):
    """One collocation."""

    id: str | None = None
    clec: str = ""
    type: str
    received: Day
    quote: Day
    accepted: Day | None = None
    forecast: Day | None = None
    equipment: Day | None = None
    major_days: int | None = Field(
        default=None, validation_alias=AliasChoices("major_days", "major_infrastructure_days", "major_infrastructure")
    )
    negotiated_rfs: Day | None = None
    rescheduled_rfs: Day | None = None
    ready: Day | None = None
    done: Mapping[str, Day | None] = Field(default_factory=dict)
    payments_made: bool = True
    cancelled: bool = False

    def record(self, number: int) -> CollocationJob:
        """Give the collocation; without an id it is called by its number in the case."""
        values = {name: value for name, value in self if name not in {"id", "received"}}
        return CollocationJob(record_id=self.id or str(number), complete_received=self.received, **values)


class CollocationCase(CaseInput):
    """One collocation."""

    application: CollocationInput


class CollocationsInput(CaseInput):
    """The collocations that became ready in a month."""

    period: MonthText
    applications: tuple[CollocationInput, ...]
