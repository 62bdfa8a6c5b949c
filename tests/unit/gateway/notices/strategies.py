"""Arbitrary contents of notices: everything that a decision or a rule may bring, odd characters included."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from gateway.lifecycle import decisions
from gateway.lifecycle.happenings import LossKind, ServiceOrderEntered, ServiceOrderItem
from gateway.lifecycle.jeopardy_reasons import JEOPARDY_REASONS
from gateway.lifecycle.vocabulary import Cause
from gateway.notices import content
from gateway.notices.happenings import loss, service_order
from gateway.notices.notice import NoticeContent, RejectType
from validators.messages.service_place import ServicePlace
from validators.verdict import Finding, Severity

INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
SECTIONS = st.from_regex(r"[0-9]{1,2}(\.[0-9]{1,2}){1,6}", fullmatch=True)
_DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
_LATIN = st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=["Cc"])
_WORDS = st.text(_LATIN, min_size=1, max_size=255)
_NAMES = st.text(_LATIN, min_size=1, max_size=80)
_REMARKS = st.none() | st.text(_LATIN, min_size=1, max_size=160)
_ANY_TEXT = st.text(st.characters(exclude_categories=[]), min_size=1, max_size=60)
_ORDERS = st.none() | st.from_regex(r"[A-Z0-9\-]{1,17}", fullmatch=True)
_ACCOUNTS = st.none() | st.from_regex(r"[A-Z0-9\-]{1,13}", fullmatch=True)
_TIMES = st.sampled_from(["1200AM", "0930AM", "1159PM"])
_TELEPHONES = st.from_regex(r"[0-9]{3}-[0-9]{3}-[0-9]{4}", fullmatch=True)
_CIRCUITS = st.lists(st.text(_LATIN, min_size=1, max_size=53), max_size=3).map(tuple)

FINDINGS = st.builds(
    Finding,
    rule=_NAMES,
    section=SECTIONS,
    code=st.from_regex(r"[A-Z0-9]{1,10}", fullmatch=True),
    severity=st.sampled_from(Severity),
    path=st.just("") | _ANY_TEXT,
    value=st.none() | st.text(st.characters(exclude_categories=[]), max_size=60),
    text=_ANY_TEXT,
    cure=_ANY_TEXT,
    also=st.lists(_ANY_TEXT, max_size=2).map(tuple),
)
_GROUNDS = st.lists(FINDINGS, min_size=1, max_size=4).map(tuple)
_WITHOUT = st.builds(
    decisions.FacilitiesUnavailable,
    ver=st.none(),
    outcome=st.sampled_from(decisions.WithoutFacilities),
    text=_WORDS,
    section=SECTIONS,
    estimated_due_date=st.none() | _DAYS,
    rcode=st.sampled_from(sorted(JEOPARDY_REASONS)),
)
_CONFIRMS = st.builds(
    decisions.Confirm,
    ver=st.none(),
    due_date=_DAYS,
    order_number=_ORDERS,
    appointment_time=st.none() | _TIMES | st.just("0800AM-1200PM"),
    frame_due_time=st.none() | _TIMES,
    coordinated=st.booleans(),
    billing_account=_ACCOUNTS,
    circuit_ids=_CIRCUITS,
    lines=st.lists(
        st.builds(
            decisions.ConfirmedLine,
            line=st.from_regex(r"0{0,2}[1-9][0-9]{0,2}", fullmatch=True),
            circuit_id=st.none() | st.text(_LATIN, min_size=1, max_size=53),
            telephone_number=st.none() | _TELEPHONES,
            terminals=st.none() | st.from_regex(r"[A-Z0-9]{1,9}", fullmatch=True),
            switch=st.none() | st.just("BOISIDMADS0"),
        ),
        max_size=3,
    ).map(tuple),
    effective_bill_date=st.none() | _DAYS,
    account=st.none() | st.text(_LATIN, min_size=1, max_size=20),
    account_telephone=st.none() | _TELEPHONES,
    representative=st.none() | st.text(_LATIN, min_size=1, max_size=15),
    representative_telephone=st.none() | _TELEPHONES,
    provider_activity=st.lists(st.sampled_from("AB12"), max_size=5).map(tuple),
    remarks=_REMARKS,
)
_ECHOES = st.none() | st.builds(
    content.Echo,
    sent=st.none() | st.just("03-02-2026-0930AM"),
    confirmed=st.just("03-04-2026-1012PM"),
    application_date=st.none() | _DAYS,
    project=st.none() | st.just("SLTBOISE1"),
    inquiry=st.booleans(),
)
_SERVICE_ORDERS = st.builds(
    ServiceOrderEntered,
    ver=st.none(),
    order_number=st.from_regex(r"[A-Z0-9\-]{1,17}", fullmatch=True),
    due_date=st.none() | _DAYS,
    items=st.lists(
        st.builds(
            ServiceOrderItem,
            action=st.sampled_from(["I", "O", "C"]),
            code=st.text(_LATIN, min_size=1, max_size=20),
            quantity=st.integers(1, 99_999),
            text=_REMARKS,
        ),
        max_size=3,
    ).map(tuple),
    remarks=_REMARKS,
)
_PLACES = st.builds(
    ServicePlace,
    name=st.none() | _ANY_TEXT,
    address=st.none() | _ANY_TEXT,
    account=st.none() | _ANY_TEXT,
    lines=st.lists(_ANY_TEXT, max_size=3).map(tuple),
)
_JEOPARDIES = st.builds(
    decisions.Jeopardy,
    ver=st.none(),
    rcode=st.sampled_from(sorted(JEOPARDY_REASONS)),
    text=_WORDS,
    estimated_due_date=st.none() | _DAYS,
    caused_by=st.sampled_from(Cause),
    order_number=_ORDERS,
)
_COMPLETES = st.builds(
    decisions.Complete,
    ver=st.none(),
    completed_on=_DAYS,
    order_number=_ORDERS,
    circuit_ids=_CIRCUITS,
    remarks=_REMARKS,
)
_BILLS = st.builds(decisions.Bill, ver=st.none(), billed_on=_DAYS, order_number=_ORDERS, billing_account=_ACCOUNTS)
_NEGOTIATIONS = st.builds(
    decisions.Negotiate, ver=st.none(), text=_WORDS, section=SECTIONS, proposed_frame_due_time=st.none() | _TIMES
)
_CLOCKS = st.builds(
    content.ClockThatRanOut,
    clock=_NAMES,
    name=_ANY_TEXT,
    section=SECTIONS,
    due_at=INSTANTS,
    owed_by=_NAMES,
    owed_to=_NAMES,
    text=_ANY_TEXT,
)

CONTENTS: st.SearchStrategy[NoticeContent] = st.one_of(
    st.builds(content.firm_order_confirmation, _CONFIRMS, SECTIONS, _ECHOES),
    st.builds(service_order, _SERVICE_ORDERS),
    st.builds(loss, st.sampled_from(LossKind), _PLACES, _DAYS, _ORDERS, _REMARKS),
    st.builds(content.reject, _GROUNDS, remarks=_REMARKS, reject_type=st.sampled_from(RejectType)),
    st.builds(content.jeopardy, _JEOPARDIES, SECTIONS),
    st.builds(content.due_date_missed, _DAYS, SECTIONS),
    st.builds(content.facilities_pending, _WITHOUT, SECTIONS, st.none() | INSTANTS),
    st.builds(content.facilities_by_job, _WITHOUT, SECTIONS),
    st.builds(content.no_facilities, _ANY_TEXT, SECTIONS),
    st.builds(content.completion, _COMPLETES, SECTIONS),
    st.builds(content.billing_completion, _BILLS, SECTIONS),
    st.builds(content.cancelled, st.sampled_from(Cause), _ANY_TEXT, SECTIONS),
    st.builds(content.clock_ran_out, _CLOCKS),
    st.builds(content.negotiation, _NEGOTIATIONS, SECTIONS),
)
