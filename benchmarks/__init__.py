"""How long a report takes, against the same work done by hand: ``python -m benchmarks``."""
