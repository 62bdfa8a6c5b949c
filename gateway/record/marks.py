"""The small guarded statements on the outbox, the mailbox, the leases and the holds. `?1` is the first value."""

from gateway.record.holds import HOLD_MARKS
from gateway.record.order_claims import CLAIM_MARKS
from gateway.record.portal import PORTAL_MARKS
from gateway.record.retention import PURGE_MARKS

MARKS = {
    # A row that the back end has confirmed stays confirmed, whatever the relay reports late.
    "sent": (
        "UPDATE outbox SET state = 'sent', sent_at = ?1, entry_id = ?2, sends = sends + 1 "
        "WHERE id = ?3 AND state IN ('pending', 'sent')"
    ),
    "settled": "UPDATE outbox SET state = 'settled', reason = NULL WHERE id = ?1 AND state <> 'settled'",
    "pending": "UPDATE outbox SET state = 'pending', reason = NULL WHERE id = ?1 AND state <> 'settled'",
    "dead": "UPDATE outbox SET state = 'dead', reason = ?1 WHERE id = ?2 AND state <> 'settled'",
    "acknowledged": "UPDATE notices SET acknowledged_at = ?1 WHERE id = ?2 AND acknowledged_at IS NULL",
    "tokens-forgotten": "DELETE FROM credentials WHERE kind = 'token' AND expires_at <= ?1",
    # A lease runs up to its end and not at it, so that two holders never share an instant.
    "lease": (
        "INSERT INTO leases (name, holder, until) VALUES (?1, ?2, ?4) "
        "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until "
        "WHERE leases.holder = excluded.holder OR leases.until <= ?3"
    ),
    **HOLD_MARKS,
    **PORTAL_MARKS,
    **CLAIM_MARKS,
    **PURGE_MARKS,
}
