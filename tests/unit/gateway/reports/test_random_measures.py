from tests.oracle.compare import differing_chains, differing_orders


def test_random_orders_are_counted_as_the_oracle_counts_them() -> None:
    """OP-3, OP-4 and OP-15 of random histories agree from the event log on (`python -m tests.oracle` takes 10,000)."""
    assert [] == list(differing_orders(400, seed=7))


def test_random_chains_are_paid_as_the_oracle_pays_them() -> None:
    """Levels, escalation and dollars of two random years agree (`python -m tests.oracle` takes 1,000 of them)."""
    assert [] == list(differing_chains(40, seed=7))
