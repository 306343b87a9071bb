"""What PostgreSQL judges and writes at once is what the rules say one by one; SQLite has no part in it."""

import datetime
from collections.abc import Callable
from dataclasses import replace

import jaconv
import pytest
from django.db import connection
from hypothesis import assume, given
from hypothesis import strategies as st

from accounts.models import Resident
from links.models import Change, Finding, Link
from links.review import engine, setwise
from links.review.outcomes import Case, decide
from links.review.rules import Comparison, Person, compare
from links.review.rules.dates import ERAS
from links.review.setwise import MODEL
from tests.factories import ResidentFactory
from tests.links.review.factories import (
    bank_account,
    insurance,
    moved,
    own_record,
    relative,
    reviewed,
    strangers_record,
)

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="set-wise on PostgreSQL only")

KANJI = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5),
        st.sampled_from("々﨑髙塚\U00020bb7\u3402"),
    ),
    min_size=1,
    max_size=4,
)
LATIN = st.text(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), min_size=1, max_size=12)
KANA = st.text(st.sampled_from("アイウカガキサシジタチツッナハパマヤャラリワンー"), min_size=1, max_size=18)
NAMES = st.one_of(
    st.tuples(KANJI, KANJI).map("　".join), st.lists(LATIN, min_size=1, max_size=4).map(" ".join), KANJI
)
BORN = st.dates().filter(lambda day: 1900 < day.year < 2100).map(str)
PEOPLE = st.builds(
    Resident,
    name=NAMES,
    name_kana=st.one_of(st.tuples(KANA, KANA).map("　".join), st.just("")),
    former_surname=st.one_of(st.just(""), KANJI),
    common_name=st.one_of(st.just(""), st.tuples(KANJI, KANJI).map("　".join)),
    birth_date=BORN,
    sex=st.sampled_from("12"),
    address=st.sampled_from(["東京都渋谷区神南1丁目2-3", "大阪府大阪市北区梅田３−４", "見本県見本市八幡5"]),
)

DAYS = [datetime.date(year, 5, 12) for year in (1910, 1920, 1955, 1990, 2020)]
Writing = Callable[[datetime.date], str]


def in_era(name: str, sign: str) -> Writing:
    """Writes a day with the era's letter or digit, its year, month and day; empty outside its century."""

    def write(day: datetime.date) -> str:
        year = day.year - ERAS[name]
        return f"{sign}{year:02}{day:%m%d}" if 1 <= year <= (29 if sign in "5R" else 99) else ""

    return write


WRITINGS: list[Writing] = [
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day:%Y/%m/%d}",
    *[
        in_era(name, sign)
        for name, signs in zip(ERAS, ["M1", "T2", "S3", "H4", "R5"], strict=True)
        for sign in signs
    ],
]


def levels(found: Comparison) -> dict[str, str]:
    """How well each element agrees."""
    return {name: element.level for name, element in found.elements.items()}


@given(resident=PEOPLE, shape=st.sampled_from(sorted(setwise.shapes())))
def test_a_shape_means_for_everybody_what_it_means_for_the_model_person(
    resident: Resident, shape: str
) -> None:
    known = {"name": resident.name, "kana": resident.name_kana, "birth_date": resident.birth_date}
    known |= {"sex": resident.sex, "address": resident.address}
    sent = {
        field: text if letter == "e" else ""
        for (field, text), letter in zip(known.items(), shape[1:], strict=True)
    }
    assume(all(sent[field] for field, letter in zip(known, shape[1:], strict=True) if letter == "e"))
    category = "bank_account" if shape[0] == "+" else "tax"

    outcome = decide(Case(Link(category=category), compare(resident.as_person(), Person(**sent))), [])

    assert outcome == setwise.shapes()[shape]


@given(
    resident=PEOPLE,
    parted=st.sampled_from(["", " ", "　", "  "]),
    read=st.sampled_from([jaconv.z2h, jaconv.h2z]),
)
def test_how_a_name_is_parted_and_how_wide_its_reading_is_make_no_difference(
    resident: Resident, parted: str, read: Callable[[str], str]
) -> None:
    registered = resident.as_person()
    as_registered = replace(registered, name=resident.name, former_addresses=())
    otherwise = replace(
        as_registered,
        name=resident.name.replace("　", parted),
        kana=read(resident.name_kana).replace("　", parted),
    )

    found, plainly = compare(registered, otherwise), compare(registered, as_registered)

    assert levels(found) == levels(plainly)
    assert found.reasons == plainly.reasons


@given(day=st.dates(datetime.date(1901, 1, 1), datetime.date(2047, 12, 31)), write=st.sampled_from(WRITINGS))
def test_how_a_day_is_written_makes_no_difference(day: datetime.date, write: Writing) -> None:
    assume(write(day))

    found = compare(replace(MODEL, birth_date=str(day)), replace(MODEL, birth_date=write(day)))

    assert found.elements["birth_date"].level == "equal"


def test_shapes_are_only_those_that_leave_nothing_to_ask() -> None:
    shapes = setwise.shapes()

    assert {outcome.verdict for outcome in shapes.values()} == {"match", "unverifiable"}
    assert "-eeeee" in shapes
    assert "+memmm" in shapes
    assert "-memmm" not in shapes


