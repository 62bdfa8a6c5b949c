"""The fault suite: real processes, killed at random under load, and the invariants that must hold all the same."""
