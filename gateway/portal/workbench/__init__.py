"""Pages of the ILEC's representatives: queues, decisions, calendars, holds."""
