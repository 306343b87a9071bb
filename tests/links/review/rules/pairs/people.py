"""The people that the pairs are about, and how a pair is written."""

from dataclasses import replace
from typing import NamedTuple

from links.review.rules import Person

MAN = Person(
    name="山田　太郎",
    kana="ヤマダ　タロウ",
    birth_date="1980-05-12",
    sex="男",
    address="東京都新宿区西新宿２丁目８番１号　ハイツ山田１０１号室",
)
WOMAN = Person(
    name="渡邉　惠子",
    kana="ワタナベ　ケイコ",
    birth_date="1953-11-30",
    sex="女",
    address="群馬県太田市飯塚町２３８８番地",
)
VISITOR = Person(
    name="NGUYEN VAN MINH",
    kana="グエン　ヴァン　ミン",
    birth_date="1995-03-08",
    sex="男",
    address="愛知県豊田市元町１番地",
)
NOBODY = Person("", "", "", "", "")


class Pair(NamedTuple):
    """One case: what it is about, the verdict it must get, and both sides."""

    why: str
    verdict: str
    registered: Person
    claimed: Person


def same_but(person: Person, verdict: str, why: str, registered: dict | None = None, **claimed) -> Pair:
    """The person beside a copy; `registered` and the keywords say what is changed on either side."""
    mine = replace(person, **(registered or {}))
    return Pair(why, verdict, mine, replace(mine, former_addresses=(), **claimed))


def only(person: Person, verdict: str, why: str, registered: dict | None = None, **claimed) -> Pair:
    """The person beside a record that holds nothing but the keywords."""
    return Pair(why, verdict, replace(person, **(registered or {})), replace(NOBODY, **claimed))
