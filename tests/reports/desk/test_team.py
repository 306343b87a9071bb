"""The team's figures: counted by hand, drawn as bars with tables, and as CSV."""

import csv
import datetime
import io

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from reports.desk import team
from reports.models import Message, Report, Step
from tests import factories
from tests.readers import sign_in
from tests.reports.factories import corrected, filed

A_DAY = datetime.timedelta(days=1)


def received(days: float, **fields: object) -> Report:
    """An open case of that age."""
    link = factories.LinkFactory.create()
    report = filed(link, factories.bound_user(link.resident))
    values = {"received_at": timezone.now() - days * A_DAY} | fields
    Report.objects.filter(pk=report.pk).update(**values)
    return report


def closed(days: float, support, **fields: object) -> Report:
    """A case that was closed so many days after it came."""
    link = factories.LinkFactory.create()
    report = corrected(link, factories.bound_user(link.resident), support)
    now = timezone.now()
    Report.objects.filter(pk=report.pk).update(received_at=now - days * A_DAY, closed_at=now, **fields)
    return report


def test_open_cases_are_counted_by_age_and_severity(support):
    received(0.5)
    received(3)
    received(30, severity=4)
    closed(2, support)

    grid = team.open_by_age(timezone.now())

    by_age = [counts for _words, counts in grid]
    assert team.order() == [4, 3, 2, 1]
    assert [sum(counts) for counts in by_age] == [1, 1, 0, 0, 1]
    assert by_age[-1] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("days", "median", "ninth"),
    [([], None, None), ([2.0], 2.0, 2.0), ([1.0, 2.0, 3.0, 4.0], 2.0, 4.0), (list(range(1, 11)), 5, 9)],
)
def test_half_and_nine_of_ten_took_at_most(days, median, ninth):
    found = team.times("", days)

    assert (found.median, found.ninth, found.cases) == (median, ninth, len(days))


def test_the_first_answer_is_the_first_word_of_staff_or_the_decision(support):
    report = received(4)
    at = timezone.now() - 3 * A_DAY
    for audience, by, moment in (
        ("support", report.filed_by, at - A_DAY / 2),
        ("staff", support, at - A_DAY / 4),
        ("resident", support, at),
        ("resident", support, at + A_DAY),
    ):
        Message.objects.create(
            report=report, resident_id=report.resident_id, audience=audience, text="…", by=by, at=moment
        )
    received(2)

    (days,) = team.answered_since(timezone.now() - team.DAYS)

    assert days == pytest.approx(1, abs=0.01)


def test_what_was_opened_again_counts_as_that(support):
    back, *_others = [closed(days, support) for days in (1, 2, 3, 4)]
    Step.objects.create(
        report=back, resident_id=back.resident_id, state="reopened", by=None, at=timezone.now()
    )

    known = team.computed(at=timezone.now())

    assert (known.closed, known.reopened_percent, known.resolution.median) == (4, 25, 2.0)
    (cause,) = known.causes
    assert (cause.times.cases, cause.reopened_percent) == (4, 25)
    assert sum(row.times.cases for row in known.institutions) == 4


def test_withdrawn_and_old_cases_are_left_out(support):
    old = closed(3, support)
    Report.objects.filter(pk=old.pk).update(closed_at=timezone.now() - team.DAYS - A_DAY)

    assert team.computed(at=timezone.now()).closed == 0


def test_the_page_draws_and_the_file_says_the_same(client, support):
    received(3)
    sign_in(client, support)

    page = client.get(reverse("desk:team")).content.decode()
    rows = list(csv.reader(io.StringIO(client.get(reverse("desk:team_csv")).content.decode())))

    assert page.count("<svg") >= 9
    assert "Open cases by age and severity" in page
    assert ["open", "2 to 5 days", "Ordinary", "0"] in rows or [
        "open",
        "2 to 5 days",
        "Money at stake",
        "1",
    ] in rows


def test_the_page_costs_the_same_with_more_cases(client, support, django_assert_max_num_queries):
    for days in (1, 2, 3):
        closed(days, support)
        received(days)
    cache.clear()
    sign_in(client, support)

    with django_assert_max_num_queries(16):
        client.get(reverse("desk:team"))
