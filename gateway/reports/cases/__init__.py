"""The audit door: worked cases of measures and payments, computed with the same functions as the reports."""
