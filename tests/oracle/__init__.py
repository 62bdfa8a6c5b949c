"""A second reading of Exhibits B and K, by numpy's business days and scipy's statistics; it knows nothing of the gateway."""
