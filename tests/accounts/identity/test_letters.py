"""Letters: who gets one, what stands on it, and that nobody but the paper keeps the code."""

import datetime
from io import BytesIO

import pytest
from django.db import connection
from pypdf import PdfReader

from accounts.identity.letters import print_letters
from accounts.models import AuditEvent, Claim
from accounts.refusal import AccountError
from notices.models import Notice
from tests import factories
from tests.accounts.identity.stating import asked, code_on, printed, single

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    return single()


def sheets(pdf: bytes) -> list[str]:
    """The text of each sheet."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_a_letter_is_for_one_person_and_is_not_forwarded(person, support, now) -> None:
    claim = asked(person)

    (text,) = sheets(print_letters(claims=Claim.objects.to_post(), by=support, at=now))

    for words in ("本人限定受取", "転送不要", "白鳥", "常盤６丁目４番４号", "330-0063", claim.number):
        assert words in text


def test_it_says_until_when_the_code_is_good(person, support) -> None:
    asked(person)
    night = datetime.datetime(2026, 11, 19, 16, 0, tzinfo=datetime.UTC)  # the 20th in Japan

    (text,) = sheets(print_letters(claims=Claim.objects.to_post(), by=support, at=night))

    assert "2026年（令和8年）11月20日" in text
    assert "2026年（令和8年）12月19日 まで使えます" in text


def test_each_person_has_a_sheet_and_a_code_of_their_own(person, support, now) -> None:
    asked(person)
    asked(single(name="黒田　海斗", name_kana="クロダ　カイト", birth_date="1988-02-02", sex="1"))

    texts = sheets(print_letters(claims=Claim.objects.to_post(), by=support, at=now))

    assert len(texts) == 2
    assert not Claim.objects.to_post().exists()
    assert Claim.objects.posted().count() == 2


def test_no_table_keeps_the_code(person) -> None:
    code = printed(asked(person))

    assert len(code) == 10
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert code not in repr(cursor.fetchall())


def test_that_a_letter_goes_out_is_written_down_and_every_known_contact_told(person, support, now) -> None:
    factories.bound_user(person)
    asked(person)

    print_letters(claims=Claim.objects.to_post(), by=support, at=now)

    event = AuditEvent.objects.get(verb="sign_in.letter_printed")
    assert (event.resident, event.actor) == (person, support)
    assert [(notice.resident, notice.kind) for notice in Notice.objects.all()] == [(person, "sign_in.letter")]


@pytest.mark.parametrize(
    "fields",
    [
        {"protected": True},
        {"died_on": datetime.date(2026, 1, 1)},
        {"address": "埼玉県" + "あ" * 100},
        {"name": "見本　\U0003ffff"},
    ],
    ids=["protected meanwhile", "died meanwhile", "too long for the window", "no glyph"],
)
def test_what_cannot_be_posted_is_left_to_a_counter(fields, person, support, now) -> None:
    claim = asked(person)
    type(person).objects.filter(pk=person.pk).update(**fields)

    assert print_letters(claims=Claim.objects.to_post(), by=support, at=now) == b""

    claim.refresh_from_db()
    assert (claim.resident, claim.state) == (None, Claim.State.ASKED)
    assert not Notice.objects.exists()


def test_a_second_print_has_another_code(person, support, now) -> None:
    claim = asked(person)
    first = printed(claim)

    second = code_on(print_letters(claims=Claim.objects.posted(), by=support, at=now))

    assert first != second


def test_only_staff_with_the_right_print(person, resident_user, now) -> None:
    asked(person)

    with pytest.raises(AccountError):
        print_letters(claims=Claim.objects.to_post(), by=resident_user, at=now)
