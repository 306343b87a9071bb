"""Everything that a certificate prints, as kept with it and as compared with the facts of today."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from accounts.documents.days import on_paper
from certificates.schemes import Scheme, scheme_of

SEXES = {"1": "男", "2": "女"}
SCHEMES = {
    Scheme.KYOKAI: "健康保険",
    Scheme.SOCIETY: "健康保険",
    Scheme.MUTUAL_AID: "共済組合",
    Scheme.NATIONAL: "国民健康保険",
    Scheme.NATIONAL_SOCIETY: "国民健康保険",
    Scheme.LATE_STAGE: "後期高齢者医療",
}
SHARES = {"010": "1割", "020": "2割", "030": "3割"}


@dataclass(frozen=True, kw_only=True)
class Printed:
    """One certificate's print: codes as in the feeds, days as dates; an empty field prints nothing."""

    number: str
    name: str
    kana: str
    birth_date: str
    sex: str
    symbol: str
    member_number: str
    branch_number: str
    insurer_number: str
    insurer_name: str
    insured_name: str
    qualified_on: date | None
    copay_ratio: str
    issued_on: date
    valid_until: date
    # printed for those who ask for it
    limit_category: str = ""
    long_stay_on: date | None = None
    specific_disease: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the fields in a form that JSON keeps."""
        return {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Printed":
        """Read back what `as_json` wrote."""
        days = {
            field.name for field in fields(cls) if field.name.endswith("_on") or field.name == "valid_until"
        }
        read: dict[str, Any] = {
            key: date.fromisoformat(value) if key in days and value else value for key, value in kept.items()
        }
        return cls(**read)

    @property
    def scheme_in_words(self) -> str:
        """The kind of insurance that stands above the title."""
        return SCHEMES[scheme_of(self.insurer_number)]

    @property
    def birth_in_words(self) -> str:
        """The day of birth with its era; a month or day that the register does not know is not made up."""
        if "-00" in self.birth_date:
            return f"{self.birth_date[:4]}年（月日不詳）"
        return on_paper(date.fromisoformat(self.birth_date))

    @property
    def sex_in_words(self) -> str:
        """男 or 女, empty where the register has none."""
        return SEXES.get(self.sex, "")

    @property
    def share_in_words(self) -> str:
        """The share of the cost that the person pays, as 3割; printed from 70 years on."""
        return SHARES.get(self.copay_ratio, "")
