"""How an LSR is laid before its rules: the case they judge, and the facts that outlive the message."""

from datetime import datetime

from validators.agreement.application import application_of
from validators.agreement.products import Recogniser
from validators.agreement.terms import Agreement
from validators.messages.lsr import COMBINATION, CONVERSIONS, LOOP, LOOP_WITH_PORT, LocalServiceRequest
from validators.messages.named import named_in_lsr
from validators.messages.service_place import service_place
from validators.messages.telephone_numbers import telephone_numbers
from validators.rules.case import Case, OrderFacts, PartnerCodes
from validators.rules.emergencies import emergency_with_reason
from validators.rules.intervals import standard_interval
from validators.rules.passage import flows_through
from validators.rules.site_facts import building_of


def lsr_case(
    message: LocalServiceRequest,
    agreement: Agreement,
    named: Recogniser,
    received_at: datetime,
    partner: PartnerCodes,
) -> Case:
    """Give the case of an LSR; `named` gives the product of REQTYP, NC, NCI and ACT."""
    requisition = (message.requisition_type or "")[:1]
    product = agreement.product(named(requisition, message.nc, message.nci, message.activity))
    loop = product
    if requisition in (LOOP_WITH_PORT, COMBINATION):
        loop = agreement.product(named(LOOP, message.nc, message.nci, message.activity))
    passes = flows_through(agreement, product, message, received_at)
    application = application_of(received_at, product, agreement, flow_through=passes)
    return Case(message, agreement, product, loop, received_at, application, partner)


def exchanges_of(message: LocalServiceRequest) -> tuple[str, ...]:
    """Give the NPA-NXX of the numbers to be ported."""
    return tuple(dict.fromkeys(f"{numbers.first:010d}"[:6] for _, numbers in message.ported_numbers))


def lsr_facts(case: Case) -> OrderFacts:
    """Give the facts of an LSR."""
    message, field = case.message, case.message.head.fields.get
    interval = standard_interval(case)
    return OrderFacts(
        family="lsr",
        top=message.head.path,
        forms=tuple(message.forms),
        pon=message.pon or "",
        ver=message.ver or "",
        ccna=message.ccna,
        cc=message.cc,
        requisition_type=message.requisition_type or "",
        activity=message.activity or "",
        supplement_type=message.supplement_type,
        desired_due_date=message.desired_due_date,
        quantity=message.quantity,
        product=case.product.id if case.product is not None else None,
        received_at=case.received_at,
        application_at=case.application.at,
        application_date=case.application.date,
        expedite=field("EXP") == "Y",
        conditioning_approved=field("SCA") == "Y",
        coordinated=field("CHC") == "Y",
        individual_case=case.product is not None and case.product.individual_case(message.quantity),
        project=field("PROJECT"),
        appointment=field("APPTIME"),
        frame_due_time=field("DFDT"),
        wire_center=field("LST") or field("ACTL"),
        application_section=case.application.section,
        number=field("LSR_NO"),
        telephone_numbers=telephone_numbers(message),
        at_building_terminal=message.remarks_say("MTE"),
        building=building_of(message),
        termination=field("APOT"),
        emergency=emergency_with_reason(field("REMARKS")),
        exchanges=exchanges_of(message),
        call_reference=message.remarks_say("CALL REF"),
        sent=field("D_TSENT"),
        losing_carrier=field("ONSP"),
        taken_over=service_place(message) if message.activity in CONVERSIONS else None,
        named=named_in_lsr(message),
        earliest_due_date=interval.earliest if interval is not None else None,
        interval_from=interval.counted_from if interval is not None else None,
        interval_days=interval.business_days if interval is not None else None,
        flow_through=flows_through(case.agreement, case.product, message, case.received_at),
        related=field("RPON"),
        project_coordinated=message.remarks_say("PROJECT COORDINATED")
        or (field("CHC") == "Y" and field("PROJECT") is not None),
    )
