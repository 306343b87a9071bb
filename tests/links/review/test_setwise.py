"""What PostgreSQL judges and writes at once is what the rules say one by one; SQLite has no part in it."""

import datetime

import pytest
from django.db import connection
from hypothesis import assume, given
from hypothesis import strategies as st

from accounts.models import Resident
from links.models import Change, Finding, Link
from links.review import engine, setwise
from links.review.outcomes import Case, decide
from links.review.rules import Person, compare
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
    surname=KANJI, given=KANJI, readings=st.tuples(KANA, KANA), parted=st.sampled_from(["", " ", "　", "  "])
)
def test_how_a_name_is_parted_makes_no_difference(
    surname: str, given: str, readings: tuple[str, str], parted: str
) -> None:
    rest = {"birth_date": "1980-04-01", "sex": "2", "address": MODEL.address}
    registered = Person(name=f"{surname}　{given}", kana="　".join(readings), **rest)

    found = compare(
        registered, Person(name=parted.join((surname, given)), kana=parted.join(readings), **rest)
    )

    assert (found.elements["name"].level, found.elements["kana"].level) == ("equal", "equal")
    assert found == compare(registered, registered)._replace(elements=found.elements)


def test_shapes_are_only_those_that_leave_nothing_to_ask() -> None:
    shapes = setwise.shapes()

    assert {outcome.verdict for outcome in shapes.values()} == {"match", "unverifiable"}
    assert "-eeeee" in shapes
    assert "+memmm" in shapes
    assert "-memmm" not in shapes


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
    asked: list[int] = []
    judge = engine.judge

    def listened(links: list[Link], *, on: datetime.date) -> engine.Judged:
        asked.extend(one.pk for one in links)
        return judge(links, on=on)

    monkeypatch.setattr("links.review.engine.judge", listened)

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
