"""Imports in the browser, as a data officer meets them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent, Resident
from links.models import Institution, Job, Link, Upload
from tests.links.feeds.feeding import many, registered
from tests.links.feeds.resources import coverage, ndjson, patient
from tests.links.uploads import factories
from tests.links.uploads.sent import (
    FEED,
    NUMBER,
    STRANGER,
    begun,
    checked,
    confirmed,
    done,
    imported,
    lines,
    row,
    sent,
)

pytestmark = pytest.mark.django_db
CHOSEN = {name: value for name, value in FEED.items() if name not in ("kind", "complete")}


@pytest.fixture(autouse=True)
def hanako() -> Resident:
    """The person of the feeds."""
    return registered(NUMBER)


def handed_in(client: Client, upload: Upload, content: bytes, name: str = "pension.csv"):
    """What the server answers to the file."""
    file = SimpleUploadedFile(name, content)
    return client.post(f"{upload.get_absolute_url()}file/", {"file": file}, follow=True)


def test_a_file_goes_from_the_chooser_to_the_records(desk, officer):
    begun_at = desk.post("/imports/feed/", CHOSEN)
    upload = Upload.objects.get()
    assertRedirects(begun_at, upload.get_absolute_url())
    assertContains(desk.get(upload.get_absolute_url()), "Choose the file")

    page = handed_in(desk, upload, lines(row("A1"), row("A2", number=STRANGER)))

    assertContains(page, "The file is being checked")
    done(Job.objects.get())
    preview = desk.get(upload.get_absolute_url())
    assertContains(preview, "What the import would change")
    assertContains(preview, "Until you press this, nothing is stored.")
    assert not Link.objects.exists()
    desk.post(f"{upload.get_absolute_url()}confirm/", {"seen": preview.context["job"].public_id})
    done(Job.objects.latest("pk"))
    assertContains(desk.get(upload.get_absolute_url()), "The file is imported")
    assert Link.objects.get().reference == "A1"


def test_a_file_in_fhir_goes_the_same_way(desk):
    desk.post("/imports/feed/", CHOSEN | {"format": "fhir", "category": "health_insurance"})
    upload = Upload.objects.get()
    chooser = desk.get(upload.get_absolute_url())
    assertContains(chooser, "FHIR R4 as NDJSON")
    assertNotContains(chooser, "Shift_JIS")

    handed_in(desk, upload, ndjson(patient(), coverage(), b"{"), "coverage.ndjson")
    done(Job.objects.get())
    preview = desk.get(upload.get_absolute_url())
    desk.post(f"{upload.get_absolute_url()}confirm/", {"seen": preview.context["job"].public_id})
    done(Job.objects.latest("pk"))

    assertContains(desk.get(upload.get_absolute_url()), "The file is imported")
    link = Link.objects.get()
    assert (link.category, link.reference, link.details["number"]) == ("health_insurance", "A1", "１８７")
    assert Job.objects.latest("pk").outcome["counts"]["rejected"] == 1


def test_what_was_chosen_wrongly_is_said_beside_its_field(desk):
    page = desk.post("/imports/feed/", CHOSEN | {"format": "fhir", "institution_code": "a b"})

    assertContains(page, "In FHIR there is only health insurance. Please choose that, or CSV.")
    assertContains(page, "A code has letters, digits, hyphens and underscores, at most 32.")
    assert not Upload.objects.exists()


def test_an_address_may_fill_in_whose_feed_it_is(desk):
    page = desk.get("/imports/feed/?institution_code=PN0001&category=pension")

    assert page.context["form"]["institution_code"].value() == "PN0001"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is empty. Please choose another one."),
        (b"PK\x03\x04 a spreadsheet", "This is a packed file or a spreadsheet."),
    ],
)
def test_a_file_that_cannot_be_a_feed_is_not_taken(desk, officer, intake, content, said):
    page = handed_in(desk, begun(officer), content)

    assertContains(page, said)
    assert list(intake.iterdir()) == []
    assert not Job.objects.exists()


def test_of_a_file_that_is_too_large_nothing_is_kept(desk, officer, intake, settings):
    settings.IMPORT_MOST_BYTES = 1_000

    page = handed_in(desk, begun(officer), b"x" * 1_001)

    assertContains(page, "Please import it on the server.")
    assert list(intake.iterdir()) == []


def test_no_file_at_all_is_said(desk, officer):
    page = desk.post(f"{begun(officer).get_absolute_url()}file/", {})

    assertContains(page, "Please choose a file first.")


def test_a_second_file_is_refused_while_the_first_is_there(desk, officer, intake):
    upload = begun(officer)
    handed_in(desk, upload, lines(row("A1")))

    page = handed_in(desk, upload, lines(row("A2")))

    assertContains(page, "Somebody is at this already.")
    assert len(list(intake.iterdir())) == 1


def test_nobody_hands_a_file_in_from_another_site(officer, intake):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)

    page = browser.post(f"{begun(officer).get_absolute_url()}file/", {"file": SimpleUploadedFile("a", b"x")})

    assert page.status_code == 403
    assert not Job.objects.exists()
    assert list(intake.iterdir()) == []


def test_the_preview_names_fields_rejects_and_a_new_institution(desk, officer):
    Institution.objects.filter(code="PN0001").delete()
    job = checked(officer, lines(row("A1"), row("A2", number=STRANGER)))

    page = desk.get(job.upload.get_absolute_url())

    assertContains(page, "No institution has this code yet")
    assertContains(page, f"********{STRANGER[-4:]}")
    assertNotContains(page, STRANGER)
    assertNotContains(page, NUMBER)


def test_a_preview_that_is_old_is_not_what_is_imported(desk, officer):
    job = checked(officer)
    done(factories.job(officer, upload=job.upload, state="queued"))

    page = desk.post(f"{job.upload.get_absolute_url()}confirm/", {"seen": job.public_id}, follow=True)

    assertContains(page, "The file was checked again since you looked.")
    assert not Link.objects.exists()


def test_confirming_twice_imports_once(desk, officer):
    job = checked(officer)
    address = f"{job.upload.get_absolute_url()}confirm/"

    for _press in range(2):
        desk.post(address, {"seen": job.public_id})

    assert Job.objects.filter(kind="import").count() == 1


def test_the_brake_is_shown_and_its_limit_can_be_changed(desk, officer):
    imported(officer, lines(*many(10)))
    job = checked(officer, lines(*many(3)), complete=True)
    address = job.upload.get_absolute_url()
    assertContains(desk.get(address), "The import was stopped: 7 of 10 records would disappear")

    assertContains(desk.post(f"{address}check/", {"max_removed": "120"}), "100")
    desk.post(f"{address}check/", {"max_removed": "80"})

    assert done(Job.objects.latest("pk")).outcome["counts"]["removed"] == 7


def test_a_file_can_be_thrown_away(desk, officer, intake, django_capture_on_commit_callbacks):
    job = checked(officer)

    with django_capture_on_commit_callbacks(execute=True):
        page = desk.post(f"{job.upload.get_absolute_url()}throw-away/", follow=True)

    assertContains(page, "The file was thrown away. Nothing of it was stored.")
    assertContains(desk.get(job.upload.get_absolute_url()), "The file was thrown away")
    assert [path.suffix for path in intake.iterdir()] == []


def test_whoever_imports_in_a_second_tab_what_was_thrown_away_is_not_asked_for_a_file(desk, officer):
    check = checked(officer)
    address = check.upload.get_absolute_url()
    desk.post(f"{address}throw-away/")

    page = desk.post(f"{address}confirm/", {"seen": check.public_id}, follow=True)

    assertContains(page, "This file was imported or thrown away already.")
    assertNotContains(page, "Please choose it again.")
    assert not Job.objects.live().exists()


def test_a_file_is_not_thrown_away_under_the_hands_of_its_worker(desk, officer):
    job = sent(officer)

    page = desk.post(f"{job.upload.get_absolute_url()}throw-away/", follow=True)

    assertContains(page, "Somebody is at this already.")
    assert job.upload.is_kept


def test_progress_is_a_fragment_and_the_whole_page_once_it_is_over(desk, officer):
    job = sent(officer)
    address = f"/imports/work/{job.public_id}/progress/"

    while_it_waits = desk.get(address, headers={"hx-request": "true"})
    done(job)
    afterwards = desk.get(address, headers={"hx-request": "true"})

    assertContains(while_it_waits, "Waiting for its turn")
    assertNotContains(while_it_waits, "<html")
    assert afterwards.headers["HX-Refresh"] == "true"
    assertRedirects(desk.get(address), job.get_absolute_url(), target_status_code=302)


def test_rejects_are_fetched_masked_and_that_is_recorded(desk, officer):
    job = imported(officer, lines(row("A1"), row("=A2", number=STRANGER)))

    file = desk.get(f"/imports/work/{job.public_id}/rejects/")

    text = b"".join(file.streaming_content).decode("utf-8-sig")
    assert file.headers["Content-Disposition"] == 'attachment; filename="rejects-PN0001-pension.csv"'
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "'=A2" in text
    assert STRANGER not in text
    assert AuditEvent.objects.get(verb="rejects.fetched").actor == officer


def test_an_import_is_rolled_back_with_a_reason(desk, officer):
    feed_import = imported(officer).feed_import
    address = f"{feed_import.get_absolute_url()}roll-back/"
    assertContains(desk.get(address), "1 record that this import made is taken off its number.")

    page = desk.post(address, {"reason": "The bank sent the file of another month."}, follow=True)

    assertContains(page, "The import is being rolled back")
    job = done(Job.objects.latest("pk"))
    assertContains(desk.get(job.get_absolute_url()), "Records taken off their number: 1")
    assertContains(desk.get(feed_import.get_absolute_url()), "The bank sent the file of another month.")
    assert Link.objects.get().status == Link.Status.REMOVED


def test_a_roll_back_needs_a_reason(desk, officer):
    feed_import = imported(officer).feed_import

    page = desk.post(f"{feed_import.get_absolute_url()}roll-back/", {"reason": ""})

    assertContains(page, 'aria-invalid="true"')
    assert not Job.objects.filter(kind="roll_back").exists()


def test_what_stands_in_the_way_of_a_roll_back_is_listed_before(desk, officer):
    first = imported(officer).feed_import
    imported(officer, lines(row("A1", name="川田　花子")))

    page = desk.get(f"{first.get_absolute_url()}roll-back/")

    assertContains(page, "This import cannot be rolled back as it is")
    assertContains(page, "A later import")
    assertNotContains(page, "川田")


def test_a_roll_back_that_runs_already_is_not_begun_again(desk, officer):
    feed_import = imported(officer).feed_import
    address = f"{feed_import.get_absolute_url()}roll-back/"
    desk.post(address, {"reason": "Wrong month."})

    page = desk.post(address, {"reason": "Wrong month."})

    assertContains(page, "Somebody is at this already.")
    assert Job.objects.filter(kind="roll_back").count() == 1


def test_findings_are_fetched_once(desk, officer):
    imported(officer)
    desk.post("/imports/findings/")
    job = done(Job.objects.latest("pk"))
    address = f"/imports/work/{job.public_id}/findings/"

    first, second = desk.post(address), desk.post(address, follow=True)

    assert b"PN0001,pension,A1," in b"".join(first.streaming_content)
    assert first.headers["Content-Type"] == "text/csv; charset=utf-8"
    assertContains(second, "The file is not here any more.")
    assert AuditEvent.objects.filter(verb="findings.fetched").count() == 1


def test_whoever_asks_for_findings_meanwhile_waits_for_the_same_file(desk):
    first, second = desk.post("/imports/findings/"), desk.post("/imports/findings/")

    assert first.url == second.url


def test_the_list_has_what_waits_and_what_was_imported(desk, officer):
    imported(officer)
    checked(officer, lines(row("A2")))
    factories.export(officer)

    page = desk.get("/imports/")

    assertContains(page, "checked, waits for your decision")
    assertContains(page, "Findings as CSV")
    assertContains(page, "pension.csv")


def test_a_long_list_asks_no_more_than_a_short_one(desk, officer, django_assert_max_num_queries):
    for _each in range(30):
        factories.feed_import(started_by=officer)
    for _each in range(5):
        checked(officer)

    with django_assert_max_num_queries(15):
        desk.get("/imports/")


def test_the_page_of_an_import_by_command_says_so(desk):
    page = desk.get(factories.feed_import().get_absolute_url())

    assertContains(page, "Command on the server")


def test_a_confirmed_import_is_watched(desk, officer):
    job = confirmed(checked(officer), officer)

    assertContains(desk.get(job.upload.get_absolute_url()), "The file is being imported")
