"""The performance assurance plan (Exhibit K 10.2) as pure functions: from a month's result to dollars and dates."""
