"""From the event log to what the measures ask for: one order's history becomes its records."""