def asked_one_by_one(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Fills with the keys of the links about which the rules themselves are asked."""
    asked: list[int] = []
    judge = engine.judge

    def listened(links: list[Link], *, on: datetime.date) -> engine.Judged:
        asked.extend(one.pk for one in links)
        return judge(links, on=on)

    monkeypatch.setattr("links.review.engine.judge", listened)
    return asked


def population() -> list[Link]:
    """Records of every kind: right, wrong, doubtful, otherwise written, under each signal."""
    people = [ResidentFactory.create() for _ in range(4)]
    people[3].died_on = "2026-01-01"
    people[3].save()
    relative(people[0], name="見本　華子", name_kana=people[0].name_kana, birth_date="1955-01-01")
    for who in people:
        own_record(who)
        own_record(who, holder_name=who.name.replace("　", ""))
        own_record(who, holder_sex="", holder_address="")
        own_record(who, **dict.fromkeys(("holder_name", "holder_kana", "holder_birth_date"), ""))
        strangers_record(who)
        bank_account(who, number=f"{who.pk:07}")
    bank_account(people[1]), bank_account(people[2])
    insurance(people[1]), insurance(people[1], insurer="06139463")
    return list(Link.objects.order_by("pk"))


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("write", WRITINGS)
def test_a_day_otherwise_written_is_told_by_the_database_just_where_it_is_that_day(
    resident: Resident, write: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    born = next(day for day in DAYS if write(day))
    Resident.objects.filter(pk=resident.pk).update(birth_date=str(born))
    person = Resident.objects.get(pk=resident.pk)
    own_record(person, holder_birth_date=write(born))
    other = own_record(person, holder_birth_date=write(born + datetime.timedelta(days=1)))
    asked = asked_one_by_one(monkeypatch)

    reviewed()

    assert asked == [other.pk]


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    "written", ["3000401", "9550401", "5500401", "R500401", "3550401 ", "35-50401", "S5504"]
)
def test_a_day_that_the_database_cannot_tell_is_asked_of_the_rules(
    resident: Resident, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = own_record(resident, holder_birth_date=written)
    asked = asked_one_by_one(monkeypatch)

    reviewed()

    assert asked == [link.pk]


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("born", "plain"),
    [
        *[(day, True) for day in ("1980-01-31", "1980-04-30", "1980-02-28", "1980-12-01", "2012-01-30")],
        *[(day, False) for day in ("1980-02-30", "1980-04-31", "1980-00-01", "1980-13-01", "1980-01-32")],
        *[(day, False) for day in ("1900-01-01", "1880-05-05", "1980-02-00")],
    ],
)
def test_only_days_that_exist_are_taken_as_written(
    resident: Resident, born: str, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    Resident.objects.filter(pk=resident.pk).update(birth_date=born)
    link = own_record(Resident.objects.get(pk=resident.pk))
    asked = asked_one_by_one(monkeypatch)

    reviewed()

    assert asked == ([] if plain else [link.pk])


def stored() -> list[tuple]:
    """Everything that a review leaves about the links."""
    links = Link.objects.order_by("pk").values_list("pk", "verdict", "concealed", "held")
    findings = Finding.objects.order_by("link").values_list(
        "link", "verdict", "reasons", "elements", "conceals"
    )
    changes = Change.objects.filter(kind="verdict").order_by("link").values_list("link", "before", "after")
    return [*links, *findings, *changes]


@on_postgresql
@pytest.mark.django_db
def test_both_ways_find_and_store_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    population()
    run = reviewed()
    at_once = stored()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM links_hold; DELETE FROM links_finding; DELETE FROM links_change")
    Link.objects.update(verdict="", concealed=False, held=False)
    monkeypatch.setattr("links.review.setwise.available", lambda: False)

    again = reviewed()

    assert stored() == at_once
    assert again.verdicts == run.verdicts


@on_postgresql
@pytest.mark.django_db
def test_what_did_not_change_is_not_asked_again(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    own_record(resident)
    reviewed()
    monkeypatch.setattr("links.review.engine.judge", lambda links, on: pytest.fail("asked") if links else [])

    run = reviewed()

    assert run.verdicts == {"match": 1}


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts", [{"birth_date": "1960-01-01"}, {"name": "別　人"}, {"died_on": "2026-01-01"}]
)
def test_a_fact_of_the_register_that_changed_is_seen_by_the_next_run(
    resident: Resident, facts: dict[str, str]
) -> None:
    link = own_record(resident)
    reviewed()
    moved(resident, **facts)

    reviewed()

    link.refresh_from_db()
    assert link.verdict != "match"


@on_postgresql
@pytest.mark.django_db
def test_new_rules_ask_again_and_write_nothing_where_they_say_the_same(
    resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = own_record(resident)
    reviewed()
    before = Link.objects.get(pk=link.pk).basis
    monkeypatch.setattr("links.review.runs.RULES_VERSION", "9999.1")

    reviewed()

    assert Link.objects.get(pk=link.pk).basis not in (None, before)
    assert Finding.objects.count() == 1
