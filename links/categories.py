"""The categories of records, the kinds under which residents see them, and the labels of their details."""

from django.db.models import Case, CharField, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.scopes import Area

CATEGORIES = {
    "bank_account": _("Bank account for public payments"),
    "health_insurance": _("Health insurance"),
    "pension": _("Pension"),
    "disability_certificate": _("Disability certificate"),
    "care_insurance": _("Care insurance"),
    "employment_insurance": _("Employment insurance"),
    "tax": _("Tax and income"),
    "child_allowance": _("Child allowance"),
    "vaccination": _("Vaccination"),
    "medical_expense": _("Medical expenses"),
}

# The groups of the home page, in their order
KINDS = {
    "money": (_("Money"), ("bank_account",)),
    "health": (_("Health"), ("health_insurance", "vaccination", "medical_expense")),
    "pension": (_("Pension"), ("pension",)),
    "care": (_("Care and disability"), ("care_insurance", "disability_certificate")),
    "family": (_("Family"), ("child_allowance",)),
    "work": (_("Work"), ("employment_insurance",)),
    "tax": (_("Tax"), ("tax",)),
}
KIND_OF = {category: kind for kind, (_label, categories) in KINDS.items() for category in categories}
# The areas of life in which somebody may act for another: as the groups, but for what was treated
AREA_OF = KIND_OF | dict.fromkeys(("vaccination", "medical_expense"), Area.MEDICAL.value)


def area_of(path: str = "category") -> Case:
    """The area of a row's category, for the database; where no area is known, nobody's helper sees it."""
    areas: dict[str, list[str]] = {}
    for category, area in AREA_OF.items():
        areas.setdefault(area, []).append(category)
    cases = (When(**{f"{path}__in": listed}, then=Value(area)) for area, listed in areas.items())
    return Case(*cases, default=Value(""), output_field=CharField())


# what a record's office is called where its name could tell where somebody lives
HIDDEN_OFFICE = _("An office or company (its name is hidden)")

# What a resident may open on the record's page; the order of each category's columns in feeds.md
DETAILS = {
    "reference": _("Reference"),
    "bank_code": _("Bank code"),
    "bank_name": _("Bank"),
    "branch_code": _("Branch code"),
    "branch_name": _("Branch"),
    "account_type": _("Kind of account"),
    "account_number": _("Account number"),
    "insurer_number": _("Insurer's number"),
    "insurer_name": _("Insurer"),
    "symbol": _("Symbol"),
    "number": _("Number"),
    "branch_number": _("Branch number"),
    "relation": _("Relation"),
    "insured_name": _("Insured person"),
    "insured_kana": _("Insured person in kana"),
    "qualified_on": _("Insured since"),
    "disqualified_on": _("Insured until"),
    "copay_ratio": _("Your share of the cost"),
    "limit_category": _("Limit category"),
    "long_stay_on": _("Long stay since"),
    "specific_disease": _("Specific disease"),
    "card_use_registered": _("Card registered as insurance card"),
    "card_state": _("State of the card"),
    "card_certificate_expires_on": _("Electronic certificate valid until"),
    "entitled_without_application": _("Certificate comes without applying"),
    "pension_number": _("Pension number"),
    "certificate_kind": _("Kind of certificate"),
    "certificate_number": _("Certificate number"),
    "grade": _("Grade"),
    "issued_on": _("Issued on"),
    "expires_on": _("Valid until"),
    "care_level": _("Care level"),
    "valid_until": _("Valid until"),
    "municipality": _("Municipality"),
    "fiscal_year": _("Fiscal year"),
    "vaccine": _("Vaccine"),
    "given_on": _("Given on"),
    "period": _("Period"),
    "provider_count": _("Number of providers"),
}
# Details that never tell where somebody lives; branches, insurers, towns, symbols and numbers can
PLACELESS = {
    *("account_type", "relation", "qualified_on", "disqualified_on", "copay_ratio", "limit_category"),
    *("long_stay_on", "specific_disease", "card_use_registered", "card_state", "card_certificate_expires_on"),
    *("entitled_without_application", "certificate_kind", "grade", "issued_on", "expires_on", "care_level"),
    *("valid_until", "fiscal_year", "vaccine", "given_on", "period", "provider_count"),
}
