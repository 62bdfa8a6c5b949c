"""What Alembic runs. The connection comes from `schema.py`, which owns engine and transaction."""

from alembic import context

from gateway.record.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite changes a column only by making the table anew.
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
