"""Invented people, institutions and records in the contract's form: what `make run` loads."""
