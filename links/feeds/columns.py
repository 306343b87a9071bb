"""The columns of a feed as tables: those of every feed, and those of each category (feeds.md)."""

from django.utils.translation import gettext_noop as _

from accounts.intake.columns import Column, Form
from accounts.intake.fields import (
    any_date,
    as_sent,
    birth_date_as_sent,
    digits,
    individual_number,
    insurer_number,
    known_or,
    one_of,
    past_date,
    sex,
    text,
)

OBTAINED_BY = (
    "card",
    "applicant_form",
    "employer_form",
    "family_form",
    "lookup_4",
    "lookup_3",
    "counter_terminal",
    "online",
    "migration",
    "unknown",
)
UNKNOWN_OBTAINED_BY = _("obtained_by has a value that is not known; it was stored as unknown.")

_flag = one_of(("0", "1"))
_words = text(1000)

HOLDER = (
    Column("individual_number", individual_number, "個人番号", required=True),
    Column("reference", as_sent(1000), "記録番号", required=True),
    Column("status", one_of(("active", "ended", "removed")), "状態"),
    Column("holder_name", as_sent(1000), "名義人氏名"),
    Column("holder_kana", as_sent(1000), "名義人カナ"),
    Column("holder_birth_date", birth_date_as_sent, "名義人生年月日"),
    Column("holder_sex", sex, "名義人性別"),
    Column("holder_address", as_sent(1000), "名義人住所"),
    Column("linked_on", past_date, "登録日", required=True),
    Column(
        "obtained_by", known_or(OBTAINED_BY, otherwise="unknown", warning=UNKNOWN_OBTAINED_BY), "取得方法"
    ),
    Column("entered_by", as_sent(1000), "入力元"),
)

DETAILS = {
    "bank_account": (
        Column("bank_code", digits(4)),
        Column("bank_name", _words),
        Column("branch_code", digits(3)),
        Column("branch_name", _words),
        Column("account_type", one_of(("1", "2", "4", "9"))),
        Column("account_number", digits(7)),
    ),
    "health_insurance": (
        Column("insurer_number", insurer_number),
        Column("insurer_name", _words),
        Column("symbol", _words),
        Column("number", _words),
        Column("branch_number", digits(2)),
        Column("relation", one_of(("1", "2"))),
        Column("insured_name", _words),
        Column("insured_kana", _words),
        Column("qualified_on", past_date),
        Column("disqualified_on", past_date),
        Column("copay_ratio", one_of(("010", "020", "030"))),
        Column("limit_category", _words),
        Column("long_stay_on", past_date),
        Column("specific_disease", one_of(("A", "B", "C"))),
        Column("card_use_registered", _flag),
        Column("card_state", one_of(("none", "valid", "lost", "renewing", "returned"))),
        Column("card_certificate_expires_on", any_date),
        Column("entitled_without_application", _flag),
    ),
    "pension": (Column("pension_number", digits(10)),),
    "disability_certificate": (
        Column("certificate_kind", one_of(("physical", "intellectual", "mental"))),
        Column("certificate_number", _words),
        Column("grade", _words),
        Column("issued_on", past_date),
        Column("expires_on", any_date),
    ),
    "care_insurance": (
        Column("insurer_number", digits(6)),
        Column("number", digits(10)),
        Column("care_level", _words),
        Column("valid_until", any_date),
    ),
    "employment_insurance": (Column("number", digits(11)),),
    "tax": (Column("municipality", _words), Column("fiscal_year", _words)),
    "child_allowance": (Column("municipality", _words), Column("number", _words)),
    "vaccination": (Column("municipality", _words), Column("vaccine", _words), Column("given_on", past_date)),
    "medical_expense": (Column("period", _words), Column("provider_count", _words)),
}

FEEDS = {category: Form(key="reference", columns=HOLDER + columns) for category, columns in DETAILS.items()}
