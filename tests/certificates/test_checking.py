"""The four answers, and that a failure of ours is never told as a fault of the certificate."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import override_settings

from accounts.models import AuditEvent, Resident
from certificates.checking import Answer, Fault, check, partly, token_in, typed_number
from certificates.models import Certificate
from certificates.paper import check_url
from portal.keys import fresh_signing_key
from tests.certificates.factories import certificate


@pytest.fixture
def issued(resident, support):
    """A certificate that is valid today."""
    Resident.objects.update(name="髙﨑　𠮷子")
    resident.refresh_from_db()
    return certificate(resident, support)


def test_a_valid_one_is_valid_by_number_code_and_address(issued, now):
    for text in [issued.number, issued.token, check_url(issued.token), f"  {issued.number.lower()} "]:
        found = check(text, at=now)

        assert (found.answer, found.valid_until) == (Answer.VALID, issued.valid_until)


def test_only_part_of_name_and_birthday_is_shown(issued, now):
    found = check(issued.number, at=now)

    assert found.name == "髙●　●●"
    assert (found.month, found.day) == (4, 2)


def test_a_check_leaves_one_event_that_says_nothing_about_the_clinic(issued, now):
    check(issued.token, at=now)

    event = AuditEvent.objects.get(verb="certificate.checked")
    assert (event.actor, event.resident, event.subject_id) == (None, issued.resident, issued.public_id)
    assert event.institution == issued.link.institution.code


def test_an_expired_one_is_not_valid_because_its_last_day_is_over(issued, now):
    found = check(issued.token, at=now + timedelta(days=400))

    assert (found.answer, found.fault, found.name) == (Answer.NOT_VALID, Fault.EXPIRED, "")


@pytest.mark.parametrize("why", ["replaced", "returned", "facts_changed"])
def test_a_revoked_one_is_not_valid_and_says_why(issued, now, why):
    Certificate.objects.update(revoked_at=now, revocation=why)

    found = check(issued.number, at=now)

    assert (found.answer, found.fault) == (Answer.NOT_VALID, Fault(why))


def test_a_changed_fact_counts_at_once_before_any_task_ran(issued, now):
    Resident.objects.update(name="髙﨑　花子")

    found = check(issued.token, at=now)

    assert (found.answer, found.fault) == (Answer.NOT_VALID, Fault.FACTS_CHANGED)


@pytest.mark.parametrize(
    "text",
    [
        "C-0000-0000",
        "x",
        "https://elsewhere.example/?code=abc",
        "eyJhbGciOiJub25lIn0.e30.",
        "http://[::1",
        "C-7K3M\0-92QX",
        "\ud800.a.b",
    ],
)
def test_what_is_not_ours_is_not_ours(issued, now, text):
    assert check(text, at=now).answer is Answer.NOT_OURS
    assert not AuditEvent.objects.filter(verb="certificate.checked").exists()


def test_an_altered_code_is_not_ours(issued, now):
    altered = issued.token[:-5] + ("A" if issued.token[-5] != "A" else "B") + issued.token[-4:]

    assert check(altered, at=now).answer is Answer.NOT_OURS


def test_a_code_signed_with_another_key_is_not_ours(issued, now):
    with override_settings(CERTIFICATE_KEY=fresh_signing_key()):
        assert check(issued.token, at=now).answer is Answer.NOT_OURS


@override_settings(CERTIFICATE_KEY="")
def test_without_a_key_a_code_cannot_be_checked_now(db, now):
    assert check("a.b.c", at=now).answer is Answer.UNAVAILABLE


def test_a_number_can_be_checked_without_a_key(issued, now):
    with override_settings(CERTIFICATE_KEY=""):
        assert check(issued.number, at=now).answer is Answer.VALID


def test_a_certificate_of_ours_that_is_not_in_the_database_cannot_be_checked_now(issued, now):
    Certificate.objects.all().delete()

    assert check(issued.token, at=now).answer is Answer.UNAVAILABLE


@pytest.mark.django_db(transaction=True)
def test_a_failing_database_is_never_told_as_not_valid(resident, support, now):
    issued = certificate(resident, support)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE certificates_certificate RENAME TO elsewhere")
    try:
        assert check(issued.number, at=now).answer is Answer.UNAVAILABLE
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO certificates_certificate")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("C-7K3M-92QX", "C-7K3M-92QX"),
        ("c7k3m92qx", "C-7K3M-92QX"),
        ("C 7K3M 92QX", "C-7K3M-92QX"),
        ("Ｃ－７Ｋ３Ｍ－９２ＱＸ", "C-7K3M-92QX"),
        ("C-7K3M-92Ql", "C-7K3M-92Q1"),
        ("C-OK3M-92QI", "C-0K3M-92Q1"),
        ("C-7K3M-92Q", ""),
        ("R-7K3M-92QX", ""),
        ("", ""),
    ],
)
def test_a_number_may_be_typed_in_any_way_and_misread_letters_are_mended(text, number):
    assert typed_number(text) == number


def test_the_code_is_taken_out_of_an_address():
    assert token_in("https://portal.example/certificates/check/?code=a.b.c") == "a.b.c"
    assert (
        token_in("https://portal.example/certificates/check/") == "https://portal.example/certificates/check/"
    )
    assert token_in("a.b.c") == "a.b.c"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("髙﨑　𠮷子", "髙●　●●"),
        ("渡邉\U000e010f　花", "渡●　●"),
        ("邉\U000e010f見　花", "邉\U000e010f●　●"),
        ("NGUYEN THI", "N●●●●● ●●●"),
        ("", ""),
    ],
)
def test_a_name_is_shown_by_its_first_character(name, shown):
    assert partly(name) == shown
