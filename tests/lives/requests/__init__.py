"""A year of random lives of collocation and other requests, in every life cycle of the agreement file."""
