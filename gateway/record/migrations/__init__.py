"""Migrations of the record (Alembic): one hand-written file a revision in `versions`."""
