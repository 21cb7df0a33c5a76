"""How fast, how big and how it grows, measured beside a floor of the same run: `python -m benchmarks`."""
