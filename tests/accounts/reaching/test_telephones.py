"""A telephone is written to once its code was entered, and never behind its owner's back."""

import datetime
import re
import threading

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from accounts.models import AuditEvent, Lock, Resident, Telephone
from accounts.reaching import telephones
from accounts.reaching.telephones import enter_code, forget, send_code
from accounts.recipients import reachable
from accounts.refusal import AccountError
from notices.models import Notice
from notices.recipients import About

NUMBER, OTHER = "+819012345678", "+818011112222"
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _frozen(time_machine):
    """Counting by the hour must not meet a turn of the hour."""
    time_machine.move_to(datetime.datetime(2026, 11, 28, 3, 30, tzinfo=datetime.UTC), tick=False)


@pytest.fixture
def texts(settings, tmp_path):
    """What was sent, the newest last: each a number and a text."""
    settings.SMS_URL = f"file://{tmp_path}"

    def read():
        files = sorted(tmp_path.glob("*.txt"), key=lambda file: file.stat().st_mtime_ns)
        return [tuple(file.read_text(encoding="utf-8").strip().split("\n\n")) for file in files]

    return read


def code_in(texts):
    return re.search(r"\d{6}", texts()[-1][1])[0]


def proven(user, texts, now, number=NUMBER, *, shared=False):
    send_code(number=number, shared=shared, by=user, at=now)
    enter_code(code=code_in(texts), by=user, at=now)


def phone_of(resident, user, today):
    return next(who.phone for who in reachable([About(resident.pk)], on=today)[0] if who.user_id == user.pk)


def test_a_number_is_used_once_its_code_was_entered(resident, resident_user, texts, now, today):
    send_code(number=NUMBER, shared=False, by=resident_user, at=now)
    before = phone_of(resident, resident_user, today)

    enter_code(code=code_in(texts), by=resident_user, at=now)

    assert texts()[0][0] == NUMBER
    assert (before, phone_of(resident, resident_user, today)) == ("", NUMBER)
    assert Notice.objects.filter(kind="contact.telephone_changed", resident=resident).count() == 1
    assert AuditEvent.objects.filter(verb="contact.telephone_set", resident_id=resident.pk).exists()


def test_no_table_keeps_the_code(resident_user, texts, now):
    send_code(number=NUMBER, shared=False, by=resident_user, at=now)

    row = Telephone.objects.values().get()

    assert code_in(texts) not in str(row)


def test_five_wrong_codes_and_the_right_one_counts_no_more(resident_user, texts, now):
    send_code(number=NUMBER, shared=False, by=resident_user, at=now)
    wrong = "000000" if code_in(texts) != "000000" else "111111"

    for _try in range(5):
        with pytest.raises(AccountError, match=str(telephones.WRONG)):
            enter_code(code=wrong, by=resident_user, at=now)
    with pytest.raises(AccountError, match=str(telephones.OVER)):
        enter_code(code=code_in(texts), by=resident_user, at=now)

    assert not Telephone.objects.proven().exists()


def test_a_code_is_good_for_ten_minutes(resident_user, texts, now):
    send_code(number=NUMBER, shared=False, by=resident_user, at=now)

    with pytest.raises(AccountError):
        enter_code(code=code_in(texts), by=resident_user, at=now + 10 * MINUTE)
    enter_code(code=code_in(texts), by=resident_user, at=now + 9 * MINUTE)

    assert Telephone.objects.proven().exists()


def test_a_code_of_somebody_else_proves_nothing(resident_user, neighbour_user, texts, now):
    send_code(number=OTHER, shared=False, by=neighbour_user, at=now)
    theirs = code_in(texts)
    send_code(number=NUMBER, shared=False, by=resident_user, at=now)

    if theirs != code_in(texts):
        with pytest.raises(AccountError):
            enter_code(code=theirs, by=resident_user, at=now)


def test_without_a_number_that_waits_no_code_counts(resident_user, now):
    with pytest.raises(AccountError, match=str(telephones.OVER)):
        enter_code(code="123456", by=resident_user, at=now)


