"""What a run found, counted by kind, institution and cause, and what people decided since."""

import csv
import io

from django.core.cache import cache
from django.utils import timezone

from links.models import Finding, Link, ReviewRun
from links.review import settle
from links.reviewing import report, stopped
from tests.factories import LinkFactory
from tests.links.review.factories import resent, reviewed

MISMATCH = -1


def told(counted: list[report.Counted]) -> dict[str, int]:
    return {str(each.words): each.value for each in counted}


def test_everything_that_was_checked_stands_under_its_verdict(withholding_run) -> None:
    assert told(report.verdicts(withholding_run)) == {
        "Matches": 2,
        "Cannot be checked": 0,
        "A person is checking it": 0,
        "Points to another person": 2,
    }


def test_new_findings_are_counted_by_kind(withholding_run) -> None:
    (line,) = report.by_kind(report.groups(withholding_run))

    assert (str(line.words), line.findings) == ("Tax and income", [2, 0, 0, 2])


def test_the_institution_with_the_most_mismatches_comes_first(withholding_run, institution) -> None:
    worst, other = report.by_institution(report.groups(withholding_run))

    assert (worst.words, worst.findings) == (institution.name, [1, 0, 0, 2])
    assert other.findings == [1, 0, 0, 0]


def test_causes_are_sentences_for_staff_without_those_of_matches(withholding_run) -> None:
    causes = report.causes(report.groups(withholding_run))

    assert sum(each.value for each in causes) == 2
    assert all(str(each.words)[0].isupper() for each in causes)


def test_a_run_that_finds_nothing_new_has_no_findings(withholding_run) -> None:
    again = reviewed()

    assert report.groups(again) == []
    assert report.by_kind([]) == report.by_institution([]) == report.causes([]) == []


def test_a_run_that_finds_nothing_new_still_says_what_stands(withholding_run, institution) -> None:
    again = reviewed()

    (line,) = report.by_kind(report.standing(again))
    worst, other = report.by_institution(report.standing(again))

    assert (str(line.words), line.findings) == ("Tax and income", [2, 0, 0, 2])
    assert (worst.words, worst.findings, other.findings) == (institution.name, [1, 0, 0, 2], [1, 0, 0, 0])


def test_what_stands_is_not_counted_for_changes_alone(withholding_run) -> None:
    assert report.standing(reviewed(changed_only=True)) == []


def test_findings_of_a_run_that_is_over_are_counted_once(withholding_run) -> None:
    first = report.groups(withholding_run)
    Finding.objects.all().delete()

    assert report.groups(withholding_run) == first != []

    cache.clear()
    assert report.groups(withholding_run) == []


def test_findings_of_a_run_that_goes_on_are_counted_each_time(withholding_run) -> None:
    ReviewRun.objects.update(state="open")
    withholding_run.refresh_from_db()
    report.groups(withholding_run)
    Finding.objects.filter(verdict="match").delete()

    assert {group.verdict for group in report.groups(withholding_run)} == {"mismatch"}


def test_what_was_not_checked_says_why(withholding_run) -> None:
    resent(Link.objects.filter(verdict="match").earliest("pk"))
    LinkFactory.create(verdict="")
    LinkFactory.create(verdict="")

    assert list(told(report.unchecked(withholding_run)).values()) == [2, 1]


def test_alarms_are_counted_by_what_people_decided(withholding_run, support) -> None:
    wrong, right = Link.objects.filter(held=True).order_by("pk")
    settle.decide(wrong.pk, as_what=Link.Settlement.UNLINKED, by=support, at=timezone.now())
    settle.decide(right.pk, as_what=Link.Settlement.RIGHT, by=support, at=timezone.now())

    found = report.alarms(withholding_run)

    assert (found.withheld, found.decided, found.false, found.median_days) == (2, 2, 1, 0)
    assert found.precision == 50


def test_alarms_raised_after_a_person_looked_count_for_the_run_that_found_them(
    stopped_run, wrong_feed, data_officer, support
) -> None:
    stopped.withhold(stopped_run, wrong_feed.code, "tax", by=data_officer)
    right = Link.objects.filter(held=True).earliest("pk")

    settle.decide(right.pk, as_what=Link.Settlement.RIGHT, by=support, at=timezone.now())

    alarms = report.alarms(stopped_run)
    assert (alarms.withheld, alarms.decided, alarms.false) == (25, 1, 1)


def test_before_people_decided_there_is_no_precision(withholding_run) -> None:
    found = report.alarms(withholding_run)

    assert (found.decided, found.precision, found.median_days) == (0, None, None)


def test_alarms_of_another_run_do_not_count(withholding_run, support) -> None:
    later = reviewed()
    for link in Link.objects.filter(held=True):
        settle.decide(link.pk, as_what=Link.Settlement.RIGHT, by=support, at=timezone.now())

    assert report.alarms(later).decided == 0


def test_the_findings_are_there_as_csv_without_anybodys_data(withholding_run, institution) -> None:
    rows = list(csv.DictReader(io.StringIO(report.as_csv(withholding_run))))

    assert sum(int(row["findings"]) for row in rows) == 4
    mine = {row["verdict"]: row for row in rows if row["institution"] == institution.code}
    assert (mine["mismatch"]["category"], mine["mismatch"]["findings"]) == ("tax", "2")
    assert list(rows[0]) == list(report.HEADER)
