"""Files are decoded in a process of its own, and refused in words."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Encryption

from accounts.files import cleaning
from accounts.files.cleaning import DAMAGED, EMPTY, NOT_TAKEN, REFUSALS, TOO_LARGE, FileError, clean
from accounts.files.kinds import MOST_BYTES, Reason, named
from tests import handed_in

LOCKED = Encryption(owner="owner", user="secret")


def refusal(content: bytes, name: str = "photo.jpg") -> str:
    """What somebody reads who hands this in."""
    with pytest.raises(FileError) as refused:
        clean(ContentFile(content, name))
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (handed_in.jpeg(), "photo.jpg", "image/jpeg"),
        (handed_in.png(), "named-like-a-photo.jpg", "image/png"),
        (handed_in.TURNED, "IMG_0001.HEIC", "image/jpeg"),
        (handed_in.written(handed_in.paper()), "paper.png", "application/pdf"),
    ],
)
def test_what_it_is_decides_and_not_its_name(content, name, content_type) -> None:
    fresh = clean(ContentFile(content, name))

    assert fresh.content_type == content_type
    assert fresh.content != content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", EMPTY),
        (b"<!DOCTYPE html><script>alert(1)</script>", NOT_TAKEN),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', NOT_TAKEN),
        (handed_in.jpeg()[:-200], DAMAGED),
        (handed_in.bomb(), REFUSALS[Reason.TOO_MANY_PIXELS]),
        (handed_in.written(handed_in.paper(), encryption=LOCKED), REFUSALS[Reason.LOCKED]),
        (handed_in.written(handed_in.paper(31)), REFUSALS[Reason.TOO_MANY_PAGES]),
    ],
)
def test_what_is_not_taken_is_said_in_words(content, words) -> None:
    assert refusal(content, "photo.png") == str(words)


def test_ten_megabytes_are_taken_and_one_byte_more_is_not() -> None:
    photo = handed_in.jpeg()
    padding = MOST_BYTES - len(photo)

    assert clean(ContentFile(photo + b"\0" * padding)).content_type == "image/jpeg"
    assert refusal(photo + b"\0" * (padding + 1)) == str(TOO_LARGE)


def test_what_is_too_large_is_not_read() -> None:
    unread = SimpleUploadedFile("film.mov", b"")
    unread.size = MOST_BYTES + 1

    with pytest.raises(FileError, match=str(TOO_LARGE)):
        clean(unread)


def test_a_paper_that_unfolds_into_too_much_is_refused() -> None:
    assert refusal(handed_in.unfolding(300_000_000)) == str(DAMAGED)


def test_a_decoder_that_takes_too_long_is_ended(monkeypatch) -> None:
    monkeypatch.setattr(cleaning, "PATIENCE", 0.001)

    assert refusal(handed_in.jpeg()) == str(DAMAGED)


def test_a_broken_decoder_is_noticed(monkeypatch, caplog) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")

    assert refusal(handed_in.jpeg()) == str(DAMAGED)
    assert "The decoder of a jpeg ended with status 1." in caplog.text


@pytest.mark.parametrize(
    ("deed", "refusal"),
    [
        ("open('manage.py')", "OSError: [Errno 24]"),
        ("__import__('socket').socket()", "OSError: [Errno 24]"),
        ("bytearray(2_000_000_000)", "MemoryError"),
    ],
)
def test_the_decoder_can_open_nothing_and_use_little(deed, refusal) -> None:
    deed = f"import socket; from accounts.files.decoder import confine; confine(); {deed}"

    ended = subprocess.run(
        [sys.executable, "-c", deed], capture_output=True, text=True, cwd=settings.BASE_DIR
    )

    assert refusal in ended.stderr


def test_the_decoder_gets_none_of_our_secrets(monkeypatch) -> None:
    seen = {}

    def remember(command, **how):  # noqa: ANN001, ANN003, ANN202
        seen.update(how)
        return subprocess.CompletedProcess(command, 0, stdout=b"fresh")

    monkeypatch.setattr(subprocess, "run", remember)
    clean(ContentFile(handed_in.jpeg()))

    assert "VAULT_KEYSET" in os.environ
    assert seen["env"] == {}


@pytest.mark.parametrize("name", ["photo.exe", "photo.jpg.html", "photo.svg", "photo.zip"])
def test_a_name_that_ends_like_no_photo_or_pdf_is_refused(name) -> None:
    assert refusal(handed_in.jpeg(), name) == NOT_TAKEN


@pytest.mark.parametrize("name", ["", "image", "Scan 3. März", "photo.JPG", "photo.jpeg"])
def test_a_name_without_an_ending_is_taken(name) -> None:
    assert clean(ContentFile(handed_in.jpeg(), name)).content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("name", "content_type", "kept"),
    [
        ("paper.png", "application/pdf", "paper.pdf"),
        ("IMG_0001.HEIC", "image/jpeg", "IMG_0001.jpg"),
        ("photo.JPG", "image/jpeg", "photo.JPG"),
        ("image", "image/png", "image.png"),
        ("", "image/png", ""),
    ],
)
def test_it_is_called_what_it_is(name, content_type, kept) -> None:
    assert named(name, content_type) == kept
