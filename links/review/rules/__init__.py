"""Is this record really this person's? Pure rules: no Django, no database, no clock."""

from links.review.rules.comparison import Comparison, Element, Person
from links.review.rules.verdict import RULES_VERSION, compare

__all__ = ["RULES_VERSION", "Comparison", "Element", "Person", "compare"]
