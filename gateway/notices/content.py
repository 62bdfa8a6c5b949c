"""What each notice says: one builder a kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from gateway.lifecycle import decisions
from gateway.lifecycle.decisions import Decision, WithoutFacilities, section_of
from gateway.lifecycle.jeopardy_reasons import CLEC_IS_NOT_READY, DUE_DATE_CANNOT_BE_MET
from gateway.lifecycle.machine import Step
from gateway.lifecycle.vocabulary import Cause, NoticeKind
from gateway.notices.notice import Detail, NoticeContent, RejectType, Value, fields_given, notice_content
from validators.codes import Code
from validators.verdict import Finding, Severity


@dataclass(frozen=True, slots=True)
class Echo:
    """What a FOC repeats of the request and of its own sending.

    Attributes:
        sent: D/TSENT of the request, as sent.
        confirmed: CD/TSENT, when the FOC goes out, in the agreement's zone, as the forms write it.
        application_date: APP, the day from which intervals count.
        project: PROJECT of the request.
        inquiry: the request only inquires about service, so the response is none of a firm order (RT).
    """

    sent: str | None
    confirmed: str
    application_date: date | None
    project: str | None
    inquiry: bool = False


@dataclass(frozen=True, slots=True)
class ClockThatRanOut:
    """A clock as far as a status notice tells of it.

    Attributes:
        clock: id of the clock in the agreement.
        name: its name in words.
        section: its section.
        due_at: last instant that was in time, aware.
        owed_by: who owed.
        owed_to: to whom.
        text: what the agreement file says of the consequence.
    """

    clock: str
    name: str
    section: str
    due_at: datetime
    owed_by: str
    owed_to: str
    text: str


def firm_order_confirmation(confirm: decisions.Confirm, section: str, echo: Echo | None = None) -> NoticeContent:
    """Give the FOC for `confirm`, with all fields of the local response that are known."""
    repeated: Mapping[str, Value | None] = {}
    if echo is not None:
        repeated = {
            "RT": "S" if echo.inquiry else "F",
            "D_TSENT": echo.sent,
            "CD_TSENT": echo.confirmed,
            "APP": echo.application_date,
        }
    content = notice_content(
        NoticeKind.FOC,
        section,
        **repeated,
        DD=confirm.due_date,
        EBD=confirm.effective_bill_date,
        ORD=confirm.order_number,
        APPTIME=confirm.appointment_time,
        FDT=confirm.frame_due_time,
        CHC=confirm.coordinated,
        PROJECT=echo.project if echo else None,
        BAN1=confirm.billing_account,
        AN=confirm.account,
        ATN=confirm.account_telephone,
        REP=confirm.representative,
        TEL_NO_REP=confirm.representative_telephone,
        PIA="".join(confirm.provider_activity),
        ECCKT=confirm.circuit_ids,
        REMARKS=confirm.remarks,
    )
    return replace(content, details=tuple(_confirmed_line(line) for line in confirm.lines))


def reject(
    findings: tuple[Finding, ...],
    section: str | None = None,
    *,
    reject_type: RejectType = RejectType.NONFATAL,
    remarks: str | None = None,
) -> NoticeContent:
    """Give the reject notice for `findings`. Unless `section` is given, it rests on the first rejecting finding's.

    Raises:
        ValueError: there is no finding; a reject without a ground is none.
    """
    grounds = [finding for finding in findings if finding.severity is Severity.REJECT] or list(findings)
    if not grounds:
        raise ValueError("a reject names at least one finding")
    fields = fields_given(REJECTTYPE=reject_type.value, REMARKS=remarks)
    return NoticeContent(NoticeKind.REJECT, section or grounds[0].section, fields, tuple(findings))


def jeopardy(told: decisions.Jeopardy, section: str) -> NoticeContent:
    """Give the jeopardy notice for `told`. If the CLEC or its end user caused it, a supplement is asked for (SUPR)."""
    return notice_content(
        NoticeKind.JEOPARDY,
        section,
        RCODE=told.rcode,
        RDET=told.text,
        ESDD=told.estimated_due_date,
        ORD=told.order_number,
        CAUSED_BY=told.caused_by.value,
        SUPR=told.caused_by is Cause.CLEC,
    )


def due_date_missed(due_date: date, section: str) -> NoticeContent:
    """Give the jeopardy notice that goes out by itself when `due_date` has passed without completion."""
    return notice_content(
        NoticeKind.JEOPARDY,
        section,
        DD=due_date,
        RCODE=DUE_DATE_CANNOT_BE_MET,
        RDET=f"The due date {due_date:%m-%d-%Y} has passed and no completion was reported",
        CAUSED_BY=Cause.ILEC.value,
    )


def clec_not_ready(text: str, section: str) -> NoticeContent:
    """Give the jeopardy notice that the CLEC was not ready at the appointment and must supplement (SUPR)."""
    return notice_content(
        NoticeKind.JEOPARDY, section, RCODE=CLEC_IS_NOT_READY, RDET=text, CAUSED_BY=Cause.CLEC.value, SUPR=True
    )


def facilities_pending(
    told: decisions.FacilitiesUnavailable, section: str, pending_until: datetime | None = None
) -> NoticeContent:
    """Give the notice that there are no facilities and that the order is kept pending, until when if that is known."""
    return notice_content(
        NoticeKind.FACILITIES, section, RDET=told.text, ESDD=told.estimated_due_date, PENDING_UNTIL=pending_until
    )


def facilities_by_job(told: decisions.FacilitiesUnavailable, section: str) -> NoticeContent:
    """Give the jeopardy notice that an engineering job will bring the facilities and a FOC will follow."""
    return notice_content(
        NoticeKind.JEOPARDY,
        section,
        RCODE=told.rcode,
        RDET=told.text,
        ESDD=told.estimated_due_date,
        CAUSED_BY=Cause.ILEC.value,
    )


def no_facilities(text: str, section: str) -> NoticeContent:
    """Give the reject that cancels the order for want of facilities (9.1.2.1.3.2, 9.2.2.3.2, the end of 9.2.2.16)."""
    ground = Finding(
        rule="no-facilities-reject-cancel",
        section=section,
        code=Code.NO_FACILITIES,
        severity=Severity.REJECT,
        path="",
        value=None,
        text=text,
        cure="For a loop, subloop, EEL or transport ask the service manager for construction (CRUNEC, 9.19.2.1), "
        "or send a new request",
    )
    return reject((ground,), section, reject_type=RejectType.FATAL)


def completion(told: decisions.Complete, section: str) -> NoticeContent:
    """Give the service order completion notice (SOC)."""
    return notice_content(
        NoticeKind.SOC,
        section,
        CD=told.completed_on,
        ORD=told.order_number,
        ECCKT=told.circuit_ids,
        SDI=told.further_dispatch,
        REMARKS=told.remarks,
    )


def billing_completion(told: decisions.Bill, section: str) -> NoticeContent:
    """Give the billing completion notice (BCN)."""
    return notice_content(NoticeKind.BCN, section, BCD=told.billed_on, ORD=told.order_number, BAN1=told.billing_account)


def cancelled(by: Cause, text: str, section: str) -> NoticeContent:
    """Give the notice that the order is cancelled: by whom and why."""
    return notice_content(NoticeKind.CANCELLED, section, CANCELLED_BY=by.value, RDET=text)


def processing_stopped(section: str, *, stopped: bool) -> NoticeContent:
    """Give the status notice that a credit hold stops the order, or that it goes on."""
    text = (
        "Order processing is stopped: what is due was not paid within the notice. The order stands where it is; "
        "it may be cancelled, and it goes on when all that is not disputed is paid."
        if stopped
        else "Order processing goes on; the time in which it was stopped does not count for the confirmation."
    )
    return notice_content(NoticeKind.STATUS, section, RDET=text)


def clock_ran_out(clock: ClockThatRanOut) -> NoticeContent:
    """Give the status notice that a clock ran out: which, when it was due, who owes whom, under which section."""
    return notice_content(
        NoticeKind.STATUS,
        clock.section,
        CLOCK=clock.clock,
        CLOCK_NAME=clock.name,
        DUE_AT=clock.due_at,
        OWED_BY=clock.owed_by,
        OWED_TO=clock.owed_to,
        RDET=clock.text,
    )


def told_of_matter(text: str, section: str) -> NoticeContent:
    """Give the status notice that a matter between the parties is open."""
    return notice_content(NoticeKind.STATUS, section, RDET=text)


def webhook_given_up(notice_id: str, reason: str, section: str) -> NoticeContent:
    """Give the status notice that a webhook is called no more, and which notice could not be delivered."""
    text = (
        f"Your webhook is disabled: notice {notice_id} could not be delivered ({reason}). Notices wait in the mailbox; "
        "set the webhook again, and replay from that notice."
    )
    return notice_content(NoticeKind.STATUS, section, RDET=text)


def told_happening(  # noqa: PLR0913 - what one such notice may say, by name
    kind: NoticeKind,
    section: str,
    *,
    title: str,
    text: str,
    lines: tuple[str, ...] = (),
    words: Mapping[str, str] = MappingProxyType({}),
    findings: tuple[Finding, ...] = (),
    mirrored_to: str | None = None,
) -> NoticeContent:
    """Give the notice of a step of a life cycle that stands in the agreement file.

    5.21.1 lists no XML among the forms of a legal notice, so it says where the same notice goes in one of those.
    """
    if kind is NoticeKind.CANCELLED:
        return cancelled(Cause.CLEC, f"{title}. {text}", section)
    if kind is NoticeKind.STATUS:
        return notice_content(kind, section, RDET=f"{title}. {text}")
    amounts = {} if not lines else words
    fields = fields_given(
        TITLE=title,
        RDET=text,
        LINE=lines,
        NRC=amounts.get("nonrecurring"),
        MRC=amounts.get("recurring"),
        PAYMENT=amounts.get("required_payment"),
        MIRROR=mirrored_to or NO_NOTICE_ADDRESS,
    )
    return NoticeContent(kind, section, fields, findings)


NO_NOTICE_ADDRESS = "no address for legal notices is on record (5.21.1)"


def negotiation(told: decisions.Negotiate, section: str) -> NoticeContent:
    """Give the status notice that a time is to be agreed before the FOC."""
    return notice_content(NoticeKind.STATUS, section, RDET=told.text, FDT=told.proposed_frame_due_time)


def expedite(told: decisions.Expedite, section: str) -> NoticeContent:
    """Give the status notice that an expedite is granted, so that its charge applies, or denied."""
    granted = "The expedite is granted, and its charge for each day that the interval is shortened applies"
    denied = "The expedite is denied: the standard interval holds"
    return notice_content(NoticeKind.STATUS, section, RDET=told.text or (granted if told.granted else denied))


def content_of(decision: Decision, step: Step, echo: Echo | None = None) -> NoticeContent:
    """Give the notice that `decision` brings. Its section is the one that the decision names, else that of `step`."""
    if isinstance(decision, decisions.Confirm):
        return firm_order_confirmation(decision, step.section, echo)
    builder: Callable[[Any, str], NoticeContent] = _BUILDERS[type(decision)]
    return builder(decision, section_of(decision, step.section))


_LINE_FIELDS = (
    ("LNUM", "line"),
    ("ECCKT", "circuit_id"),
    ("TNS", "telephone_number"),
    ("PORTED_NBR", "ported_number"),
    ("ISPID", "service_profile"),
    ("TLI", "hunt_lead"),
    ("TERS", "terminals"),
    ("RTI", "route_index"),
    ("DTGN", "did_trunk_group"),
    ("DRTI", "did_route_index"),
    ("LST", "switch"),
)


def _confirmed_line(line: decisions.ConfirmedLine) -> Detail:
    known = ((element, member, getattr(line, member)) for element, member in _LINE_FIELDS)
    return Detail("LINE", "lines", tuple((element, member, text) for element, member, text in known if text))


def _reject_decided(told: decisions.Reject, section: str) -> NoticeContent:
    return reject(told.findings, section, remarks=told.remarks)


def _facilities_decided(told: decisions.FacilitiesUnavailable, section: str) -> NoticeContent:
    if told.outcome is WithoutFacilities.PENDING:
        return facilities_pending(told, section)
    if told.outcome is WithoutFacilities.JOB:
        return facilities_by_job(told, section)
    return no_facilities(told.text, section)


def _cancel_decided(told: decisions.Cancel, section: str) -> NoticeContent:
    return cancelled(Cause.ILEC, told.reason, section)


_BUILDERS: Mapping[type[Decision], Callable[[Any, str], NoticeContent]] = {
    decisions.Reject: _reject_decided,
    decisions.Jeopardy: jeopardy,
    decisions.FacilitiesUnavailable: _facilities_decided,
    decisions.Complete: completion,
    decisions.Bill: billing_completion,
    decisions.Cancel: _cancel_decided,
    decisions.Negotiate: negotiation,
    decisions.Expedite: expedite,
}
