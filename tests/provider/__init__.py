"""A real OpenID provider, run as its own process: `python -m tests.provider` for development."""
