"""Records that the tests of a code share."""

from tests.reports.conftest import insurance, neighbours_link

__all__ = ["insurance", "neighbours_link"]
