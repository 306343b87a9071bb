"""The thirteen institutions of the sample, and how each of them writes its file."""

from dataclasses import dataclass

FULL = ("holder_name", "holder_kana", "holder_birth_date", "holder_sex", "holder_address")
KANA_ONLY = ("holder_kana",)

ALIASES = {
    "individual_number": "個人番号",
    "reference": "記録番号",
    "status": "状態",
    "holder_name": "名義人氏名",
    "holder_kana": "名義人カナ",
    "holder_birth_date": "名義人生年月日",
    "holder_sex": "名義人性別",
    "holder_address": "名義人住所",
    "linked_on": "登録日",
    "obtained_by": "取得方法",
    "entered_by": "入力元",
}


@dataclass(frozen=True, slots=True)
class Sender:
    """One institution: what it sends (`holder` columns), and its habits of writing."""

    code: str
    kind: str
    name_ja: str
    name_en: str
    category: str
    holder: tuple[str, ...]
    encoding: str = "utf-8"
    newline: str = "\n"
    japanese_header: bool = False
    birth_style: str = "iso"
    linked_style: str = "iso"
    sexes: tuple[str, str] = ("男", "女")
    half_kana: bool = False
    quote_all: bool = False
    remark: bool = False
    format: str = "csv"
    every_days: int = 30

    @property
    def codec(self) -> str:
        """The character set: what it cannot write becomes ●."""
        return "cp932" if self.encoding == "cp932" else "utf-8"

    @property
    def file_name(self) -> str:
        """Where the sample keeps its feed."""
        return f"feed_{self.code}.{'ndjson' if self.format == 'fhir' else self.format}"


SENDERS = (
    Sender(
        "BK0001", "bank", "みどり見本銀行", "Midori Sample Bank", "bank_account", KANA_ONLY,
        encoding="cp932", newline="\r\n", japanese_header=True, linked_style="compact", half_kana=True,
        every_days=7,
    ),
    Sender(
        "BK9900", "bank", "見本貯金銀行", "Sample Savings Bank", "bank_account", KANA_ONLY,
        encoding="cp932", linked_style="compact", half_kana=True, remark=True, every_days=7,
    ),
    Sender(
        "HI01", "health_insurer", "見本健康保険協会", "Sample Health Insurance Association",
        "health_insurance", FULL,
        birth_style="digit", sexes=("1", "2"),
    ),
    Sender(
        "HI06139463", "health_insurer", "見本健康保険組合", "Sample Health Insurance Society",
        "health_insurance", FULL, format="fhir", sexes=("male", "female"),
    ),
    Sender(
        "HI138057", "clearing_house", "見本医療保険情報センター", "Sample Clearing House",
        "health_insurance", FULL,
        encoding="utf-8-sig", newline="\r\n", japanese_header=True, birth_style="compact",
    ),
    Sender(
        "PN0001", "pension", "見本年金センター", "Sample Pension Centre", "pension", FULL,
        encoding="cp932", japanese_header=True, birth_style="digit", linked_style="dotted", sexes=("1", "2"),
        half_kana=True,
    ),
    Sender(
        "DS0001", "disability", "障害者手帳所管課", "Disability Certificates Office",
        "disability_certificate", ("holder_name",), every_days=90,
    ),
    Sender(
        "CR0001", "care", "介護保険課", "Care Insurance Office", "care_insurance", FULL,
        encoding="utf-8-sig", japanese_header=True, birth_style="kanji", linked_style="kanji",
    ),
    Sender(
        "EI0001", "employment", "見本ハローワーク", "Sample Employment Office", "employment_insurance",
        ("holder_kana", "holder_birth_date", "holder_sex"),
        encoding="cp932", birth_style="letter", sexes=("M", "F"), half_kana=True,
    ),
    Sender(
        "TX0001", "tax", "市町村税務課", "Municipal Tax Office", "tax", FULL, remark=True, every_days=365,
    ),
    Sender(
        "CA0001", "municipality", "子育て支援課", "Child Support Office", "child_allowance",
        ("holder_name", "holder_kana", "holder_birth_date", "holder_address"),
        japanese_header=True, birth_style="kanji",
    ),
    Sender(
        "VC0001", "municipality", "予防接種係", "Vaccination Office", "vaccination",
        ("holder_name", "holder_kana", "holder_birth_date"),
        encoding="utf-8-sig", birth_style="slashed", linked_style="slashed", quote_all=True,
    ),
    Sender(
        "ME0001", "health_insurer", "見本医療費集計センター", "Sample Medical Expense Centre",
        "medical_expense", ("holder_name", "holder_kana", "holder_birth_date", "holder_sex"),
        encoding="cp932", newline="\r\n", birth_style="dotted", half_kana=True, sexes=("1", "2"),
    ),
)  # fmt: skip
