"""Which values of register and insurance a certificate prints, and thus stands and falls with."""

from typing import Any

# Fields of accounts.Resident
REGISTER = ("name", "name_kana", "birth_date", "sex")

# Keys of a health insurance's details
INSURANCE = (
    "insurer_number",
    "insurer_name",
    "symbol",
    "number",
    "branch_number",
    "relation",
    "insured_name",
    "qualified_on",
    "disqualified_on",
    "copay_ratio",
)
# printed for those who ask for it
OPTIONAL = ("limit_category", "long_stay_on", "specific_disease")
SHARE_PRINTED_FROM = 70


def snapshot(
    resident: Any, details: dict[str, str], *, age: int, optional: bool = False
) -> dict[str, dict[str, str]]:
    """Return the present value of everything that is printed; the share counts from 70 years on only."""
    printed = [*OPTIONAL] if optional else []
    printed += [field for field in INSURANCE if field != "copay_ratio" or age >= SHARE_PRINTED_FROM]
    return {
        "register": {field: getattr(resident, field) for field in REGISTER},
        "insurance": {field: details.get(field) or "" for field in printed},
    }
