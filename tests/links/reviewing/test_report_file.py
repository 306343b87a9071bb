"""The whole report of a run as a file."""

import csv
import io

from django.utils import timezone

from links.models import Link
from links.review import settle
from links.reviewing import report_file
from tests.factories import LinkFactory


def told(run) -> dict[tuple[str, str, str], str]:
    found = csv.reader(io.StringIO(report_file.as_csv(run)))
    return {(part, name, verdict): value for part, name, verdict, value in found}


def test_it_holds_every_figure_of_the_page(withholding_run, institution, support) -> None:
    wrong, right = Link.objects.filter(held=True).order_by("pk")
    settle.decide(wrong.pk, as_what=Link.Settlement.UNLINKED, by=support, at=timezone.now())
    settle.decide(right.pk, as_what=Link.Settlement.RIGHT, by=support, at=timezone.now())
    LinkFactory.create(verdict="")

    found = told(withholding_run)

    assert (found["run", "checked", ""], found["run", "checked", "mismatch"]) == ("4", "2")
    assert (found["run", "not_checked_new", ""], found["run", "not_checked_changed", ""]) == ("1", "0")
    assert (found["run", "withheld", ""], found["run", "released", ""]) == ("2", "0")
    assert (found["new_category", "tax", "mismatch"], found["new_category", "tax", "match"]) == ("2", "2")
    assert found["new_institution", institution.code, "mismatch"] == "2"
    assert found["standing_category", "tax", "match"] == "2"
    assert sum(int(number) for (part, _n, _v), number in found.items() if part == "new_cause") == 4
    assert (found["decided", "alarms", ""], found["decided", "false_alarms", ""]) == ("2", "1")
    assert (found["decided", "right_percent", ""], found["decided", "median_days", ""]) == ("50", "0")


def test_what_nobody_decided_yet_is_empty(withholding_run) -> None:
    found = told(withholding_run)

    assert found["decided", "alarms", ""] == "0"
    assert found["decided", "right_percent", ""] == found["decided", "median_days", ""] == ""
