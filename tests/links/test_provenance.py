"""Where a record came from: the office only as far as its details may be seen, and every change in words."""

import datetime

import pytest
from django.utils import translation

from links.models import Change, Link, ReviewRun
from links.provenance import CHECKED, OBTAINED_BY, TITLES, history, origin, rules_of
from tests import factories

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def changed(link, now):
    def change(kind: str, at=now, **after) -> Change:
        return Change.objects.create(link=link, resident=link.resident, kind=kind, after=after, at=at)

    return change


def test_the_first_line_says_who_linked_it_when_and_how(link) -> None:
    (first,) = history(link)

    assert first.who == f"Mihon Bank {link.entered_by}"
    assert (first.title, first.at) == ("linked it to your number", link.linked_on)
    assert first.detail == "Written by the applicant on a form"


@pytest.mark.parametrize("state", [{"held": True}, {"verdict": ""}, {"verdict": "mismatch"}])
def test_the_office_of_a_hidden_record_is_not_told(link, state) -> None:
    for name, value in state.items():
        setattr(link, name, value)

    assert origin(link).who == "Mihon Bank"


def test_an_unknown_way_of_getting_the_number_is_said_to_be_unknown(link) -> None:
    link.obtained_by = "carrier_pigeon"

    assert origin(link).detail == "How the number was obtained is not known"


def test_changes_follow_in_the_order_in_which_they_happened(link, changed, now) -> None:
    changed("released", at=now)
    changed("held", at=now - DAY)
    changed("created", at=now - 2 * DAY)

    titles = [event.title for event in history(link)]

    assert titles == ["linked it to your number", "Its use was stopped", "It was released"]


def test_changes_of_one_moment_keep_their_order(link, changed, now) -> None:
    for kind in ("held", "released", "held"):
        changed(kind)

    titles = [event.title for event in history(link)][1:]

    assert titles == ["Its use was stopped", "It was released", "Its use was stopped"]


@pytest.mark.parametrize("verdict", [v for v in Link.Verdict if v])
def test_every_verdict_has_words(link, changed, verdict) -> None:
    changed("verdict", verdict=verdict)

    assert history(link)[-1].title == str(CHECKED[verdict])


def test_every_kind_of_change_has_words() -> None:
    said_elsewhere = {Change.Kind.CREATED, Change.Kind.VERDICT}

    assert set(TITLES) == set(Change.Kind) - said_elsewhere


def test_no_change_tells_what_the_institution_sent(link, changed) -> None:
    changed("updated", holder_name="別人　太郎", reference="BK999")

    event = history(link)[-1]

    assert "別人" not in f"{event.title}{event.who}{event.detail}"


def test_histories_of_other_records_stay_there(link, changed) -> None:
    changed("held")

    assert len(history(factories.LinkFactory.create(resident=link.resident))) == 1


def test_who_gets_a_record_back_reads_how_long_it_was_elsewhere_and_how_often_opened(link, changed) -> None:
    changed("arrived", days=30, opened=2)

    assert history(link)[-1].detail == "For 30 days. Its details were opened there: 2 times."


def test_a_history_is_one_query(link, changed, django_assert_num_queries) -> None:
    for kind in TITLES:
        changed(kind, days=3, opened=1)

    with django_assert_num_queries(1):
        history(link)


def test_ways_of_getting_a_number_fit_their_column() -> None:
    longest = Link._meta.get_field("obtained_by").max_length

    assert all(len(code) <= longest for code in OBTAINED_BY)


def checked_by(link, version: str, *, at) -> None:
    """A run over every link by that version."""
    ReviewRun.objects.create(rules_version=version, state="finished", started_at=at, finished_at=at)


def test_a_check_names_the_rules_of_the_last_run_over_the_record(link, now) -> None:
    finding = factories.FindingFactory.create(link=link, rules_version="7", found_at=now - DAY)
    checked_by(link, "6", at=now - 2 * DAY)

    before = rules_of(link, finding)
    checked_by(link, "8", at=now)

    assert (before, rules_of(link, finding)) == ("7", "8")


def test_before_the_first_check_no_rules_are_named(link) -> None:
    link.verdict = ""

    assert rules_of(link, None) == ""
    assert rules_of(link, factories.FindingFactory.create(link=link)) == ""
