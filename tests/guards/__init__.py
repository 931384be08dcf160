"""What the house forbids, looked for in its files. `python -m tests.guards` is `make check`."""
