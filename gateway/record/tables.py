"""The tables: one for each row type of `rows.py`, with its columns in the order of the row's fields."""

import sqlalchemy as sa

from gateway.record.rows import ClockState, CredentialKind, Family, Role, WorkState
from gateway.record.types import Choice, Instant, JsonList, JsonObject

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _number_by_database(name: str) -> sa.Column[int]:
    """Give a column that the database counts up; on SQLite a number is never used twice, even after a delete."""
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer, "sqlite"), sa.Identity(), primary_key=True)


def _order_id() -> sa.Column[str]:
    return sa.Column("order_id", sa.Text, sa.ForeignKey("orders.id"), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


partners = sa.Table(
    "partners",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _text("name"),
    _text("agreement_id"),
    sa.Column("codes", JsonObject, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
)

credentials = sa.Table(
    "credentials",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("key_hash", sa.Text, nullable=False, unique=True),
    sa.Column("role", Choice(Role), nullable=False),
    sa.Column("partner_id", sa.Text, sa.ForeignKey("partners.id")),
    _text("label"),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant),
    sa.Column("revoked_at", Instant),
    sa.Column("kind", Choice(CredentialKind), nullable=False, server_default="key"),
    sa.Column("scopes", JsonList, nullable=False, server_default="[]"),
    sa.Column("thumbprint", sa.Text),
    sa.Column("parent_id", sa.Text),
    sa.Index(None, "parent_id"),
)

orders = sa.Table(
    "orders",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _text("partner_id"),
    _text("agreement_id"),
    sa.Column("family", Choice(Family), nullable=False),
    _text("pon"),
    _text("ver"),
    _text("number"),
    _text("product"),
    _text("activity"),
    _text("state"),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("application_at", Instant),
    sa.Column("desired_due_date", sa.Date),
    sa.Column("due_date", sa.Date),
    sa.Column("original_due_date", sa.Date),
    _text("submission_id"),
    sa.Column("updated_at", Instant, nullable=False),
    sa.Column("facts", JsonObject, nullable=False),
    # The PON comes first, so that operations finds an order by its PON alone with the same index.
    sa.UniqueConstraint("pon", "partner_id", "family"),
    sa.Index(None, "partner_id", "id"),
    # What people search the list of orders by; the rare state or product is found without reading all orders.
    sa.Index(None, "state", "id"),
    sa.Index(None, "product", "id"),
    # A partner's orders in one state, and how many it has in each, without reading them.
    sa.Index(None, "partner_id", "state", "id", "family"),
)

# Nearly all orders are LSRs: the others are found by family without reading these. Queries repeat the condition.
NO_LSR = orders.c.family != sa.literal_column("'lsr'")
sa.Index("ix_orders_family", orders.c.family, orders.c.id, postgresql_where=NO_LSR, sqlite_where=NO_LSR)

# Without the orders that are over or wait for their CLEC, which in time are nearly all; what an agreement's own life
# cycles call their ends is not known here, and those requests are few. Queries repeat the condition word for word.
AWAITED = sa.or_(
    orders.c.family == sa.literal_column("'collocation'"),
    orders.c.state.not_in([sa.literal_column(f"'{state}'") for state in ("REJECTED", "BILLED", "CANCELLED")]),
)
sa.Index("ix_orders_open", orders.c.family, orders.c.state, orders.c.id, postgresql_where=AWAITED, sqlite_where=AWAITED)

submissions = sa.Table(
    "submissions",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _text("partner_id"),
    sa.Column("family", Choice(Family), nullable=False),
    _text("pon"),
    _text("ver"),
    _text("digest"),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    _order_id(),
    _text("outcome"),
    sa.Column("findings", JsonList, nullable=False),
    sa.Column("acknowledgement", JsonObject, nullable=False),
    sa.Column("idempotency_key", sa.Text),
    # Unique for ever: the natural key of a message. It also finds all versions of an order.
    sa.UniqueConstraint("pon", "partner_id", "family", "ver"),
)
sa.Index(
    "ix_submissions_idempotency_key",
    submissions.c.partner_id,
    submissions.c.idempotency_key,
    unique=True,
    postgresql_where=submissions.c.idempotency_key.is_not(None),
    sqlite_where=submissions.c.idempotency_key.is_not(None),
)

events = sa.Table(
    "events",
    metadata,
    _text("id"),
    _order_id(),
    _text("partner_id"),
    _text("type"),
    sa.Column("at", Instant, nullable=False),
    _text("section"),
    sa.Column("data", JsonObject, nullable=False),
    _number_by_database("seq"),
    sa.Index(None, "order_id", "seq"),
    sqlite_autoincrement=True,
)
# What the daily reports list, found without reading the whole history. Queries repeat the condition word for word.
REPORTED = events.c.type.in_([sa.literal_column("'order.completed'"), sa.literal_column("'service.lost'")])
sa.Index("ix_events_reported", events.c.partner_id, events.c.at, postgresql_where=REPORTED, sqlite_where=REPORTED)
# What puts an order into a month's performance report, found without reading the whole log. Intake writes none of it
# for a good order, so the index costs it nothing. Queries repeat the condition word for word.
MEASURED = events.c.type.in_(
    [
        sa.literal_column(f"'{name}'")
        for name in (
            *("order.confirmed", "order.rejected", "order.completed", "order.cancelled"),
            *("order.ready", "order.cancellation-accepted", "order.parent-cancelled", "order.quotation-expired"),
        )
    ]
)
sa.Index("ix_events_measured", events.c.at, events.c.order_id, postgresql_where=MEASURED, sqlite_where=MEASURED)

notices = sa.Table(
    "notices",
    metadata,
    sa.Column("id", sa.Text, nullable=False, unique=True),
    _order_id(),
    _text("partner_id"),
    _text("kind"),
    _text("ver"),
    _text("section"),
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("document", sa.LargeBinary, nullable=False),
    sa.Column("data", JsonObject, nullable=False),
    sa.Column("acknowledged_at", Instant),
    _number_by_database("cursor"),
    sa.Index(None, "order_id"),
    sa.Index(None, "partner_id", "cursor"),
    sqlite_autoincrement=True,
)
sa.Index(
    "ix_notices_unacknowledged",
    notices.c.partner_id,
    notices.c.cursor,
    postgresql_where=notices.c.acknowledged_at.is_(None),
    sqlite_where=notices.c.acknowledged_at.is_(None),
)

clocks = sa.Table(
    "clocks",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _order_id(),
    _text("partner_id"),
    _text("clock"),
    _text("section"),
    _text("ver"),
    _text("owed_by"),
    sa.Column("starts_at", Instant, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("next_at", Instant),
    sa.Column("state", Choice(ClockState), nullable=False),
    sa.Column("breached_at", Instant),
    sa.Column("stopped_at", Instant),
    sa.Column("stopped_by", sa.Text),
    sa.Index(None, "order_id"),
)
sa.Index(
    "ix_clocks_next_at",
    clocks.c.next_at,
    postgresql_where=clocks.c.next_at.is_not(None),
    sqlite_where=clocks.c.next_at.is_not(None),
)
# A clock that ran out has nothing left to fire; few are so, and health asks for them again and again.
_RAN_OUT = sa.and_(clocks.c.next_at.is_(None), clocks.c.state == sa.literal_column("'open'"))
sa.Index("ix_clocks_ran_out", clocks.c.due_at, postgresql_where=_RAN_OUT, sqlite_where=_RAN_OUT)

# What is owed to a partner and by it, found without reading all clocks. Queries repeat the condition word for word.
OPEN_CLOCK = clocks.c.state == sa.literal_column("'open'")
sa.Index(
    "ix_clocks_owed",
    clocks.c.partner_id,
    clocks.c.owed_by,
    clocks.c.due_at,
    postgresql_where=OPEN_CLOCK,
    sqlite_where=OPEN_CLOCK,
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Text, nullable=False, unique=True),
    _text("stream"),
    _order_id(),
    _text("partner_id"),
    _text("ver"),
    _text("envelope"),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("state", Choice(WorkState), nullable=False),
    sa.Column("sent_at", Instant),
    sa.Column("entry_id", sa.Text),
    sa.Column("sends", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text),
    _number_by_database("seq"),
    sqlite_autoincrement=True,
)
# Settled rows, which in time are nearly all of them, stand in neither index.
_UNSETTLED = outbox.c.state != sa.literal_column("'settled'")
sa.Index("ix_outbox_unsettled", outbox.c.state, outbox.c.seq, postgresql_where=_UNSETTLED, sqlite_where=_UNSETTLED)
sa.Index("ix_outbox_unsettled_order", outbox.c.order_id, postgresql_where=_UNSETTLED, sqlite_where=_UNSETTLED)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _order_id(),
    _text("digest"),
    sa.Column("answer", JsonObject, nullable=False),
    sa.Column("at", Instant, nullable=False),
)

leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    _text("holder"),
    sa.Column("until", Instant, nullable=False),
)

sandbox_times = sa.Table(
    "sandbox_times",
    metadata,
    sa.Column("partner_id", sa.Text, sa.ForeignKey("partners.id"), primary_key=True),
    sa.Column("at", Instant, nullable=False),
)
