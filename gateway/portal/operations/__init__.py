"""Pages of those who run the gateway and of those who check it."""
