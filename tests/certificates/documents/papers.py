"""A certificate of an invented person, and its address."""

from datetime import date

from certificates.documents.printed import Printed

PRINTED = Printed(
    number="C-7K3M-92QX",
    name="髙﨑　𠮷子",
    kana="タカサキ　ヨシコ",
    birth_date="1944-03-05",
    sex="2",
    symbol="さ国",
    member_number="0025568",
    branch_number="01",
    insurer_number="00111054",
    insurer_name="さいたま市中央区国民健康保険",
    insured_name="",
    qualified_on=date(2020, 4, 1),
    copay_ratio="020",
    issued_on=date(2026, 11, 23),
    valid_until=date(2027, 7, 31),
)
TOKEN = "eyJhbGciOiJFUzI1NiIsImtpZCI6IjAxMjM0NTY3ODlhYmNkZWYifQ." + "Q" * 130 + "." + "s" * 86
URL = f"https://portal.example/certificates/check/?code={TOKEN}"
PHONE = "0120-000-000"