def test_the_old_number_is_told_and_stays_in_use_until_then(
    resident, resident_user, texts, now, today, django_capture_on_commit_callbacks
):
    proven(resident_user, texts, now)
    send_code(number=OTHER, shared=False, by=resident_user, at=now)
    between = phone_of(resident, resident_user, today)

    with django_capture_on_commit_callbacks(execute=True):
        enter_code(code=code_in(texts), by=resident_user, at=now)

    assert between == NUMBER
    assert phone_of(resident, resident_user, today) == OTHER
    assert [to for to, text in texts() if "もうお知らせを送りません" in text] == [NUMBER]


def test_taken_away_it_is_written_to_no_more(
    resident, resident_user, texts, now, today, django_capture_on_commit_callbacks
):
    proven(resident_user, texts, now)

    with django_capture_on_commit_callbacks(execute=True):
        forget(by=resident_user, at=now)

    assert phone_of(resident, resident_user, today) == ""
    assert texts()[-1][0] == NUMBER
    assert AuditEvent.objects.filter(verb="contact.telephone_removed").exists()


def test_three_codes_an_hour_for_a_sign_in_and_five_a_day_for_a_number(
    resident_user, neighbour_user, support, texts, now
):
    for user, times in ((resident_user, 3), (neighbour_user, 2)):
        for _time in range(times):
            send_code(number=NUMBER, shared=False, by=user, at=now)

    for user, number in ((resident_user, OTHER), (neighbour_user, NUMBER)):
        with pytest.raises(AccountError, match=str(telephones.TOO_MANY)):
            send_code(number=number, shared=False, by=user, at=now)
    assert len(texts()) == 5


def test_while_everything_is_locked_no_telephone_changes(resident, resident_user, texts, now):
    proven(resident_user, texts, now)
    Lock.objects.create(resident=resident, locked_at=now, locked_by=resident_user)

    for deed in (
        lambda: send_code(number=OTHER, shared=False, by=resident_user, at=now),
        lambda: enter_code(code="123456", by=resident_user, at=now),
        lambda: forget(by=resident_user, at=now),
    ):
        with pytest.raises(AccountError):
            deed()


def test_a_provider_that_is_away_is_said_in_plain_words(resident_user, settings, now):
    settings.SMS_URL = "http://127.0.0.1:9/"

    with pytest.raises(AccountError, match=str(telephones.NOT_SENT)):
        send_code(number=NUMBER, shared=False, by=resident_user, at=now)


@pytest.mark.parametrize("said", [True, False])
def test_of_a_protected_person_no_shared_telephone_learns(
    said, resident, resident_user, neighbour_user, texts, now, today
):
    proven(resident_user, texts, now, shared=said)
    if not said:
        proven(neighbour_user, texts, now)
    before = phone_of(resident, resident_user, today)

    Resident.objects.filter(pk=resident.pk).update(protected=True)

    assert (before, phone_of(resident, resident_user, today)) == (NUMBER, "")


def test_of_a_protected_person_their_own_telephone_is_written_to(resident, resident_user, texts, now, today):
    Resident.objects.filter(pk=resident.pk).update(protected=True)
    proven(resident_user, texts, now)

    assert phone_of(resident, resident_user, today) == NUMBER


@pytest.mark.parametrize(
    "fields", [{"number": NUMBER}, {"waiting": NUMBER}, {"waiting": NUMBER, "code_digest": b"d"}]
)
def test_the_table_refuses_what_was_not_proven_or_has_no_code(fields, resident_user):
    with pytest.raises(IntegrityError), transaction.atomic():
        Telephone.objects.create(user=resident_user, **fields)


def test_a_mail_tells_of_the_change_where_the_sign_in_belongs_to_nobody(
    support, texts, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        proven(support, texts, now)

    assert [message.to for message in mail.outbox] == [[support.email]]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one at a time write anyway")
@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_are_no_more_than_five(resident_user, texts, now):
    send_code(number=NUMBER, shared=False, by=resident_user, at=now)
    wrong = "000000" if code_in(texts) != "000000" else "111111"
    looked_at = []

    def guess():
        try:
            enter_code(code=wrong, by=resident_user, at=now)
        except AccountError as refusal:
            looked_at.append(str(refusal) == str(telephones.WRONG))
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _guess in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(looked_at) <= 5
