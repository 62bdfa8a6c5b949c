"""Scenarios of the agreement, played against a gateway: what is sent and decided when, and what must come of it."""
