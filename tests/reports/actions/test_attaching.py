"""Photos and papers of a draft: kept drawn anew, five at most, gone with the draft, bound by sending it."""

import re

import pytest

from accounts.files import store
from accounts.files.cleaning import DAMAGED, NOT_TAKEN
from accounts.files.kinds import MOST_FILES
from accounts.models import StoredFile
from reports import actions
from reports.actions.attaching import FULL
from reports.models import Attachment, Draft
from tests import handed_in
from tests.factories import authority
from tests.reports.factories import attached, filed


def kept(link, user) -> list[int]:
    """The places that are taken in the user's draft."""
    return list(Attachment.objects.kept_by(user, link).in_order().values_list("place", flat=True))


def test_a_photo_is_kept_drawn_anew_with_the_draft(link, resident_user, now):
    photo = handed_in.upload(name="保険証.jpg")

    attachment = actions.attach(link=link, file=photo, by=resident_user, at=now)

    file = attachment.file
    assert (attachment.draft.user, attachment.draft.link) == (resident_user, link)
    assert (attachment.resident, file.resident, file.name) == (link.resident, link.resident, "保険証.jpg")
    assert handed_in.CAMERA.encode() not in store.content_of(file)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"<html>", NOT_TAKEN), (handed_in.jpeg()[:-200], DAMAGED)],
)
def test_what_is_no_photo_is_refused_and_leaves_nothing(link, resident_user, now, content, words):
    with pytest.raises(actions.ReportError, match=re.escape(str(words))):
        actions.attach(link=link, file=handed_in.upload(content), by=resident_user, at=now)

    assert not StoredFile.objects.exists()
    assert not Draft.objects.exists()


def test_a_sixth_file_is_refused_before_it_is_decoded(link, resident_user, now):
    for _each in range(MOST_FILES):
        attached(link, resident_user)

    with pytest.raises(actions.ReportError, match=str(FULL)):
        actions.attach(link=link, file=handed_in.upload(b"not looked at"), by=resident_user, at=now)


def test_the_place_of_a_file_that_was_taken_out_is_used_again(link, resident_user):
    attachments = [attached(link, resident_user) for _each in range(3)]
    actions.detach(link=link, file_id=attachments[1].file.public_id, by=resident_user)
    assert kept(link, resident_user) == [1, 3]

    attached(link, resident_user)

    assert kept(link, resident_user) == [1, 2, 3]


def test_a_file_that_is_taken_out_is_deleted(link, resident_user, django_capture_on_commit_callbacks):
    file = attached(link, resident_user).file

    with django_capture_on_commit_callbacks(execute=True):
        actions.detach(link=link, file_id=file.public_id, by=resident_user)

    assert not StoredFile.objects.exists()
    assert not store.shelf().exists(file.path)


def test_taking_out_twice_or_from_a_sent_report_does_nothing(link, resident_user):
    file = attached(link, resident_user).file
    filed(link, resident_user)

    actions.detach(link=link, file_id=file.public_id, by=resident_user)

    assert StoredFile.objects.exists()


def test_nobody_takes_a_file_out_of_another_s_draft(link, resident, resident_user, neighbour_user):
    authority(agent=neighbour_user, subject=resident)
    file = attached(link, resident_user).file

    actions.detach(link=link, file_id=file.public_id, by=neighbour_user)

    assert kept(link, resident_user) == [1]


def test_sending_the_draft_binds_its_files_to_the_report(link, resident_user):
    files = [attached(link, resident_user).file for _each in range(2)]

    report = filed(link, resident_user)

    assert [each.file for each in report.attachments.in_order()] == files
    assert not Draft.objects.exists()


def test_files_of_another_draft_stay_where_they_are(link, insurance, resident, resident_user, neighbour_user):
    authority(agent=neighbour_user, subject=resident)
    attached(insurance, resident_user)
    attached(link, neighbour_user)

    report = filed(link, resident_user)

    assert not report.attachments.exists()
    assert kept(insurance, resident_user) == kept(link, neighbour_user) == [1]
