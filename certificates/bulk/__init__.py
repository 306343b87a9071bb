"""Bulk issue: the monthly list and the renewals, each certificate exactly once, printed by a letter shop."""
