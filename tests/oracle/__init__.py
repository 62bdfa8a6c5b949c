"""A second reading of Exhibits B and K, by numpy and scipy; it knows nothing of the gateway."""
