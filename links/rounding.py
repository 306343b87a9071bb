"""How exactly a count may be told in public."""

# below this a figure could point to persons, and steps of this size hide single cases
GRAIN = 10


def rounded(cases: int) -> int | None:
    """To tens, so that no small number can be derived; None below ten."""
    return cases // GRAIN * GRAIN or None
