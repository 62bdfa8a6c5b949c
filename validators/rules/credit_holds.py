"""The rule on partners that do not pay: new orders may be refused once the notice has run (5.4.2, 5.4.5)."""

from collections.abc import Iterable
from typing import Final

from validators.codes import Code
from validators.registers.credit import credit_dates, hold_on
from validators.rules.case import Case
from validators.rules.registry import Found, Scope, content_rule

_DISCONNECT: Final = "D"


@content_rule("credit-hold-reject", "5.4.2", Code.CREDIT_HOLD, Scope(supplements=frozenset({None})))
def no_credit_hold(case: Case) -> Iterable[Found]:
    """A new order is refused while a hold is in effect; disconnects, supplements and cancellations are not."""
    terms, dossier = case.agreement.credit, case.partner.dossier
    if terms is None or dossier.empty or case.message.activity == _DISCONNECT:
        return ()
    calendar = case.agreement.calendar
    hold = hold_on(dossier, terms, calendar, calendar.local_date(case.received_at))
    if hold is None:
        return ()
    dates = credit_dates(hold.data, terms, calendar)
    what = "charges" if hold.data.ground == "unpaid" else "the deposit"
    return (
        Found.at(
            case.message.head,
            "BAN1",
            f"Order processing is stopped: {what} due on {dates.due:%m-%d-%Y} were not paid within the notice that was "
            f"delivered on {hold.data.notice_delivered_on:%m-%d-%Y}.",
            "Pay all charges that are not disputed in good faith, or the deposit; then send a new request. "
            "Disconnects, and supplements of what is on order, are still taken.",
        ),
    )


RULES: Final = (no_credit_hold,)
