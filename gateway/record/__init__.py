"""The system of record: SQL tables, migrations, and the one way to change them (`port.py` says how)."""
