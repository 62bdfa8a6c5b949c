"""A notice, apart from how it is written: its kind, the section that it rests on, and what it says."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from gateway.lifecycle.vocabulary import NoticeKind
from gateway.notices.charges import Charge
from validators.verdict import Finding

Value: TypeAlias = str | date | datetime | bool | tuple[str, ...]


class NoticeField(StrEnum):
    """The fields of notices: the name is the field's abbreviation (XML), the value its readable name (JSON)."""

    DD = "due_date"
    ORD = "order_number"
    APPTIME = "appointment_time"
    FDT = "frame_due_time"
    CHC = "coordinated"
    BAN1 = "billing_account"
    ECCKT = "circuit_ids"
    REJECTTYPE = "reject_type"
    RCODE = "rcode"
    RDET = "text"
    ESDD = "estimated_due_date"
    CAUSED_BY = "caused_by"
    SUPR = "supplement_required"
    CD = "completion_date"
    BCD = "billing_completion_date"
    CLOCK = "clock"
    CLOCK_NAME = "clock_name"
    DUE_AT = "due_at"
    OWED_BY = "owed_by"
    OWED_TO = "owed_to"
    PENDING_UNTIL = "pending_until"
    CANCELLED_BY = "cancelled_by"
    RT = "response_type"
    D_TSENT = "request_sent"
    CD_TSENT = "confirmation_sent"
    APP = "application_date"
    EBD = "effective_bill_date"
    PROJECT = "project"
    AN = "account"
    ATN = "account_telephone"
    REP = "representative"
    TEL_NO_REP = "representative_telephone"
    PIA = "provider_activity"
    LOSSTYPE = "loss_type"
    NAME = "service_name"
    SA = "service_address"
    LINES = "lost_lines"
    REMARKS = "remarks"
    TITLE = "title"
    LINE = "lines"
    NRC = "nonrecurring"
    MRC = "recurring"
    PAYMENT = "required_payment"
    MIRROR = "mirrored_to"
    CNT = "clarification_type"
    C_NR_VER = "clarification_version"
    CRDD = "response_due_date"
    SDI = "further_dispatch"
    INIT = "initiator"
    ICSC = "service_center"
    PROVINT = "provisioning_days"
    DLRD = "design_layout_date"
    PTD = "plant_test_date"
    NFR = "new_facilities"
    ECSPC = "point_code"
    TSC = "two_six_code"
    CKR = "customer_circuit"
    SAPR = "address_number_prefix"
    SANO = "address_number"
    SASF = "address_number_suffix"
    SASD = "street_direction"
    SASN = "street"
    SATH = "street_type"
    SASS = "street_suffix"
    CITY = "city"
    STATE = "state"
    ZIP = "zip"


class RejectType(StrEnum):
    """Whether a reject can be cured (REJECTTYPE)."""

    NONFATAL = "NONFATAL"
    """A new version of the same request may cure it."""
    FATAL = "FATAL"
    """It ends the request; only a new request goes on."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One of several alike: a line of a FOC, an entry of a service order.

    Attributes:
        element: its element (XML).
        plural: the member that lists all of them (JSON).
        fields: (element, member, value) of each, in their order.
    """

    element: str
    plural: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class NoticeContent:
    """What one notice says.

    Attributes:
        kind: kind of notice.
        section: section of the agreement that it rests on; never empty.
        fields: its fields in their order.
        findings: the grounds of a reject.
        charges: what applies to the order by the agreement; it is billed elsewhere.
        details: what stands in it several times.
        form: the form that it is written in, where that is not the one named after the kind: CN or C_NR.

    Raises:
        ValueError: the section is empty; no notice goes out without its clause.
    """

    kind: NoticeKind
    section: str
    fields: tuple[tuple[NoticeField, Value], ...] = ()
    findings: tuple[Finding, ...] = ()
    charges: tuple[Charge, ...] = ()
    details: tuple[Detail, ...] = ()
    form: str | None = None

    def __post_init__(self) -> None:
        """Refuse what has no section."""
        if not self.section.strip():
            raise ValueError(f"a {self.kind} notice needs the section it rests on")


def notice_content(kind: NoticeKind, section: str, **fields: Value | None) -> NoticeContent:
    """Give a notice with those of `fields`, by their abbreviations, that have a value."""
    return NoticeContent(kind, section, fields_given(**fields))


def fields_given(**fields: Value | None) -> tuple[tuple[NoticeField, Value], ...]:
    """Give those of `fields`, by their abbreviations, that have a value."""
    return tuple((NoticeField[name], value) for name, value in fields.items() if value not in (None, False, (), ""))
