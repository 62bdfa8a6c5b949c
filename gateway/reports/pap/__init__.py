"""The monthly payment report (Exhibit K): from the figures of the months to dollars and dates."""
