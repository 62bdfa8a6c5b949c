"""Reports: what the log proves about how well the agreement was kept, and what is owed where it was not."""
