"""How fast the program is, and what it keeps when it is killed: `python -m benchmarks` prints one table."""
