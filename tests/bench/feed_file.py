"""A feed of bank accounts of invented people, as large as wanted, always the same."""

import datetime
import random
from pathlib import Path

from tests.bench.people import number

HEADER = (
    "individual_number,reference,status,holder_name,holder_kana,holder_birth_date,holder_sex,holder_address,"
    "linked_on,obtained_by,entered_by,bank_code,bank_name,branch_code,branch_name,account_type,account_number"
)
SURNAMES = [("佐藤", "ｻﾄｳ"), ("鈴木", "ｽｽﾞｷ"), ("高橋", "ﾀｶﾊｼ"), ("渡辺", "ﾜﾀﾅﾍﾞ"), ("小林", "ｺﾊﾞﾔｼ")]
GIVEN = [("花子", "ﾊﾅｺ"), ("太郎", "ﾀﾛｳ"), ("陽子", "ﾖｳｺ"), ("健", "ｹﾝ"), ("美咲", "ﾐｻｷ")]
WAYS = ("card", "applicant_form", "online", "lookup_4")


def write_feed(path: Path, *, rows: int, people: int, prefix: str) -> Path:
    """So many rows, references beginning with the prefix, spread over the register."""
    dice = random.Random(20261124)
    numbers = [number(place) for place in range(people)]
    with path.open("w", encoding="utf-8") as out:
        out.write(HEADER + "\n")
        for place in range(rows):
            out.write(f"{numbers[place % people]},{prefix}{place:09},{_rest(dice)}\n")
    return path


def _rest(dice: random.Random) -> str:
    surname, given = dice.choice(SURNAMES), dice.choice(GIVEN)
    born = datetime.date(1930, 1, 1) + datetime.timedelta(days=dice.randrange(33_000))
    linked = datetime.date(2022, 3, 28) + datetime.timedelta(days=dice.randrange(1_500))
    address = f"東京都渋谷区神南{dice.randrange(1, 9)}丁目{dice.randrange(1, 30)}-{dice.randrange(1, 20)}"
    cells = (
        *(
            "active",
            f"{surname[0]}　{given[0]}",
            f"{surname[1]} {given[1]}",
            born,
            dice.choice("12"),
            address,
        ),
        *(linked, dice.choice(WAYS), "本店窓口", "0001", "見本銀行", f"{dice.randrange(1, 900):03}"),
        *("新宿支店", 1, f"{dice.randrange(10**7):07}"),
    )
    return ",".join(map(str, cells))
