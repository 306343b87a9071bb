"""The columns of the resident register (feeds.md, "Resident register")."""

from accounts.intake.columns import Column, Form
from accounts.intake.fields import any_date, birth_date, digits, flag, individual_number, past_date, sex, text

REGISTER = Form(
    key="resident_code",
    columns=(
        Column("individual_number", individual_number, "個人番号", required=True),
        Column("resident_code", text(20), "宛名番号", required=True),
        Column("name", text(200), "氏名", required=True),
        Column("name_kana", text(200), "氏名カナ"),
        Column("common_name", text(200), "通称"),
        Column("former_surname", text(100), "旧氏"),
        Column("birth_date", birth_date, "生年月日", required=True),
        Column("sex", sex, "性別"),
        Column("postal_code", digits(7), "郵便番号"),
        Column("address", text(1000), "住所", required=True),
        Column("previous_address", text(1000), "前住所"),
        Column("moved_in_on", past_date, "異動日"),
        Column("household_code", text(50), "世帯番号"),
        Column("relationship", text(50), "続柄"),
        Column("residence_expires_on", any_date, "在留期間満了日"),
        Column("protected", flag, "支援措置"),
        Column("died_on", past_date, "死亡日"),
    ),
)
