"""The readings register of Exhibit B: what the text leaves open, and which reading the figures rest on.

R-CAL, R-SUBLOOP, R-DS1CUT and R-BIZHOURS are data (holidays, product cut-offs, hours of the service centres); R-MT,
R-ZERO and R-ROUND have one reading only: real elapsed time, no figure for an empty population, no rounding but for
display.
"""

from dataclasses import dataclass
from datetime import time
from typing import Literal


@dataclass(frozen=True, slots=True)
class MeasureReadings:
    """One value a question. Printed with every report; the id in brackets is the register's."""

    business_day_start: time
    """[R-START] When "the start of the next business day" is."""
    cutoff_boundary: Literal["strictly_after", "at_or_after"]
    """[R-CUT] Whether the cut-off instant itself is still in time."""
    weekend_boundary: Literal["inclusive", "exclusive"]
    """[R-WKND] Whether Friday's instant itself opens the weekend."""
    within: Literal["inclusive", "exclusive"]
    """[R-INC] Whether the limit itself is within the limit."""
    foc_before_application: Literal["on_time", "excluded"]
    """[R-NEG] A FOC sent before the deemed application time."""
    maintenance_in_up_time: Literal["runs", "stops"]
    """[R-UP] Whether announced maintenance inside scheduled up time stops PO-5A's clock."""
    clock_version: Literal["last_before_foc", "first"]
    """[R-VER] Which complete version starts the clock."""
    workweek_holidays: Literal["out", "in"]
    """[R-WORKWEEK] Whether PO-3C's workweek clock hours run on holidays."""
    jeopardy_on_due_date: Literal["late", "in_advance"]
    """[R-JEP] A jeopardy on the original due date itself."""
    saturdays: Literal["due_or_completed", "all"]
    """[R-SAT] Which Saturdays OP-4 counts: those the order is due or completed on; or all, if it has such a one."""
    customer_pair: Literal["last_date", "first_date"]
    """[R-PAIR] Which customer date closes a pair after an ILEC change."""
    earlier_customer_date: Literal["floor", "signed"]
    """[R-NEGDELAY] Whether a date that the customer moves earlier adds days back."""
    interval_below_zero: Literal["floor", "signed"]
    """[R-FLOOR] An installation interval below zero."""
    past_due: Literal["before_last_day", "through_last_day"]
    """[R-OP15LATE] From which Applicable Due Date on a pending order is past due."""
    customer_date_after_period: Literal["capped", "full"]
    """[R-OP15CAP] A customer date beyond the last day of the period."""
    short_notice_maintenance: Literal["outage", "down_time"]
    """[R-DOWN48] Maintenance announced too late."""
    collocation_overlap: Literal["once", "overlapping"]
    """[R-CP2EXCL] Whether a job of CP-2C also stands in CP-2A or CP-2B."""
    acceptance_on_last_day: Literal["late", "expired"]
    """[R-CP2D30] A quote accepted exactly on day 30."""
    equipment_days_from: Literal["agreement", "application"]
    """[R-CP2ICA] Virtual, accepted late: equipment days from acceptance (8.4.2.4.2) or application (CP-2)."""
    forecasted_major: Literal["standard", "extended"]
    """[R-CP2MIM] Major infrastructure on a forecasted job."""
