"""What is kept of an ASR once the message is gone."""

from validators.messages.access_echo import access_echo
from validators.rules.asr.case import AsrCase
from validators.rules.asr.due_dates import at_new_switch, earliest_due_date, standard_days
from validators.rules.asr.embargoes import for_conversion
from validators.rules.asr.named import named_in_asr
from validators.rules.asr.places import far_location
from validators.rules.asr.transport import converts
from validators.rules.case import OrderFacts


def asr_facts(case: AsrCase) -> OrderFacts:
    """Give the facts of an ASR."""
    message, field = case.message, case.message.head.fields.get
    return OrderFacts(
        family="asr",
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
        coordinated=field("CCI") == "Y",
        individual_case=case.product is not None and case.product.individual_case(message.quantity),
        project=field("PROJECT"),
        frame_due_time=field("FDT"),
        wire_center=message.of_service("SECLOC") or field("ACTL"),
        application_section=case.application.section,
        termination=field("APOT"),
        number=field("ASR_NO"),
        interval_from=case.application_date,
        interval_days=standard_days(case),
        earliest_due_date=earliest_due_date(case),
        new_switch=at_new_switch(case),
        related=field("RPON"),
        named=named_in_asr(message),
        access=access_echo(
            message, far_location(message), for_conversion=for_conversion(case), converts=converts(message)
        ),
        answers=field("BIC_ID"),
    )
