"""Notices on paper: who gets one, what stands on it, what the letter shop is given."""

import csv
import hashlib
import io
import threading
import zipfile
from io import BytesIO

import pytest
from django.db import connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import AuditEvent, DoubtfulAddress, Resident
from accounts.posting import printing
from accounts.posting.printing import bundle, print_batch
from accounts.refusal import AccountError
from notices.codes import code_of
from notices.kinds import KINDS
from notices.models import LETTER, Delivery, LetterBatch
from tests.accounts.identity.stating import single
from tests.notices.factories import DeliveryFactory, NoticeFactory
from tests.readers import sign_in

State = Delivery.State
pytestmark = pytest.mark.django_db


def waiting(resident, **fields):
    """A letter that waits for paper."""
    notice = NoticeFactory.create(resident=resident, area="health", **fields)
    return DeliveryFactory.create(notice=notice, channel=LETTER, recipient=None, due_at=None)


def opened(held: bytes) -> tuple[list[str], list[dict[str, str]], bytes]:
    """The text of each sheet, the rows of the manifest, the PDF."""
    with zipfile.ZipFile(BytesIO(held)) as archive:
        pdf, listed = archive.read("letters.pdf"), archive.read("manifest.csv").decode()
    sheets = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return sheets, list(csv.DictReader(io.StringIO(listed))), pdf


@pytest.fixture
def person(db):
    return single()


def test_a_sheet_says_in_two_languages_what_happened_and_how_to_say_that_it_was_not_me(person, support, now):
    letter = waiting(person)
    notice = letter.notice
    notice.code_digest = b"d" * 32
    notice.save()

    batch = print_batch(by=support, at=now)
    (text,), _rows, _pdf = opened(bundle(batch=batch, by=support, at=now))

    for words in ("白鳥", "常盤６丁目４番４号", "330-0063", f"{batch.code}-001", code_of(notice.public_id)):
        assert words in text
    assert "We stopped one of your records" in text
    assert str(KINDS["record.withheld"].title) in text
    assert notice.subject_id not in text


def test_the_letter_shop_is_told_page_postal_code_and_the_digest_but_no_name(person, support, now):
    waiting(person)
    waiting(single(name="黒田　海斗", name_kana="クロダ　カイト", postal_code="1000001"))

    batch = print_batch(by=support, at=now)
    sheets, rows, pdf = opened(bundle(batch=batch, by=support, at=now))

    digest = hashlib.sha256(pdf).hexdigest()
    assert [row["page"] for row in rows] == ["1", "2"]
    assert [row["postal_code"] for row in rows] == ["330-0063", "100-0001"]
    assert [row["letter"] for row in rows] == [f"{batch.code}-001", f"{batch.code}-002"]
    assert {row["pdf_sha256"] for row in rows} == {digest}
    assert all(row["letter"] in sheet for row, sheet in zip(rows, sheets, strict=True))


def test_it_counts_as_handed_over_and_can_be_fetched_again(person, support, now):
    letter = waiting(person)

    batch = print_batch(by=support, at=now)
    first, second = (bundle(batch=batch, by=support, at=now) for _time in range(2))

    letter.refresh_from_db()
    assert first == second
    assert (letter.state, letter.reference, batch.letters) == (State.ACCEPTED, f"{batch.code}-001", 1)
    assert AuditEvent.objects.filter(verb="notice.letter_printed", resident_id=person.pk).count() == 2
    with pytest.raises(AccountError):
        print_batch(by=support, at=now)


def protect(person, user, now):
    Resident.objects.filter(pk=person.pk).update(protected=True)


def bury(person, user, now):
    Resident.objects.filter(pk=person.pk).update(died_on=now.date())


def doubt(person, user, now):
    DoubtfulAddress.objects.create(resident=person, address=person.address, noted_by=user, noted_at=now)


def move_to_the_unprintable(person, user, now):
    Resident.objects.filter(pk=person.pk).update(address="\U000e0001\U0001f9ff")


def move_far(person, user, now):
    Resident.objects.filter(pk=person.pk).update(address="長" * 101)


OBSTACLES = {
    protect: printing.PROTECTED,
    bury: printing.DEAD,
    doubt: printing.DOUBTFUL,
    move_to_the_unprintable: printing.UNDRAWN,
    move_far: printing.UNDRAWN,
}


@pytest.mark.parametrize("change", OBSTACLES)
def test_who_cannot_be_written_to_is_left_to_staff_with_the_reason(change, person, support, now):
    letter, also = waiting(person), waiting(single(name="黒田　海斗", name_kana="クロダ　カイト"))
    change(person, support, now)

    batch = print_batch(by=support, at=now)

    letter.refresh_from_db()
    also.refresh_from_db()
    assert (letter.state, letter.reason) == (State.GIVEN_UP, OBSTACLES[change])
    assert (also.state, batch.letters) == (State.ACCEPTED, 1)


def test_who_comes_under_protection_before_the_batch_is_fetched_is_not_on_paper(person, support, now):
    waiting(person)
    waiting(single(name="黒田　海斗", name_kana="クロダ　カイト"))
    batch = print_batch(by=support, at=now)
    protect(person, support, now)

    sheets, _rows, _pdf = opened(bundle(batch=batch, by=support, at=now))

    assert len(sheets) == 1
    assert "白鳥" not in sheets[0]


def test_only_those_who_may_print(person, support, now):
    waiting(person)
    batch = print_batch(by=support, at=now)
    support.role = "auditor"

    for deed in (lambda: print_batch(by=support, at=now), lambda: bundle(batch=batch, by=support, at=now)):
        with pytest.raises(AccountError):
            deed()


def test_every_kind_fits_on_its_sheet(support, now):
    people = [single(address="長" * 100, name="名" * 50) for _kind in range(3)]
    longest = sorted(KINDS, key=lambda kind: len(str(KINDS[kind].text)))[-3:]
    for person, kind in zip(people, longest, strict=True):
        waiting(person, kind=kind, code_digest=b"d" * 32)

    sheets, _rows, _pdf = opened(bundle(batch=print_batch(by=support, at=now), by=support, at=now))

    assert len(sheets) == 3


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one at a time write anyway")
@pytest.mark.django_db(transaction=True)
def test_two_who_print_at_once_get_different_letters(person, support, now):
    for _letter in range(4):
        waiting(person)
    batches = []

    def work():
        try:
            batches.append(print_batch(by=support, at=now))
        except AccountError:
            batches.append(None)
        finally:
            connection.close()

    with transaction.atomic():
        printing.letters.waiting(most=2)  # somebody else holds two of them
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()

    assert batches[0].letters == 2
    assert Delivery.objects.letters_to_print().count() == 2


def test_the_page_makes_a_batch_and_hands_it_over(client, person, support):
    waiting(person)
    sign_in(client, support)

    client.post(reverse("posting:print"))
    batch = LetterBatch.objects.get()
    page = client.get(reverse("posting:list"))
    answer = client.post(reverse("posting:fetch", args=[batch.code]))

    assert batch.code in page.content.decode()
    assert person.name not in page.content.decode()
    assert answer["Content-Type"] == "application/zip"
    assert len(opened(answer.content)[0]) == 1
