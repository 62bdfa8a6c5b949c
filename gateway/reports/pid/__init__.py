"""The monthly report of performance indicators (Exhibit B): from the event log to figures that lead back to orders."""
