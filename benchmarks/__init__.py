"""Benchmarks: the gateway beside a bare HTTP handler and the smallest honest pipeline, in the same run."""
