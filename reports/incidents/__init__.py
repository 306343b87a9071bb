"""Whole incidents: everybody affected is listed, one plan settles all records, the public is told."""
