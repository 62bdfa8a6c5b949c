"""What every measure is computed with: the exhibit's terms, the business days, and the zone they are told in."""

from dataclasses import dataclass, replace

from gateway.reports.measures.readings import MeasureReadings
from gateway.reports.measures.terms import MeasureLimits, MeasureTerms
from validators.agreement.calendar import BusinessCalendar


@dataclass(frozen=True, slots=True)
class MeasureBasis:
    """The terms of Exhibit B with the holiday calendar in force (R-CAL)."""

    terms: MeasureTerms
    calendar: BusinessCalendar

    @property
    def readings(self) -> MeasureReadings:
        """The readings the figures rest on."""
        return self.terms.readings

    @property
    def limits(self) -> MeasureLimits:
        """The exhibit's numbers."""
        return self.terms.limits

    def reading(self, readings: MeasureReadings) -> "MeasureBasis":
        """Give the same basis under other readings."""
        return replace(self, terms=replace(self.terms, readings=readings))
