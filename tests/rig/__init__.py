"""Real servers as child processes, and real orders to send them: for the fault suite and the benchmarks."""
