"""The pages on which staff start the review, watch it and read what it found."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent
from links import tasks
from links.models import Link, ReviewRun
from links.review import runs
from links.review.runs import Scope
from tests.factories import UserFactory
from tests.readers import sign_in

LIST = "review:list"


@pytest.fixture
def officer(client, data_officer):
    """The data officer at a browser that reads English."""
    return sign_in(client, data_officer)


@pytest.fixture
def auditor(client, db):
    """An auditor, who reads only."""
    return sign_in(client, UserFactory.create(role="auditor"))


@pytest.fixture
def queued(monkeypatch) -> list[tuple[str, dict]]:
    """What was handed to workers."""
    found: list[tuple[str, dict]] = []
    for task in (tasks.review, tasks.withhold_stopped):
        monkeypatch.setattr(task, "delay", lambda name=task.name, **what: found.append((name, what)))
    return found


def opened(run: ReviewRun, name: str = "run") -> str:
    return reverse(f"review:{name}", args=[run.public_id])


def test_the_list_shows_each_run_with_its_figures(officer, withholding_run) -> None:
    response = officer.get(reverse(LIST))

    assertContains(response, withholding_run.get_absolute_url())
    assertContains(response, "Checked: 4 ・ Withheld: 2 ・ Released: 0")
    assertContains(response, "Ran to its end")


def test_before_the_first_run_the_list_says_so(officer) -> None:
    assertContains(officer.get(reverse(LIST)), "Nothing was checked yet")


def test_a_run_is_started_over_what_was_chosen(
    officer, institution, queued, django_capture_on_commit_callbacks
) -> None:
    chosen = {"institution": institution.code, "category": "tax", "changed_only": "on"}

    with django_capture_on_commit_callbacks(execute=True):
        response = officer.post(reverse(LIST), chosen)

    run = ReviewRun.objects.get()
    assertRedirects(response, opened(run))
    assert (run.institution, run.category, run.changed_only, run.state) == (institution, "tax", True, "open")
    assert queued == [("links.tasks.review", {"run_id": run.pk})]
    assert AuditEvent.objects.get(verb="review.started").subject_id == run.public_id


def test_a_second_run_is_refused_in_words(officer, db, now) -> None:
    runs.open_run(Scope(), at=now)

    response = officer.post(reverse(LIST), {})

    assertContains(response, "Another review is running.")
    assert ReviewRun.objects.count() == 1


def test_an_unknown_institution_is_said_beside_its_field(officer) -> None:
    response = officer.post(reverse(LIST), {"institution": "XX9999"})

    assertContains(response, "There is no institution with this code.")
    assert not ReviewRun.objects.exists()


def test_an_auditor_reads_and_starts_nothing(auditor, stopped_run) -> None:
    listed, page = auditor.get(reverse(LIST)), auditor.get(opened(stopped_run))

    assertNotContains(listed, "Start a check")
    assertContains(page, "Stopped by the brake")
    assertNotContains(page, "The feed is right")
    assert auditor.post(reverse(LIST), {}).status_code == 403


def test_a_run_shows_what_it_found(officer, withholding_run, institution) -> None:
    response = officer.get(opened(withholding_run))

    for words in ("Points to another person", "Tax and income", institution.name, "These findings as CSV"):
        assertContains(response, words)
    assertContains(response, withholding_run.rules_version)


def test_a_run_that_goes_on_shows_a_bar_with_a_way_without_scripts(officer, db, now) -> None:
    run = runs.open_run(Scope(), at=now)

    response = officer.get(opened(run))

    assertContains(response, '<progress value="100"')
    assertContains(response, f'hx-get="{opened(run, "progress")}"')
    assertContains(response, f'<a href="{opened(run)}">Look again</a>', html=True)
    assertContains(response, "htmx")


def test_the_bar_is_a_fragment_until_the_run_is_over(officer, db, now) -> None:
    run = runs.open_run(Scope(), at=now)
    htmx = {"HX-Request": "true"}

    going_on = officer.get(opened(run, "progress"), headers=htmx)
    runs.end(run, ReviewRun.State.FINISHED)
    over = officer.get(opened(run, "progress"), headers=htmx)

    assertContains(going_on, "Look again")
    assertNotContains(going_on, "<html")
    assert over["HX-Refresh"] == "true"
    assertRedirects(officer.get(opened(run, "progress")), opened(run))


def test_a_run_that_stands_still_can_go_on(
    officer, db, now, queued, django_capture_on_commit_callbacks
) -> None:
    run = runs.open_run(Scope(), at=now)

    with django_capture_on_commit_callbacks(execute=True):
        response = officer.post(opened(run, "go_on"), follow=True)

    assertContains(response, "The run goes on.")
    assert queued == [("links.tasks.review", {"run_id": run.pk})]


def test_a_run_that_is_over_does_not_go_on(officer, withholding_run, queued) -> None:
    response = officer.post(opened(withholding_run, "go_on"), follow=True)

    assertContains(response, "This run is over.")
    assert queued == []


def test_a_run_is_stopped_and_goes_on_where_it_stopped(
    officer, data_officer, db, now, queued, django_capture_on_commit_callbacks
) -> None:
    run = runs.open_run(Scope(), at=now)

    stopped = officer.post(opened(run, "cancel"), follow=True)
    with django_capture_on_commit_callbacks(execute=True):
        again = officer.post(opened(run, "take_up"), follow=True)

    assertContains(stopped, "This check was stopped.")
    assertContains(stopped, "Go on where it stopped")
    assertNotContains(stopped, "Stop the check")
    assertContains(again, "The run goes on.")
    assertContains(again, "Stop the check")
    run.refresh_from_db()
    assert (run.state, run.finished_at) == ("open", None)
    assert queued == [("links.tasks.review", {"run_id": run.pk})]
    events = AuditEvent.objects.filter(actor=data_officer, subject_id=run.public_id).order_by("pk")
    assert list(events.values_list("verb", flat=True)) == ["review.cancelled", "review.taken_up"]


@pytest.mark.parametrize("deed", ["cancel", "take_up"])
def test_a_run_that_is_over_is_neither_stopped_nor_taken_up(officer, withholding_run, queued, deed) -> None:
    response = officer.post(opened(withholding_run, deed), follow=True)

    assertContains(response, "This review is over.")
    assert queued == []
    withholding_run.refresh_from_db()
    assert withholding_run.state == "finished"
    assert not AuditEvent.objects.filter(verb__startswith="review.").exists()


def test_a_stopped_run_is_not_taken_up_beside_another(officer, data_officer, db, now, queued) -> None:
    first = runs.open_run(Scope(), at=now)
    runs.cancel(first, by=data_officer, at=now)
    runs.open_run(Scope(), at=now)

    response = officer.post(opened(first, "take_up"), follow=True)

    assertContains(response, "Another review is running.")
    assert queued == []


@pytest.mark.parametrize("fields", [{"rules_version": "2020.1.1"}, {"started_at": "2020-01-01T00:00Z"}])
def test_a_run_that_is_too_old_offers_no_way_on(officer, data_officer, db, now, fields) -> None:
    run = runs.open_run(Scope(), at=now)
    runs.cancel(run, by=data_officer, at=now)
    ReviewRun.objects.update(**fields)

    assertNotContains(officer.get(opened(run)), "Go on where it stopped")
    assertContains(officer.post(opened(run, "take_up"), follow=True), "This review is over.")


def test_a_stopped_feed_can_be_withheld_after_a_look(
    officer, stopped_run, wrong_feed, queued, django_capture_on_commit_callbacks
) -> None:
    page = officer.get(opened(stopped_run))
    chosen = {"institution": wrong_feed.code, "category": "tax"}

    with django_capture_on_commit_callbacks(execute=True):
        response = officer.post(opened(stopped_run, "withhold"), chosen, follow=True)

    assertContains(page, "25 of 100 records. Waiting now: 25")
    assertContains(page, "Withhold 25 records")
    assertContains(response, "These records are being withheld now.")
    ((name, what),) = queued
    assert (name, what["institution"], what["category"]) == (
        "links.tasks.withhold_stopped",
        wrong_feed.code,
        "tax",
    )
    assert AuditEvent.objects.get(verb="review.feed_withheld").subject_id == wrong_feed.code


@pytest.mark.parametrize("chosen", [{}, {"institution": "BK0001", "category": "pension"}])
def test_a_feed_that_was_not_stopped_cannot_be_withheld(officer, stopped_run, queued, chosen) -> None:
    response = officer.post(opened(stopped_run, "withhold"), chosen, follow=True)

    assertContains(response, "This feed was not stopped in this run.")
    assert queued == []
    assert not Link.objects.filter(held=True).exists()


def test_the_findings_can_be_downloaded(officer, withholding_run) -> None:
    response = officer.get(opened(withholding_run, "download"))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    assertContains(response, "institution,category,verdict,cause,findings")


def test_the_whole_report_can_be_downloaded(officer, withholding_run) -> None:
    response = officer.get(opened(withholding_run, "report"))

    assertContains(response, "part,name,verdict,value")
    assert "attachment" in response["Content-Disposition"]
    assertContains(officer.get(opened(withholding_run)), opened(withholding_run, "report"))


def test_a_run_that_does_not_exist_is_not_there(officer) -> None:
    assert officer.get(reverse("review:run", args=["nothing"])).status_code == 404


def test_the_page_of_a_run_costs_the_same_however_much_it_found(
    officer, stopped_run, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(20):
        officer.get(opened(stopped_run))


def test_the_nav_leads_to_the_checks(officer) -> None:
    assertContains(officer.get(reverse("portal:staff")), f'href="{reverse(LIST)}"')
