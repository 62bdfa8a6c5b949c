"""The tables that stand beside the orders, and how a command's rows get into them.

A command hands rows over in `Changes.beside`, and they are inserted, or replace the row of their id, in the same
commit.
Only places at a Premises take part in deciding about an order, and stand in `OnRecord`.
"""

import sqlalchemy as sa

from gateway.record.audit import AuditEntry, audit_log
from gateway.record.batches import BatchResultRow, BatchRow, batch_results, batches
from gateway.record.people import Attempts, Person, Session, attempts, people, sessions
from gateway.record.places import Place, places
from gateway.record.portal import Draft, OrderNumber, SavedSearch, drafts, order_numbers, saved_searches
from gateway.record.preorder import (
    Authorization,
    CustomerView,
    QueryEntry,
    Recheck,
    authorizations,
    customer_views,
    preorder_log,
    rechecks,
)
from gateway.record.registers import RegisterRow, register_entries
from gateway.record.retention import Purge, purges
from gateway.record.webhooks import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookProgress,
    webhook_attempts,
    webhook_deliveries,
    webhook_endpoints,
    webhook_progress,
)

BESIDE: dict[type, tuple[sa.Table, bool]] = {
    AuditEntry: (audit_log, False),
    RegisterRow: (register_entries, True),
    Place: (places, True),
    WebhookEndpoint: (webhook_endpoints, True),
    WebhookProgress: (webhook_progress, True),
    WebhookDelivery: (webhook_deliveries, True),
    WebhookAttempt: (webhook_attempts, False),
    BatchRow: (batches, True),
    BatchResultRow: (batch_results, True),
    QueryEntry: (preorder_log, False),
    Authorization: (authorizations, False),
    CustomerView: (customer_views, False),
    Recheck: (rechecks, True),
    Person: (people, True),
    Attempts: (attempts, True),
    Session: (sessions, True),
    Draft: (drafts, True),
    SavedSearch: (saved_searches, True),
    OrderNumber: (order_numbers, True),
    Purge: (purges, False),
}
"""By type of row: its table, and whether a row replaces the one of its id. In the order in which they are written."""
