"""The few people on whom demonstrations and tests rely: nothing is wrong but what they stand for."""

import datetime

from portal.sample.register import Maker, Person

ROLES = ("child_account", "all_in_order", "foreign_without_card", "elderly", "neighbour")
CODES = {role: f"100000000{place}" for place, role in enumerate(ROLES, start=1)}
FATHER_CODE, CHILD_CODE = "1000000011", "1000000012"


def add_personas(maker: Maker) -> None:
    """Put the personas' households into the register, before anybody else."""
    maker.add(_family_of_child_account(maker))
    maker.add([_adult(maker, "all_in_order", ("佐伯", "サエキ"), ("直樹", "ナオキ"), age=45, sex="1")])
    maker.add([_foreign_without_card(maker)])
    maker.add([_adult(maker, "elderly", ("三浦", "ミウラ"), ("キヨ", "キヨ"), age=82, sex="2")])
    maker.add([_adult(maker, "neighbour", ("大野", "オオノ"), ("真由美", "マユミ"), age=51, sex="2")])


def _adult(
    maker: Maker, role: str, surname: tuple[str, str], given: tuple[str, str], *, age: int, sex: str
) -> Person:
    return Person(
        maker.number(), CODES.get(role, ""), surname, given, _born(maker.as_of, age), sex,
        maker.places.draw(), role=role, intact=True,
    )  # fmt: skip


def _family_of_child_account(maker: Maker) -> list[Person]:
    surname = ("高瀬", "タカセ")
    mother = _adult(maker, "child_account", surname, ("美咲", "ミサキ"), age=38, sex="2")
    father = _adult(maker, "father", surname, ("健太", "ケンタ"), age=40, sex="1")
    child = _adult(maker, "child", surname, ("陽菜", "ハルナ"), age=9, sex="2")
    father.code, father.place = FATHER_CODE, mother.place
    child.code, child.place = CHILD_CODE, mother.place
    mother.relationship, child.relationship = "妻", "子"
    return [father, mother, child]


def _foreign_without_card(maker: Maker) -> Person:
    surname, given = ("TRAN", "チャン"), ("THI MAI", "ティ　マイ")
    person = _adult(maker, "foreign_without_card", surname, given, age=29, sex="2")
    person.latin = True
    person.residence_expires_on = maker.as_of + datetime.timedelta(days=2 * 365 + 20)
    return person


def _born(as_of: datetime.date, age: int) -> datetime.date:
    """A birthday that lies some months back, so that the age holds for a while; another one for each age."""
    birthday = as_of - datetime.timedelta(days=60 + 3 * age)
    return birthday.replace(year=birthday.year - age, day=min(birthday.day, 28))
