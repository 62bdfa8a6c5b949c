"""`python -m tests.oracle`: compares the reports with the independent oracle on random orders and chains."""

import argparse
import sys

from tests.oracle.compare import differing_chains, differing_orders


def main() -> None:
    """Compare, print every difference, and end with status 1 if there is one."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--orders", type=int, default=10_000, help="random order histories for OP-3, OP-4 and OP-15")
    parser.add_argument("--chains", type=int, default=1_000, help="random chains of payments, 24 months each")
    parser.add_argument("--seed", type=int, default=13)
    given = parser.parse_args()
    orders = list(differing_orders(given.orders, given.seed))
    chains = list(differing_chains(given.chains, given.seed))
    for difference in (*orders, *chains):
        sys.stdout.write(f"{difference}\n")
    sys.stdout.write(f"{given.orders} orders: {len(orders)} differ; {given.chains} chains: {len(chains)} differ\n")
    sys.exit(1 if orders or chains else 0)


if __name__ == "__main__":
    main()
