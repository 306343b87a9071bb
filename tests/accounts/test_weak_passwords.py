"""A long password is refused where a machine guesses it first."""

import gzip
import hashlib
from pathlib import Path

import django.contrib.auth.password_validation as django_validation
import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.weak_passwords import OUR_WORDS, fewest_pieces, stands_in

LEAKED = [f"a long leaked sentence {number}" for number in range(500)]


@pytest.fixture(scope="module")
def leaked(tmp_path_factory) -> Path:
    digests = sorted(hashlib.sha1(each.encode()).hexdigest().upper() for each in LEAKED)  # noqa: S324
    path = tmp_path_factory.mktemp("leaked") / "sha1.txt"
    path.write_text("".join(f"{digest}:{number}\r\n" for number, digest in enumerate(digests)))
    return path


@pytest.mark.parametrize(
    "password",
    [
        "123456789123456789",
        "qwertyuiopasdfghjkl",
        "passwordpassword",
        "1q2w3e4r5t6y7u8i9o0p",
        "1qaz2wsx3edc4rfv",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "Password12345678",
        "dragonmonkey1234",
        "zyxwvutsrqponmlkj",
        "iloveyou123456789",
        "20200101123456789",
        "tsunagari-mynumber",
        "マイナンバー資格確認書つながり確認",
    ],
)
def test_what_a_machine_tries_first_is_refused(password) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "a long sentence as password",
        "kumo-no-ue-15ch",
        "correcthorsebatterystaple",
        "雨の日に傘を三本なくした祖父の話",
    ],
)
def test_words_that_somebody_thought_of_are_taken(password) -> None:
    validate_password(password)


def test_every_common_one_that_would_be_long_enough_is_refused() -> None:
    listed = Path(django_validation.__file__).parent / "common-passwords.txt.gz"
    with gzip.open(listed, "rt", encoding="utf-8") as lines:
        long = [line.strip() for line in lines if len(line.strip()) >= 15]

    assert len(long) > 40
    assert [each for each in long if fewest_pieces(each) > 3] == []


@pytest.mark.parametrize("word", OUR_WORDS)
def test_each_of_our_words_counts_for_nothing(word) -> None:
    with pytest.raises(ValidationError):
        validate_password(f"{word}{word}{word}{word}-k7")


def test_one_s_own_address_counts_for_nothing() -> None:
    with pytest.raises(ValidationError):
        validate_password("hanakosaitouuuuu", User(email="hanakosaitouuuuu@example.jp"))


@pytest.mark.parametrize("password", [LEAKED[0], LEAKED[250], LEAKED[-1]])
def test_a_leaked_one_is_refused_where_there_is_a_list(leaked, settings, password) -> None:
    validate_password(password)

    settings.LEAKED_PASSWORDS = str(leaked)
    with pytest.raises(ValidationError):
        validate_password(password)
    validate_password("a long sentence that nobody leaked")


def test_every_line_of_the_list_is_found_and_no_other(leaked) -> None:
    assert all(stands_in(leaked, each) for each in LEAKED)
    assert not any(stands_in(leaked, f"{each}!") for each in LEAKED)


def test_an_empty_list_holds_nothing(tmp_path) -> None:
    (tmp_path / "none").touch()

    assert not stands_in(tmp_path / "none", "whatever")


@pytest.mark.parametrize("password", ["1" * 2_000_000 + "x", "1234567890qwertyuiop" * 100_000 + "x"])
def test_a_very_long_one_is_not_taken_apart(password) -> None:
    assert fewest_pieces(password) > len(password)


def test_two_million_times_the_same_sign_are_refused() -> None:
    assert fewest_pieces("a" * 2_000_000) == 1
