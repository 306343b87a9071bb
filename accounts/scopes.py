"""What one person may do for another, and in which area of life: the codes, and what is on from the start."""

from collections.abc import Iterable, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class Deed(models.TextChoices):
    """What may be done; nothing is done with what may not be seen."""

    SEE = "see", _("See the records")
    REPORT = "report", _("Say whether a record is right")
    APPLY = "apply", _("Apply for the fallback certificate, and fetch it")
    TOLD = "told", _("Receive notices")


class Area(models.TextChoices):
    """The groups of the home page; what was treated and what it cost stands apart from who insures."""

    MONEY = "money", _("Money")
    HEALTH = "health", _("Health insurance")
    MEDICAL = "medical", _("Vaccinations and medical expenses")
    PENSION = "pension", _("Pension")
    CARE = "care", _("Care and disability")
    FAMILY = "family", _("Family")
    WORK = "work", _("Work")
    TAX = "tax", _("Tax")


# nobody sees these unless the person themselves switches them on
OFF_AT_FIRST = frozenset({Area.MEDICAL, Area.CARE, Area.TAX})
# the fallback certificate stands for a health insurance
APPLIES_IN = frozenset({Area.HEALTH})

Scope = dict[str, list[str]]


def sound(chosen: Mapping[str, Iterable[str]]) -> Scope:
    """The scope in the house's order; nothing is done with what is not seen."""
    seen = {str(area) for area in chosen.get(Deed.SEE, ())}
    areas = {deed: APPLIES_IN if deed == Deed.APPLY else frozenset(Area) for deed in Deed}
    found = {
        str(deed): [
            str(area)
            for area in Area
            if area in areas[deed] and area in seen and area in set(chosen.get(deed, ()))
        ]
        for deed in Deed
    }
    return {deed: listed for deed, listed in found.items() if listed}
