"""What the gateway works out at a step of a life cycle, by the name that the agreement file calls it.

Each effect sees the request as the commit does, changes it, and gives the facts that newly hold.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from gateway.record.places import HELD, LEFT, WAITING, Place
from gateway.services.refusals import DecisionRefused
from validators.agreement.words import when
from validators.codes import Code
from validators.collocation.completeness import lacking
from validators.collocation.figures import NoSuchElement, percent_of, price, refund, within_forecast
from validators.verdict import Finding, Severity

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry

New: TypeAlias = tuple[str, ...]
_NONE: Final[New] = ()


def _complete_date(entry: "ProcessEntry", happening: "Happening") -> New:
    entry.set(application_at=entry.effective_at)
    del happening
    return _NONE


def _lacks(entry: "ProcessEntry", happening: "Happening") -> tuple[Finding, ...]:
    if happening.message is None:
        return ()
    found = lacking(happening.message, entry.kind.id, entry.desk.agreement_of(entry.order))
    return tuple(finding for finding in found if finding.severity is Severity.DEFER)


def _list_cured(entry: "ProcessEntry", happening: "Happening") -> New:
    """Take on record what the application lacks now, and whether what was notified was cured in time."""
    if happening.message is None:
        return _NONE
    missing = _lacks(entry, happening)
    notified = set(entry.facts.get("notified", ()))
    cured = notified - {_key(finding) for finding in missing}
    due = entry.deadline("deficiency-cure-10d")
    late = bool(cured) and due is not None and entry.at > due
    entry.put(
        lacking=[finding.as_json() for finding in missing],
        notified=sorted(notified - cured),
        rank_lost=bool(entry.facts.get("rank_lost")) or late,
        resubmitted=bool(entry.facts.get("opened")),
        opened=True,
    )
    return _NONE


def _check_completeness(entry: "ProcessEntry", happening: "Happening") -> New:
    entry.follow_up.append("found-deficient" if entry.facts.get("lacking") else "complete")
    del happening
    return _NONE


def _list_deficiencies(entry: "ProcessEntry", happening: "Happening") -> New:
    """List what was found and what the ILEC adds; an item that was told before and is not cured costs the place."""
    found = [Finding(**_finding_fields(item)) for item in entry.facts.get("lacking", ())]
    found += [_seen(entry, item) for item in happening.values.get("items") or ()]
    if not found and happening.values.get("text"):
        found.append(_seen(entry, {"item": "", "text": happening.values["text"], "cure": ""}))
    if not found:
        raise DecisionRefused(
            entry.order.id, (_bad("items", "nothing is named that the application lacks", "8.4.1.5.1"),)
        )
    keys = {_key(finding) for finding in found}
    entry.put(rank_lost=bool(entry.facts.get("rank_lost")) or bool(keys & set(entry.facts.get("notified", ()))))
    entry.put(notified=sorted({*entry.facts.get("notified", ()), *keys}))
    entry.findings = tuple(found)
    return _NONE


def _seen(entry: "ProcessEntry", item: Mapping[str, Any]) -> Finding:
    del entry
    letter = f"Item {item['item']}: " if item.get("item") else ""
    return Finding(
        rule="deficiency-detail",
        section="8.4.1.5.1",
        code=Code.FIELD_NEEDED,
        severity=Severity.DEFER,
        path="",
        value=None,
        text=f"{letter}{item['text']}",
        cure=item.get("cure") or "Correct it and send the application again.",
    )


def _rank(entry: "ProcessEntry", happening: "Happening") -> New:
    """Keep the rank of the first receipt, unless what was notified was cured late (8.4.1.5.1)."""
    del happening
    first = entry.order.received_at
    due = entry.deadline("deficiency-cure-10d")
    lost = bool(entry.facts.get("rank_lost"))
    rank_at = entry.at if lost else first
    until = f" by the end of {entry.local_day(due)}" if due is not None else ""
    if lost:
        words = (
            f"The place in the queue is lost: the cure came at {when(entry.local(entry.at))}, "
            f"and every deficiency had to be cured{until}. The application ranks from then."
        )
    else:
        words = f"The place in the queue is kept from {when(entry.local(first))}: every deficiency was cured{until}."
    entry.words["rank_words"] = words
    entry.put(rank_at=rank_at.isoformat())
    _move(entry, rank_at=rank_at)
    return _NONE


def _forecast(entry: "ProcessEntry", happening: "Happening") -> New:
    """Say whether the application counts as forecast: on file long enough and near enough, or reserved (8.4.1.4)."""
    applied, terms, kind = entry.at, entry.terms.forecasts, entry.kind
    on_file = [
        place
        for place in entry.places.values()
        if place.queue == "forecast"
        and place.partner_id == entry.order.partner_id
        and place.premises == entry.facts.get("premises")
        and place.kind in kind.forecast_kinds
        and entry.zone_date(place.received_at) + timedelta(days=terms.days_on_file) <= entry.zone_date(applied)
    ]
    latest = max(on_file, key=lambda place: place.received_at, default=None)
    message = happening.message
    asked = {"space": _space(message), "power": message.number("SPACE.AMPS")} if message else {}
    new: New = ()
    if latest is not None and within_forecast(terms, latest.facts.get("measures", {}), asked):
        new = ("forecast",)
    if _reservation(entry) is not None:
        new = ("forecast", "reserved")
    return _hold(entry, new)


def _space(message: Any) -> int | None:
    return next(
        (n for field in ("SPACE.SQFT", "SPACE.BAYS", "SPACE.UNITS") if (n := message.number(field)) is not None), None
    )


def _reservation(entry: "ProcessEntry") -> Place | None:
    return next(
        (
            place
            for place in entry.places.values()
            if place.queue == "reservation"
            and place.status == HELD
            and place.partner_id == entry.order.partner_id
            and place.premises == entry.facts.get("premises")
            and (place.until is None or entry.at <= place.until)
        ),
        None,
    )


def _volume(entry: "ProcessEntry", happening: "Happening") -> New:
    """Have the intervals negotiated from the sixth application of a CLEC in a state and week on (8.4.1.9)."""
    del happening
    if not entry.kind.limited:
        return _NONE
    terms, first = entry.terms.volume, entry.order.received_at
    begin = first - timedelta(days=terms.days)
    own = entry.places.get(entry.order.id)
    earlier = [
        place
        for place in entry.places.values()
        if place.partner_id == entry.order.partner_id
        and place.id != entry.order.id
        and place.facts.get("limited")
        and own is not None
        and place.state == own.state
        and begin < place.received_at
        and (place.received_at, place.id) < (first, entry.order.id)
    ]
    return _hold(entry, ("negotiated",) if len(earlier) >= terms.applications else ())


def _hold(entry: "ProcessEntry", facts: Iterable[str]) -> New:
    before = set(entry.facts.get("conditions", ()))
    new = tuple(fact for fact in facts if fact not in before)
    entry.put(conditions=sorted(before | set(new)))
    return new


def _drop(entry: "ProcessEntry", *facts: str) -> None:
    entry.put(conditions=sorted(set(entry.facts.get("conditions", ())) - set(facts)))


def _hold_space(entry: "ProcessEntry", happening: "Happening") -> New:
    del happening
    _move(entry, status=HELD, queue="application")
    return _NONE


def _take_alternate(entry: "ProcessEntry", happening: "Happening") -> New:
    del happening
    alternate = entry.facts["alternate"]
    entry.set(product=alternate, facts={"kind": alternate, "first_choice": entry.kind.id})
    return _NONE


def _join_denial_queue(entry: "ProcessEntry", happening: "Happening") -> New:
    del happening
    _move(entry, queue="denied", status=WAITING)
    return _NONE


def _leave_denial_queue(entry: "ProcessEntry", happening: "Happening") -> New:
    del happening
    _move(entry, queue="application", status=WAITING)
    return _NONE


def _keep_queue_place(entry: "ProcessEntry", happening: "Happening") -> New:
    del happening
    _move(entry, queue="denied", status=WAITING)
    return _NONE


def _offer(entry: "ProcessEntry", happening: "Happening") -> New:
    del happening
    _move(entry, status="offered")
    return _NONE


def _leave_queues(entry: "ProcessEntry", happening: "Happening") -> New:
    del happening
    _move(entry, status=LEFT)
    return _NONE


def _move(entry: "ProcessEntry", **changes: Any) -> None:
    own = entry.places.get(entry.order.id)
    if own is not None:
        entry.place(replace(own, **changes))


def _price(entry: "ProcessEntry", happening: "Happening") -> New:
    """Price the quotation from the rate elements, and say what an acceptance must pay (8.3.1.1, 8.4.1.6)."""
    try:
        quotation = price(entry.terms, entry.kind.id, happening.values.get("elements", ()), entry.zone_date(entry.at))
    except NoSuchElement as unknown:
        section = entry.kind.elements_section or "8.3.1.1"
        raise DecisionRefused(entry.order.id, (_bad("elements", str(unknown), section),)) from None
    percent = entry.kind.payment_percent
    if percent is None:
        percent = entry.terms.quotations.acceptance_percent if happening.values.get("new_rack") else 100
    entry.put(
        nonrecurring=str(quotation.nonrecurring),
        recurring=str(quotation.recurring),
        required_payment=str(percent_of(quotation.nonrecurring, percent)),
        planning=str(quotation.credited),
    )
    entry.lines = tuple(map(str, quotation.lines))
    return _NONE


def _ready_date_in_bounds(entry: "ProcessEntry", happening: "Happening") -> New:
    """Refuse an extension beyond its limit, or without the need that it must state (8.4.2.4.5, 8.4.3.4.5)."""
    ready = happening.values.get("ready_on")
    if ready is None:
        return _NONE
    terms, agreement = entry.terms.quotations, entry.desk.agreement_of(entry.order)
    if not happening.values.get("extension_for"):
        text = "an extended interval binds only if its need is stated in the quotation"
        raise DecisionRefused(entry.order.id, (_bad("extension_for", text, terms.extended_section),))
    applied = entry.order.application_at or entry.order.received_at
    latest = entry.zone_date(applied) + timedelta(days=terms.extended_days)
    if entry.kind.id in agreement.products_named(("space-kinds",)) and ready > latest:
        text = (
            f"{ready} is more than {terms.extended_days} Days after the complete application; {latest} is the last day"
        )
        raise DecisionRefused(entry.order.id, (_bad("ready_on", text, terms.extended_section),))
    return _NONE


def _reserve_space(entry: "ProcessEntry", happening: "Happening") -> New:
    del happening
    _move(entry, status=HELD)
    return _NONE


def _settle_delivery(entry: "ProcessEntry", happening: "Happening") -> New:
    """Say at the acceptance whether what was delivered before it was in time for the interval that now runs."""
    del happening
    held = entry.held
    if "late" in held and entry.deadline("equipment-virtual-53d") is not None:
        # After a late acceptance the 53 Days for equipment count from the acceptance, so whatever came is in time.
        _drop(entry, "delivery-missed")
        return _hold(entry, ("in-time-delivery",)) if entry.instant("delivered") else _NONE
    delivered = entry.instant("delivered")
    due = entry.deadline("equipment-virtual-53d") or entry.deadline("fc-entrance-53d")
    if delivered is None or due is None:
        return _NONE
    _drop(entry, "delivery-missed")
    return _hold(entry, ("in-time-delivery" if delivered <= due else "late-delivery",))


def _no_ready_date(entry: "ProcessEntry", happening: "Happening") -> New:
    del happening
    entry.set(due_date=None)
    return _NONE


def _set_ready_date(entry: "ProcessEntry", happening: "Happening") -> New:
    entry.set(due_date=happening.values["ready_on"])
    return _NONE


def _extend_ready_date(entry: "ProcessEntry", happening: "Happening") -> New:
    del happening
    days = int(entry.facts.get("numbers", {}).get("days", 0))
    if entry.order.due_date is not None:
        entry.set(due_date=entry.order.due_date + timedelta(days=days))
    return _NONE


def _cancel_dependents(entry: "ProcessEntry", happening: "Happening") -> New:
    """Name the splitter and CLEC-to-CLEC requests that rest on this one, so that they fall with it (8.2.1.15.2)."""
    del happening
    entry.dependents = tuple(
        place.id
        for place in entry.places.values()
        if place.facts.get("rests_on") == entry.order.pon
        and place.partner_id == entry.order.partner_id
        and place.status != LEFT
    )
    return _NONE


def _credit_planning(entry: "ProcessEntry", happening: "Happening") -> New:
    """Credit the planning fees against the space construction charge when the job is done (8.3.1.3, Exhibit A)."""
    del happening
    entry.put(credit=entry.facts.get("planning", "0.00"))
    return _NONE


def _count_reading(entry: "ProcessEntry", happening: "Happening") -> New:
    """Count the readings of twelve months; after the fourth no further one is asked for (8.2.1.30)."""
    del happening
    begin = entry.at - timedelta(days=365)
    recent = [at for at in entry.facts.get("readings", ()) if datetime.fromisoformat(at) > begin]
    entry.put(readings=[*recent, entry.at.isoformat()])
    return _NONE


def _option_place(entry: "ProcessEntry", happening: "Happening") -> New:
    """Rank an option by the instant of its acceptance, the earlier the higher (8.4.1.8.5)."""
    del happening
    _move(entry, queue="option", status=WAITING, rank_at=entry.at)
    return _NONE


def _start_term(entry: "ProcessEntry", happening: "Happening") -> New:
    """Hold the space for the years of its category of equipment, from the payment on (8.4.1.7.3, 8.4.1.8.5)."""
    del happening
    terms = entry.terms.reservation if entry.process.id == "reservation" else entry.terms.option
    years = terms.years[entry.facts["category"]]
    ends = _years_later(entry.zone_date(entry.effective_at), years)
    entry.record_instant("term-end", entry.desk.agreement_of(entry.order).calendar.start_of(ends))
    end = entry.desk.agreement_of(entry.order).calendar.end_of(ends)
    entry.put(term_ends=ends.isoformat())
    entry.words["term_ends"] = ends.isoformat()
    if entry.process.id == "reservation":
        _move(entry, queue="reservation", status=HELD, until=end)
    else:
        _move(entry, rank_at=entry.at, until=end)
    return _NONE


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _quarter_payment(entry: "ProcessEntry", happening: "Happening") -> New:
    """Ask for the share of the quoted charges that holds a reservation (8.4.1.7.2)."""
    del happening
    total = Decimal(entry.facts["nonrecurring"])
    entry.put(required_payment=str(percent_of(total, entry.terms.reservation.percent or 0)))
    return _NONE


def _refund(entry: "ProcessEntry", happening: "Happening") -> New:
    """Pay back what the Days since the payment leave of it (8.4.1.7.4)."""
    del happening
    began = entry.instant("term-begun")
    if began is None:
        return _NONE
    days = (entry.zone_date(entry.at) - entry.zone_date(began)).days
    back = refund(entry.terms.reservation, entry.paid, days)
    entry.put(refund=str(back))
    entry.words["refund"] = str(back)
    return _NONE


def _half_fee(entry: "ProcessEntry", happening: "Happening") -> New:
    """Return half of the processing fee of a bona fide request that is cancelled in time (17.2)."""
    del happening
    fee = price(entry.terms, entry.kind.id, ({"code": "17.1"},), entry.zone_date(entry.at)).nonrecurring
    due = entry.deadline("bfr-half-refund-10bd")
    back = percent_of(fee, 50) if due is not None and entry.at <= due else Decimal("0.00")
    entry.put(refund=str(back))
    entry.words["refund"] = str(back)
    return _NONE


def _file_forecast(entry: "ProcessEntry", happening: "Happening") -> New:
    message = happening.message
    if message is not None:
        measures = {"space": _space(message), "power": message.number("SPACE.AMPS")}
        own = entry.places.get(entry.order.id)
        if own is not None:
            facts = {**own.facts, "measures": measures}
            entry.place(
                replace(own, queue="forecast", status=HELD, kind=entry.facts.get("alternate") or "", facts=facts)
            )
    return _NONE


def _of_joint_test(entry: "ProcessEntry", happening: "Happening") -> New:
    """Waive the charge of a joint test if the ILEC's errors exceed two percent of the terminations (8.2.1.31.3)."""
    tested, wrong = int(happening.values["terminations"]), int(happening.values["ilec_errors"])
    free = wrong * 100 > 2 * tested
    entry.put(charged=not free)
    entry.words["charge_words"] = "No charge: the ILEC's errors exceed two percent." if free else "The test is charged."
    return _NONE


