"""Real servers for the tests: found, else installed, else a clear failure that says what to install."""
