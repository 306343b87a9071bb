"""A file on its way from the browser: sealed while it comes, never in clear on the disk."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from links.uploads.receiving import Received, SealedUploads
from tests.accounts.intake.files import NUMBER

BOUNDARY = "part"


def request_with(*files: tuple[str, bytes]) -> HttpRequest:
    """A request that sends these files, taken in by our handler."""
    disposition = 'Content-Disposition: form-data; name="{name}"; filename="{name}.csv"'
    parts = b"".join(
        f"--{BOUNDARY}\r\n{disposition.format(name=name)}\r\n\r\n".encode() + content + b"\r\n"
        for name, content in files
    )
    request = RequestFactory().generic(
        "POST",
        "/imports/",
        parts + f"--{BOUNDARY}--\r\n".encode(),
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
    )
    request.upload_handlers = [SealedUploads(request)]
    return request


def received(*files: tuple[str, bytes]) -> Received:
    """What the view gets under the name `file`."""
    return request_with(*files).FILES["file"]


def test_a_file_comes_out_as_it_went_in():
    content = bytes(range(256)) * 1_000

    file = received(("file", content))

    assert file.sealed.open().read() == content
    assert (file.size, file.head, file.name) == (len(content), content[:8], "file.csv")


def test_nothing_of_it_lies_in_clear(intake):
    received(("file", NUMBER.encode() * 1_000))

    (path,) = intake.iterdir()
    assert NUMBER.encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_only_the_first_file_is_taken(intake):
    request = request_with(("file", b"one"), ("more", b"two"))

    assert list(request.FILES) == ["file"]
    assert len(list(intake.iterdir())) == 1


@pytest.mark.parametrize(("size", "kept"), [(1_000, True), (1_001, False)])
def test_of_more_than_is_taken_only_the_size_is_known(settings, intake, size, kept):
    settings.IMPORT_MOST_BYTES = 1_000

    file = received(("file", b"x" * size))

    assert (file.sealed is not None, file.size) == (kept, size)
    assert len(list(intake.iterdir())) == kept


def test_a_sender_who_goes_away_leaves_nothing(intake):
    handler = SealedUploads()
    handler.new_file("file", "a.csv", "text/csv", None)
    handler.receive_data_chunk(b"half of it", 0)

    handler.upload_interrupted()

    assert list(intake.iterdir()) == []


def test_what_is_not_kept_is_deleted_and_twice_does_no_harm(intake):
    file = received(("file", b"x"))

    file.discard()
    file.discard()

    assert list(intake.iterdir()) == []
