"""The details of a record as people read them: days as days, codes in words."""

import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from links.categories import DETAILS

# The codes of feeds.md; a code that is not here is shown as it was sent
CODES: dict[str, dict[str, Promise]] = {
    "account_type": {
        "1": _("Ordinary account"),
        "2": _("Current account"),
        "4": _("Savings account"),
        "9": _("Other kind of account"),
    },
    "relation": {"1": _("Insured in one's own right"), "2": _("Insured as a family member")},
    "copay_ratio": {"010": _("10 percent"), "020": _("20 percent"), "030": _("30 percent")},
    "specific_disease": {"A": _("Group A"), "B": _("Group B"), "C": _("Group C")},
    "card_use_registered": {"1": _("Registered"), "0": _("Not registered")},
    "card_state": {
        "none": _("No card"),
        "valid": _("Can be used"),
        "lost": _("Reported as lost"),
        "renewing": _("Being renewed"),
        "returned": _("Given back"),
    },
    "entitled_without_application": {"1": _("Comes without applying"), "0": _("Must be applied for")},
    "certificate_kind": {
        "physical": _("Certificate of a physical disability"),
        "intellectual": _("Certificate of an intellectual disability"),
        "mental": _("Certificate of a mental disability"),
    },
}
DAYS = {key for key in DETAILS if key.endswith("_on")} | {"valid_until"}


def rows(details: dict[str, str]) -> list[dict[str, Any]]:
    """What was sent in the order of the labels, for components/summary_list.html; nothing that is empty."""
    known = [key for key in DETAILS if details.get(key)]
    others = [key for key, value in details.items() if value and key not in DETAILS]
    return [{"key": DETAILS.get(key, key), "value": worded(key, details[key])} for key in known + others]


def worded(key: str, value: str) -> datetime.date | Promise | str:
    """One value: a day where it is one, words for a code, anything else as it was sent."""
    if key in DAYS:
        return day_or_text(value)
    return CODES.get(key, {}).get(value, value)


def day_or_text(value: str) -> datetime.date | str:
    """The day of an ISO date, with or without hyphens; other text as it is."""
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return value
