"""Uploads are received within limits, whatever page they are sent to."""

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import UploadedFile
from django.test import RequestFactory

from accounts.files.kinds import MOST_BYTES, MOST_FILES
from accounts.models import User

SMALL = b"a photo"


def received(user: object, *files: bytes) -> list[UploadedFile]:
    """The files of a form as a view gets them."""
    sent = [io.BytesIO(content) for content in files]
    for number, each in enumerate(sent):
        each.name = f"photo{number}.jpg"
    request = RequestFactory().post("/", {"papers": sent, "add": "1"})
    request.user = user
    return request.FILES.getlist("papers")


@pytest.fixture
def user() -> User:
    """Somebody who signed in."""
    return User()


def test_five_files_are_received(user) -> None:
    files = received(user, *[SMALL] * MOST_FILES)

    assert [file.read() for file in files] == [SMALL] * MOST_FILES
    assert [file.name for file in files][:2] == ["photo0.jpg", "photo1.jpg"]


def test_ten_megabytes_are_received(user) -> None:
    [file] = received(user, b"x" * MOST_BYTES)

    assert len(file.read()) == file.size == MOST_BYTES


def test_of_a_larger_file_only_the_size_is_held(user) -> None:
    large, small = received(user, b"x" * (MOST_BYTES + 1), SMALL)

    assert large.size == MOST_BYTES + 1
    assert not large.read(1_000_000)
    assert small.read() == SMALL


@pytest.mark.parametrize("sent", [6, 7, 101])
def test_of_more_than_five_it_is_known_that_there_are_more(user, sent) -> None:
    files = received(user, *[SMALL] * sent)

    assert len(files) == MOST_FILES + 1
    assert files[-1].read() == b""


def test_what_is_in_the_form_beside_the_files_is_read(user) -> None:
    request = RequestFactory().post("/", {"before": "1", "papers": io.BytesIO(SMALL), "after": "2"})
    request.user = user

    assert (request.POST["before"], request.POST["after"]) == ("1", "2")


@pytest.mark.parametrize("stranger", [None, AnonymousUser()])
def test_nothing_is_held_of_somebody_unknown(stranger) -> None:
    assert received(stranger, SMALL) == []
