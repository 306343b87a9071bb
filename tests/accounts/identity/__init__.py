"""Whose a sign-in is."""
