"""A trial of the rules that are installed: it says what would change, and stores nothing."""

import csv
import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.models import AuditEvent, Resident
from links.models import Change, Finding, Hold, Link, ReviewRun
from links.review import runs, settle, trial
from links.review.rules import RULES_VERSION
from links.review.runs import Scope
from notices.models import Notice
from tests import factories
from tests.links.review.another import another_review
from tests.links.review.factories import feed_of, own_record, reviewed, strangers_record

pytestmark = pytest.mark.django_db(transaction=True)

EARLIER = "2020.1.1"
TABLES = (Link, Finding, Hold, Change, ReviewRun, AuditEvent, Notice)


@pytest.fixture
def resident() -> Resident:
    return factories.ResidentFactory.create()


def typed(*words: str) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("try_rules", *words, stdout=out)
    return out.getvalue()


def listed(path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def found_earlier(link: Link, verdict: str, *reasons: str, conceals: bool = False) -> None:
    """Rules of another version said that about the link."""
    Finding.objects.create(
        link=link,
        resident=link.resident,
        verdict=verdict,
        reasons=list(reasons),
        conceals=conceals,
        rules_version=EARLIER,
        found_at=timezone.now(),
    )
    Link.objects.filter(pk=link.pk).update(verdict=verdict, concealed=conceals)


def rows() -> list[list[tuple[object, ...]]]:
    """Everything that a review could write."""
    return [list(table.objects.order_by("pk").values_list()) for table in TABLES]


def test_what_earlier_rules_found_otherwise_is_listed_with_both_versions(resident, tmp_path) -> None:
    now_right, now_wrong, same = own_record(resident), strangers_record(resident), own_record(resident)
    reviewed()
    found_earlier(now_right, "review", "an_old_reason")
    found_earlier(now_wrong, "match", "all_agree")

    typed(str(tmp_path / "out.csv"))

    told = {row["reference"]: row for row in listed(tmp_path / "out.csv")}
    assert set(told) == {now_right.reference, now_wrong.reference}
    assert same.reference not in told
    right, wrong = told[now_right.reference], told[now_wrong.reference]
    assert (right["old_verdict"], right["new_verdict"], right["old_reasons"]) == (
        "review",
        "match",
        "an_old_reason",
    )
    assert (wrong["old_verdict"], wrong["new_verdict"]) == ("match", "mismatch")
    assert {(row["old_rules"], row["new_rules"]) for row in told.values()} == {(EARLIER, RULES_VERSION)}


def test_it_says_how_many_go_from_which_verdict_to_which(resident) -> None:
    for _ in range(3):
        found_earlier(own_record(resident), "review", "old")

    said = typed()

    assert re.search(r"^review +3 +0 +0 +0$", said, re.MULTILINE)
    assert re.search(r"^tax +3 +3 +0 +0$", said, re.MULTILINE)
    summary = r"rules=\S+ checked=3 changed=3 withheld=0 released=0 stopped_feeds=0 seconds=\d"
    assert re.match(summary, said.splitlines()[-1])


def test_what_the_next_run_would_withhold_and_release_is_what_it_does(resident) -> None:
    freed, stopped = strangers_record(resident), own_record(resident)
    reviewed()
    mend = {
        name: getattr(stopped, name)
        for name in ("holder_name", "holder_kana", "holder_birth_date", "holder_sex")
    }
    spoil = {name: getattr(freed, name) for name in mend}
    Link.objects.filter(pk=freed.pk).update(**mend, row_digest=b"1" * 32)
    Link.objects.filter(pk=stopped.pk).update(**spoil, row_digest=b"2" * 32)

    said = typed()
    run = reviewed()

    assert "withheld=1 released=1" in said
    assert (run.withheld, run.released) == (1, 1)


def test_nothing_in_the_database_is_touched(resident, tmp_path) -> None:
    reviewed_link = strangers_record(resident)
    reviewed()
    found_earlier(reviewed_link, "match", "all_agree")
    own_record(resident)
    before = rows()

    typed(str(tmp_path / "out.csv"))

    assert rows() == before
    assert len(listed(tmp_path / "out.csv")) == 2


def test_the_database_itself_refuses_to_write_meanwhile(resident) -> None:
    with pytest.raises(DatabaseError), trial.nothing_written():
        Link.objects.create()

    own_record(resident)
    assert Link.objects.count() == 1


def test_it_works_beside_a_run_that_goes_on(resident) -> None:
    own_record(resident)

    if connection.vendor == "postgresql":
        with another_review():
            said = typed()
    else:
        said = typed()
    run = runs.open_run(Scope(), at=timezone.now())
    again = typed()

    assert "checked=1 " in said
    assert "checked=1 " in again
    run.refresh_from_db()
    assert (run.state, run.checked, run.reached) == ("open", 0, 0)


def test_where_the_brake_would_stop_nothing_would_be_withheld() -> None:
    links = feed_of(30, wrong=20)

    said = typed()

    code = links[0].institution.code
    assert f"The brake would stop: {code} tax: 20 of 30 records would be withheld." in said
    assert "withheld=0 released=0 stopped_feeds=1" in said


def test_what_was_never_checked_stands_as_unreviewed(resident, tmp_path) -> None:
    own_record(resident)

    typed(str(tmp_path / "out.csv"))

    (row,) = listed(tmp_path / "out.csv")
    assert (row["old_verdict"], row["new_verdict"], row["old_rules"]) == ("unreviewed", "match", "")


def test_what_a_person_decided_would_not_change(resident, tmp_path) -> None:
    link = strangers_record(resident)
    reviewed()
    by = factories.UserFactory.create(role="support")
    settle.decide(link.pk, as_what=Link.Settlement.RIGHT, by=by, at=timezone.now())
    Finding.objects.update(rules_version=EARLIER)

    said = typed(str(tmp_path / "out.csv"))

    assert "checked=1 changed=0 withheld=0" in said
    assert listed(tmp_path / "out.csv") == []


def test_batches_add_up_to_the_whole(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("links.review.walk.BATCH", 2)
    feed_of(5, wrong=3)

    said = typed(str(tmp_path / "out.csv"))

    assert "checked=5 changed=5 withheld=3" in said
    assert len(listed(tmp_path / "out.csv")) == 5


def test_only_an_institution_or_a_category_is_looked_at(resident) -> None:
    link = own_record(resident)
    own_record(resident, institution=factories.InstitutionFactory.create(), category="pension")

    assert "checked=1 " in typed("--institution", link.institution.code)
    assert "checked=1 " in typed("--category", "pension")
    with pytest.raises(CommandError, match="NOBODY"):
        typed("--institution", "NOBODY")


def test_a_list_that_cannot_be_written_is_wrong_usage(tmp_path) -> None:
    with pytest.raises(CommandError) as wrong:
        typed(str(tmp_path / "nowhere" / "out.csv"))

    assert wrong.value.returncode == 2


def test_the_list_is_its_writers_alone(resident, tmp_path) -> None:
    own_record(resident)

    typed(str(tmp_path / "out.csv"))

    assert (tmp_path / "out.csv").stat().st_mode & 0o077 == 0
