"""What the gateway works out at a step of a life cycle, by the name that the agreement file calls it."""

from collections.abc import Mapping
from typing import Final

from gateway.services.effects import (
    completeness,
    forecasts,
    holdings,
    labor,
    payments,
    power,
    queues,
    readings,
    ready_dates,
    visits,
)
from gateway.services.effects.effect import Effect

EFFECTS: Final[Mapping[str, Effect]] = {
    "complete-date": completeness.complete_date,
    "list-cured": completeness.list_cured,
    "check-completeness": completeness.check_completeness,
    "list-deficiencies": completeness.list_deficiencies,
    "rank": completeness.rank,
    "rank-lapses": completeness.rank_lapses,
    "forecast": forecasts.forecast,
    "volume": forecasts.volume,
    "hold-space": queues.hold_space,
    "take-alternate": queues.take_alternate,
    "join-denial-queue": queues.join_denial_queue,
    "leave-denial-queue": queues.leave_denial_queue,
    "keep-queue-place": queues.keep_queue_place,
    "offer": queues.offer,
    "leave-queues": queues.leave_queues,
    "price": payments.price,
    "ready-date-in-bounds": ready_dates.ready_date_in_bounds,
    "reserve-space": queues.reserve_space,
    "settle-delivery": ready_dates.settle_delivery,
    "no-ready-date": ready_dates.no_ready_date,
    "set-ready-date": ready_dates.set_ready_date,
    "extend-ready-date": ready_dates.extend_ready_date,
    "cancel-dependents": queues.cancel_dependents,
    "charge-own": payments.charge_own,
    "minimum-term": payments.minimum_term,
    "visit-in-hours": visits.visit_in_hours,
    "credit-planning": payments.credit_planning,
    "count-reading": readings.count_reading,
    "option-place": holdings.option_place,
    "start-term": holdings.start_term,
    "quarter-payment": payments.quarter_payment,
    "refund": payments.refund,
    "half-fee": payments.half_fee,
    "file-forecast": forecasts.file_forecast,
    "joint-test-charge": labor.joint_test_charge,
    "labor-charges": labor.labor_charges,
    "feeds": power.feeds,
    "feed-ends": power.feed_ends,
    "maintenance-refund": power.maintenance_refund,
}
"""The effects by the names that agreement files call them."""
