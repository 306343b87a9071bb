"""Photos and papers on the way to a report and on its page, as a browser hands them in and opens them."""

import pytest
from django.urls import reverse

from accounts.files.cleaning import DAMAGED, EMPTY, NOT_TAKEN, REFUSALS, TOO_LARGE
from accounts.files.kinds import MOST_FILES, Reason
from accounts.models import AuditEvent, StoredFile
from reports.actions.attaching import FULL
from reports.journey import check_url, question_url
from reports.models import Attachment
from reports.views.files import NOTHING_CHOSEN
from tests import handed_in
from tests.factories import authority
from tests.handed_in import upload
from tests.reports.factories import attached, filed

ADD = {"add": "1"}


@pytest.fixture
def as_resident(client, resident_user):
    """The resident's browser."""
    client.force_login(resident_user)
    return client


@pytest.fixture
def url(link) -> str:
    """The question for photos and papers."""
    return question_url(link, "files")


def names() -> list[str]:
    """What is attached, in order."""
    return [each.file.name for each in Attachment.objects.in_order()]


def test_the_form_sends_files_and_not_only_their_names(as_resident, url):
    page = as_resident.get(url).content.decode()

    assert 'enctype="multipart/form-data"' in page
    assert 'type="file" name="papers" accept="image/jpeg,' in page


def test_a_photo_is_added_seen_and_opened(as_resident, url):
    page = as_resident.post(url, ADD | {"papers": upload(name="保険証.jpg")}, follow=True)

    assert page.redirect_chain[-1][0] == url
    assert "保険証.jpg" in page.content.decode()
    [listed] = page.context["files"]
    opened = as_resident.get(listed.url)
    assert opened.headers["Content-Type"] == "image/jpeg"
    assert opened.content.startswith(b"\xff\xd8\xff")
    assert handed_in.CAMERA.encode() not in opened.content


def test_going_on_takes_along_what_was_chosen(as_resident, link, url):
    page = as_resident.post(url, {"papers": [upload(name="one.jpg"), upload(handed_in.png(), "two.png")]})

    assert page.url == question_url(link, "reach")
    assert names() == ["one.jpg", "two.png"]


def test_going_on_without_a_file_is_fine(as_resident, link, url):
    assert as_resident.post(url).url == question_url(link, "reach")
    assert as_resident.post(f"{url}?check=1").url == check_url(link)


def test_adding_nothing_is_answered_with_what_to_do(as_resident, url):
    page = as_resident.post(url, ADD)

    assert str(NOTHING_CHOSEN) in page.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<script>alert(1)</script>", NOT_TAKEN),
        (b"", EMPTY),
        (b"PK\x03\x04" + b"x" * 99, NOT_TAKEN),
        (b"x" * (11 * 1024 * 1024), TOO_LARGE),
        (handed_in.bomb(), REFUSALS[Reason.TOO_MANY_PIXELS]),
        (handed_in.unfolding(300_000_000), DAMAGED),
    ],
    ids=["a page", "nothing", "an archive", "eleven megabytes", "a picture bomb", "a paper bomb"],
)
def test_a_file_that_is_not_taken_is_named_and_the_others_are_kept(as_resident, url, content, words):
    page = as_resident.post(url, {"papers": [upload(content, "bad.jpg"), upload(name="good.jpg")]})

    assert f"bad.jpg: {words}" in page.content.decode()
    assert names() == ["good.jpg"]
    assert [file.name for file in page.context["files"]] == ["good.jpg"]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (handed_in.TURNED, "IMG_0001.HEIC", "image/jpeg"),
        (handed_in.png(), "letter.pdf", "image/png"),
        (handed_in.written(handed_in.paper()), "photo.jpg", "application/pdf"),
        (handed_in.jpeg() + b"PK\x03\x04<script>alert(1)</script>", "both.png", "image/jpeg"),
    ],
    ids=["a photo of an iPhone", "a picture called a paper", "a paper called a photo", "a photo and a page"],
)
def test_what_it_is_counts_and_not_what_it_is_called(as_resident, url, content, name, kind):
    page = as_resident.post(url, ADD | {"papers": upload(content, name)}, follow=True)

    opened = as_resident.get(page.context["files"][0].url)
    assert opened.headers["Content-Type"] == kind
    assert b"<script>" not in opened.content


