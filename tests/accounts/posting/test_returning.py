"""A letter came back: the address is doubtful, and nothing more is posted there."""

import pytest
from django.urls import reverse

from accounts.identity.letters import print_letters
from accounts.models import AuditEvent, Claim, DoubtfulAddress, Resident
from accounts.posting.printing import print_batch
from accounts.posting.returning import note_returned
from accounts.refusal import AccountError
from notices.models import Delivery, Notice
from tests.accounts.identity.stating import asked, single
from tests.accounts.posting.test_printing import waiting
from tests.readers import sign_in

State = Delivery.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    return single()


@pytest.fixture
def letter(person, support, now):
    """A letter that was handed to the letter shop."""
    printed = waiting(person)
    print_batch(by=support, at=now)
    printed.refresh_from_db()
    return printed


def test_a_letter_that_came_back_makes_its_address_doubtful_and_tells_the_person(
    letter, person, support, now
):
    note_returned(number=letter.reference, by=support, at=now)

    letter.refresh_from_db()
    doubt = DoubtfulAddress.objects.standing().get(resident=person)
    assert (letter.state, doubt.address) == (State.RETURNED, person.address)
    assert Notice.objects.filter(resident=person, kind="contact.letter_returned").count() == 1
    assert AuditEvent.objects.get(verb="notice.letter_returned").resident_id == person.pk


def test_a_new_address_in_the_register_ends_the_doubt(letter, person, support, now):
    note_returned(number=letter.reference, by=support, at=now)

    Resident.objects.filter(pk=person.pk).update(address="埼玉県さいたま市大宮区１丁目１番")

    assert not DoubtfulAddress.objects.standing().exists()


def test_a_second_letter_from_there_makes_no_second_doubt(letter, person, support, now):
    second = waiting(person)
    print_batch(by=support, at=now)
    second.refresh_from_db()

    for each in (letter, second):
        note_returned(number=each.reference, by=support, at=now)

    assert DoubtfulAddress.objects.count() == 1
    assert Notice.objects.filter(kind="contact.letter_returned").count() == 1


def test_no_code_of_a_sign_in_is_posted_to_a_doubtful_address(letter, person, support, now):
    note_returned(number=letter.reference, by=support, at=now)
    claim = asked(person)

    print_letters(claims=Claim.objects.to_post(), by=support, at=now)

    claim.refresh_from_db()
    assert claim.state == Claim.State.ASKED


@pytest.mark.parametrize("number", ["NOSUCH-001", "", "%", "A" * 40])
def test_a_number_that_no_letter_has_is_refused(number, letter, support, now):
    with pytest.raises(AccountError):
        note_returned(number=number, by=support, at=now)

    assert not DoubtfulAddress.objects.exists()


def test_a_letter_comes_back_once(letter, support, now):
    note_returned(number=letter.reference, by=support, at=now)

    with pytest.raises(AccountError):
        note_returned(number=letter.reference, by=support, at=now)


def test_an_auditor_notes_nothing(letter, support, now):
    support.role = "auditor"

    with pytest.raises(AccountError):
        note_returned(number=letter.reference, by=support, at=now)


def test_the_form_takes_the_number_however_it_is_typed(client, letter, support):
    sign_in(client, support)
    wide = letter.reference.lower().translate(
        {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}
    )

    answer = client.post(reverse("posting:returned"), {"number": f" {wide} "})
    again = client.post(reverse("posting:returned"), {"number": letter.reference})

    assert answer.status_code == 302
    assert again.status_code == 200
    assert "already" in again.content.decode() or "すでに" in again.content.decode()
