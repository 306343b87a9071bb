"""Pairs of a registered person and the holder of a record, each with the verdict it must get and why."""
