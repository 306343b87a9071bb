"""Files that people hand in: one row a file."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import StoredFile


def stored(resident, user, at, **fields) -> StoredFile:
    return StoredFile.objects.create(
        **{
            "resident": resident,
            "handed_in_by": user,
            "content_type": "image/png",
            "size": 1,
            "path": "ab/cd",
            "stored_at": at,
            **fields,
        }
    )


def test_two_files_never_share_a_place(resident, resident_user, now) -> None:
    stored(resident, resident_user, now)

    with pytest.raises(IntegrityError), transaction.atomic():
        stored(resident, resident_user, now)


def test_a_file_has_no_negative_size(resident, resident_user, now) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        stored(resident, resident_user, now, size=-1)


def test_a_file_is_named_by_its_public_id(resident, resident_user, now) -> None:
    file = stored(resident, resident_user, now)

    assert str(file) == f"StoredFile {file.public_id}"


def test_a_file_is_a_picture_or_a_paper(resident, resident_user, now) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        stored(resident, resident_user, now, content_type="text/html")


@pytest.mark.parametrize(
    ("content_type", "extension"), [("image/jpeg", "jpg"), ("image/png", "png"), ("application/pdf", "pdf")]
)
def test_a_saved_file_is_named_for_what_it_is(content_type, extension) -> None:
    assert StoredFile(content_type=content_type).extension == extension
