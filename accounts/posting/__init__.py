"""Notices on paper, for whom nothing else reached, and what comes back."""