def _finding_fields(item: Mapping[str, Any]) -> dict[str, Any]:
    also = tuple(item.get("also", ()))
    return {"value": None, "path": "", **item, "severity": Severity(item["severity"]), "also": also}


def _key(finding: Finding) -> str:
    return f"{finding.rule} {finding.path or finding.text}"


def _bad(field: str, text: str, section: str) -> Finding:
    return Finding(
        rule="decision-by-agreement",
        section=section,
        code=Code.FIELD_VALUE,
        severity=Severity.REJECT,
        path=f"/{field}",
        value=None,
        text=text,
        cure="Correct the decision and send it again.",
    )


EFFECTS: Final[Mapping[str, Callable[["ProcessEntry", "Happening"], New]]] = {
    "complete-date": _complete_date,
    "list-cured": _list_cured,
    "check-completeness": _check_completeness,
    "list-deficiencies": _list_deficiencies,
    "rank": _rank,
    "forecast": _forecast,
    "volume": _volume,
    "hold-space": _hold_space,
    "take-alternate": _take_alternate,
    "join-denial-queue": _join_denial_queue,
    "leave-denial-queue": _leave_denial_queue,
    "keep-queue-place": _keep_queue_place,
    "offer": _offer,
    "leave-queues": _leave_queues,
    "price": _price,
    "ready-date-in-bounds": _ready_date_in_bounds,
    "reserve-space": _reserve_space,
    "settle-delivery": _settle_delivery,
    "no-ready-date": _no_ready_date,
    "set-ready-date": _set_ready_date,
    "extend-ready-date": _extend_ready_date,
    "cancel-dependents": _cancel_dependents,
    "credit-planning": _credit_planning,
    "count-reading": _count_reading,
    "option-place": _option_place,
    "start-term": _start_term,
    "quarter-payment": _quarter_payment,
    "refund": _refund,
    "half-fee": _half_fee,
    "file-forecast": _file_forecast,
    "joint-test-charge": _of_joint_test,
}
"""The effects by the names that agreement files call them."""
