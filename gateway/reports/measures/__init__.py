"""Service performance indicators (Exhibit B, PID 10.1) as pure functions: one measure a file, exact fractions."""
