"""A year of random LSR life cycles on a clock that is moved by hand, and what must hold of the record afterwards."""