def test_of_six_at_once_five_are_kept_and_the_rest_is_said(as_resident, url):
    page = as_resident.post(url, {"papers": [upload(name=f"{number}.jpg") for number in range(6)]})

    assert str(FULL) in page.content.decode()
    assert 'href="#id_papers"' in page.content.decode()
    assert 'id="id_papers"' in page.content.decode()
    assert names() == [f"{number}.jpg" for number in range(5)]


def test_where_five_are_there_no_more_are_asked_for(as_resident, link, url, resident_user):
    for _each in range(MOST_FILES):
        attached(link, resident_user)

    page = as_resident.get(url).content.decode()

    assert 'type="file"' not in page
    assert page.count('name="remove"') == MOST_FILES


def test_a_file_is_taken_out_again(as_resident, link, url, resident_user):
    file = attached(link, resident_user).file

    page = as_resident.post(url, {"remove": file.public_id}, follow=True)

    assert page.context["files"] == []
    assert not StoredFile.objects.exists()


def test_a_name_cannot_become_part_of_the_page(as_resident, link, url, resident_user):
    attached(link, resident_user, name="<script>alert(1)</script>.jpg")

    assert "<script>alert" not in as_resident.get(url).content.decode()


def test_the_last_page_names_the_files_and_leads_back_to_them(as_resident, link, url, resident_user, now):
    attached(link, resident_user, name="保険証.jpg")
    for step, typed in [
        ("what", {"kind": "not_mine"}),
        ("since", {"known_since": "week"}),
        ("story", {}),
        ("reach", {"reach_by": "portal"}),
    ]:
        as_resident.post(question_url(link, step), typed)

    page = as_resident.get(check_url(link)).content.decode()

    assert "保険証.jpg" in page
    assert f"{url}?check=1" in page


def test_the_report_lists_its_files_and_opens_them(as_resident, link, resident_user):
    file = attached(link, resident_user, name="保険証.jpg").file
    report = filed(link, resident_user)
    url = reverse("reports:file", args=[report.public_id, file.public_id])

    page = as_resident.get(report.get_absolute_url()).content.decode()
    opened = as_resident.get(url)

    assert "保険証.jpg" in page
    assert url in page
    assert opened.headers["Content-Disposition"] == f'inline; filename="{report.number}-1.jpg"'
    assert opened.headers["Content-Security-Policy"].startswith("sandbox")
    assert opened.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in opened.headers["Cache-Control"]
    assert AuditEvent.objects.filter(verb="report.file_opened", purpose=report.number).count() == 1


def test_a_file_of_a_sent_report_is_no_longer_the_drafts(as_resident, link, resident_user):
    file = attached(link, resident_user).file
    filed(link, resident_user)

    url = reverse("reports:draft_file", args=[link.public_id, file.public_id])
    assert as_resident.get(url).status_code == 404


def test_another_s_draft_is_opened_by_nobody_else(
    as_resident, neighbours_link, neighbour_user, resident_user
):
    authority(agent=resident_user, subject=neighbours_link.resident)
    file = attached(neighbours_link, neighbour_user).file

    url = reverse("reports:draft_file", args=[neighbours_link.public_id, file.public_id])
    assert as_resident.get(url).status_code == 404


def test_a_neighbours_file_is_not_there(as_resident, neighbours_link, neighbour_user, report):
    file = attached(neighbours_link, neighbour_user).file
    theirs = filed(neighbours_link, neighbour_user)

    for owner in (theirs, report):
        assert (
            as_resident.get(reverse("reports:file", args=[owner.public_id, file.public_id])).status_code
            == 404
        )


def test_a_neighbours_record_takes_no_file(as_resident, neighbours_link):
    url = question_url(neighbours_link, "files")

    assert as_resident.get(url).status_code == 404
    assert as_resident.post(url, ADD | {"papers": upload()}).status_code == 404
    assert not StoredFile.objects.exists()


def test_the_question_asks_the_database_no_more_with_more_files(
    as_resident, link, url, resident_user, django_assert_max_num_queries
):
    for _each in range(MOST_FILES):
        attached(link, resident_user)

    with django_assert_max_num_queries(12):
        as_resident.get(url)
