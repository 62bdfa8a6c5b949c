"""The closed lists that the life cycles speak in: states, events, kinds of notice, causes, and the clocks' triggers.

A trigger is what clocks of the agreement start and stop on; the agreement's terms own that list.
"""

from enum import StrEnum

from validators.agreement.clock_terms import Trigger

__all__ = ["Cause", "Event", "NoticeKind", "State", "Trigger"]


class State(StrEnum):
    """Where an order stands."""

    RECEIVED = "RECEIVED"
    """It came in and is not judged yet."""
    REJECTED = "REJECTED"
    """Its last version was refused and no earlier one stands; it waits for a new version."""
    ACCEPTED = "ACCEPTED"
    """It is valid and accurate; the FOC is owed."""
    NEGOTIATING = "NEGOTIATING"
    """A frame due time or a time out of hours is to be agreed before the FOC."""
    PENDING_FACILITIES = "PENDING_FACILITIES"
    """No facilities; the ILEC keeps it pending."""
    CONFIRMED = "CONFIRMED"
    """The FOC with the due date is out."""
    JEOPARDY = "JEOPARDY"
    """The due date is in danger or missed; a new FOC, a supplement or the completion follows."""
    COMPLETED = "COMPLETED"
    """The service order is completed."""
    BILLED = "BILLED"
    """The service order has posted to billing."""
    CANCELLED = "CANCELLED"
    """It is over without service."""


class Event(StrEnum):
    """What may happen to an order."""

    ACCEPT = "accept"
    """Intake found the first version valid and accurate (deferred ones too: a person decides about those later)."""
    REJECT = "reject"
    """Intake refused the first version, or the back end refused the version in force."""
    SUPPLEMENT_CANCEL = "supplement-1"
    """The CLEC cancels (SUP 1)."""
    SUPPLEMENT_DATE = "supplement-2"
    """The CLEC asks for another due date (SUP 2); intake found the version good."""
    SUPPLEMENT_CHANGE = "supplement-3"
    """The CLEC changes anything else (SUP 3); intake found the version good."""
    SUPERSEDE = "supersede"
    """A corrected version without SUP replaces a rejected one; intake found it good."""
    REJECT_SUPPLEMENT = "reject-supplement"
    """Intake refused a later version."""
    CONFIRM = "confirm"
    JEOPARDY = "jeopardy"
    FACILITIES_PENDING = "facilities-unavailable-pending"
    """No facilities; the order is kept pending."""
    FACILITIES_JOB = "facilities-unavailable-job"
    """No facilities yet; an engineering job will bring them."""
    FACILITIES_NO_BUILD = "facilities-unavailable-no-build"
    """No facilities, no job, no duty to build."""
    COMPLETE = "complete"
    BILL = "bill"
    CANCEL = "cancel"
    """The ILEC cancels, naming its right."""
    NEGOTIATE = "negotiate"
    CLARIFY = "clarify"
    """The ILEC asks for a supplement that clarifies an ASR."""
    INFORM = "inform"
    """The ILEC tells of an ASR what asks for no supplement."""
    EXPEDITE = "expedite"
    """The ILEC grants or denies the expedite that was asked for."""
    ILEC_READY = "ilec-ready"
    """The ILEC is ready at the appointment of a coordinated installation, and contacts the CLEC."""
    CLEC_READY = "clec-ready"
    """The CLEC was found ready then."""
    CLEC_NOT_READY = "clec-not-ready"
    """The CLEC was not found ready in its time."""
    DUE_DATE_MISSED = "due-date-missed"
    PENDING_FACILITIES_EXPIRED = "pending-facilities-expired"
    CANCEL_AFTER_30_DAYS = "cancel-after-30-days"


class NoticeKind(StrEnum):
    """The kinds of notice that a CLEC gets."""

    FOC = "foc"
    REJECT = "reject"
    JEOPARDY = "jeopardy"
    SOC = "soc"
    BCN = "bcn"
    STATUS = "status"
    CLARIFICATION = "clarification"
    """Something in an ASR is to be clarified, was cleared, or is told to its sender."""
    CANCELLED = "cancelled"
    FACILITIES = "facilities"
    PSON = "pson"
    """The provider has entered a service order: its number and what stands in it."""
    LOSS = "loss"
    """A service of the CLEC was disconnected or went to another carrier."""
    DEFICIENCY = "deficiency"
    """An application lacks something; each item with its cure."""
    COMPLETE = "complete"
    """A cured application is complete, with the rank that it has."""
    FEASIBILITY = "feasibility"
    DENIAL = "denial"
    QUOTATION = "quotation"
    ACCEPTANCE = "acceptance"
    """The acceptance of a quotation is complete."""
    READY = "ready"
    """Ready for service."""
    QUEUE = "queue"
    """What became of a place in a queue."""
    EXPIRED = "expired"


class Cause(StrEnum):
    """Whose doing a jeopardy is."""

    ILEC = "ilec"
    CLEC = "clec"
    """The CLEC or its end user."""
