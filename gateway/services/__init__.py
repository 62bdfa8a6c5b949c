"""The services: the only code that changes the record. Each is given what it needs by the front door."""
