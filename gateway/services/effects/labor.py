"""What labor at a site and the time of joint tests cost, as their notices state it (8.3.1.8, 8.3.1.18, 8.3.1.22)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from gateway.notices.charges import Charge
from gateway.services.effects.effect import NONE, New, not_by_agreement
from validators.agreement.charge_terms import Band, ChargeTerm
from validators.agreement.time_bands import band_at, time_by_band

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry

_HALF_HOUR: Final = timedelta(minutes=30)


def labor_charges(entry: "ProcessEntry", happening: "Happening") -> New:
    """State the charge of labor: business hours and others apart, each begun half hour, the minimum of a call-out."""
    began, ended = happening.values["began_at"], happening.values["ended_at"]
    terms, agreement = entry.terms.labor, entry.desk.agreement_of(entry.order)
    if not entry.order.received_at <= began < ended <= entry.at:
        text = "labor begins after the application and is stated once it is done, its end after its begin"
        raise not_by_agreement(entry, "ended_at", text, terms.section)
    charge = agreement.charges[terms.charges[happening.values["work"]]]
    hours = agreement.time_bands[charge.bands or ""]
    zone = agreement.wire_center_zone(entry.facts.get("wire_center"))
    spent = time_by_band(agreement, hours, began, ended, zone)
    regular = _half_hours(spent.pop(Band.BASIC, timedelta()))
    after = _half_hours(sum(spent.values(), timedelta()))
    if happening.values.get("call_out") and band_at(agreement, hours, began, zone) is not Band.BASIC:
        after = max(after, (charge.least or 0) - regular)
    stated = ((Band.BASIC, regular, "in business hours"), (Band.OVERTIME, after, "after business hours"))
    entry.charges = tuple(_stated(charge, band, count, name) for band, count, name in stated if count)
    counted = [f"{one.quantity} half hours {one.name.rpartition(': ')[2]}" for one in entry.charges]
    entry.words["labor_words"] = f"{charge.name}: {' and '.join(counted)}."
    return NONE


def joint_test_charge(entry: "ProcessEntry", happening: "Happening") -> New:
    """State the charge of a joint test; it is waived if the ILEC's errors exceed a share of the terminations."""
    tested, wrong = int(happening.values["terminations"]), int(happening.values["ilec_errors"])
    terms = entry.terms.joint_tests
    free = wrong * 100 > terms.free_above_percent * tested
    entry.put(charged=not free)
    if free:
        entry.words["charge_words"] = f"No charge: the ILEC's errors exceed {terms.free_above_percent} percent."
        return NONE
    spent = happening.values["ended_at"] - happening.values["began_at"]
    charge = entry.desk.agreement_of(entry.order).charges[terms.charge]
    count = max(_half_hours(spent), charge.least or 0)
    entry.charges = (_stated(charge, Band.ANY, count, None),)
    entry.words["charge_words"] = f"The test is charged: {count} half hours with its set-up."
    return NONE


def _half_hours(spent: timedelta) -> int:
    """Give how many half hours have begun in a time."""
    return -(-spent // _HALF_HOUR)


def _stated(charge: ChargeTerm, band: Band, count: int, when: str | None) -> Charge:
    name = f"{charge.name}: {when}" if when else charge.name
    return Charge(charge.id, name, charge.section, charge.line, charge.amounts[band], charge.per, count)
