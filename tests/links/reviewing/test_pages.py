"""How far a run came, and what it looks at, in words."""

import datetime

import pytest

from links.models import Link, ReviewRun
from links.reviewing.pages import how_far, page, row, scope_of
from tests.factories import InstitutionFactory
from tests.links.review.factories import feed_of

START = datetime.datetime(2026, 11, 23, 3, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


def run(**fields: object) -> ReviewRun:
    return ReviewRun.objects.create(**{"rules_version": "1", "started_at": START, **fields})


def test_a_run_in_the_middle_says_share_rate_and_time_left(institution) -> None:
    feed_of(4, wrong=0, institution=institution)
    keys = list(Link.objects.order_by("pk").values_list("pk", flat=True))
    reached = keys[-1] // 2
    half = run(reached=reached, checked=50)

    found = how_far(half, at=START + 10 * SECOND)

    share = reached / keys[-1]
    assert (found.percent, found.rate) == (int(100 * share), 5)
    assert found.left == datetime.timedelta(seconds=round(10 * (1 - share) / share))


def test_at_its_beginning_nobody_knows_how_long_it_takes(institution) -> None:
    feed_of(2, wrong=0, institution=institution)

    found = how_far(run(), at=START)

    assert (found.percent, found.rate, found.left) == (0, 0, None)


def test_a_run_over_nothing_is_done(db) -> None:
    assert how_far(run(), at=START + SECOND).percent == 100


def test_a_run_that_is_over_keeps_its_rate(db) -> None:
    over = run(state="finished", finished_at=START + 10 * SECOND, checked=100)

    found = how_far(over, at=START + 1000 * SECOND)

    assert (found.percent, found.rate, found.left) == (100, 10, None)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Every institution ・ All kinds"),
        ({"category": "tax"}, "Every institution ・ Tax and income"),
        ({"changed_only": True}, "Every institution ・ All kinds ・ only what may have changed"),
    ],
)
def test_the_scope_is_said_in_words(db, fields, words) -> None:
    assert scope_of(run(**fields)) == words


def test_the_scope_names_its_institution(db) -> None:
    bank = InstitutionFactory.create(name_en="Mihon Bank")

    assert scope_of(run(institution=bank)).startswith("Mihon Bank")


@pytest.mark.parametrize("state", ReviewRun.State)
def test_every_state_has_a_sign(db, state) -> None:
    assert row(run(state=state))["tone"]


def test_the_page_has_everything(withholding_run) -> None:
    shown = page(withholding_run)

    assert shown["alarms"].withheld == 2
    assert [len(line.findings) for line in shown["kinds"]] == [len(shown["heads"])]
    assert shown["stopped"] == []
