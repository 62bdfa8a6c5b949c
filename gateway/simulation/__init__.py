"""Simulated CLECs and back ends: load and life for demonstrations, trials and test environments, from a seed."""
