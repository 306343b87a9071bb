"""The codes of warning notices."""

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError

from notices.actions import tell, tell_many
from notices.codes import code_of, digest_of
from notices.delivering import deliver_all
from notices.kinds import KINDS
from notices.models import CODE_LASTS, Notice

WARNINGS = [kind for kind, words in KINDS.items() if words.warns]
SUBJECT = ("sign_in", "abc")


def told(resident, kind: str, at: datetime.datetime) -> Notice:
    """A notice of that kind."""
    return tell(resident_id=resident.pk, kind=kind, subject=SUBJECT, at=at)


def test_warnings_are_what_somebody_else_may_have_done():
    assert {"sign_in.changed", "sign_in.new_device", "number.opened", "report.withdrawn"} <= set(WARNINGS)
    assert not {"report.moved", "report.by_code", "certificate.returned"} & set(WARNINGS)


def test_a_warning_keeps_a_digest_and_no_code(resident, now):
    notice = told(resident, "number.opened", now)

    notice.refresh_from_db()
    code = code_of(notice.public_id)
    assert bytes(notice.code_digest) == digest_of(code)
    assert code not in str(Notice.objects.values().get())


def test_other_kinds_have_none(resident, now):
    assert told(resident, "report.moved", now).code_digest is None


def test_many_at_once_have_codes_of_their_own(resident, now):
    facts = [(resident.pk, "record.withheld", ("link", f"{number}"), "") for number in range(20)]

    digests = {bytes(notice.code_digest) for notice in tell_many(facts, at=now)}

    assert len(digests) == 20


def test_the_mail_carries_the_code_and_a_repeat_the_same(resident, resident_user, now):
    notice = told(resident, "number.opened", now)
    deliver_all([notice])
    [letter] = mail.outbox

    assert code_of(notice.public_id) in letter.body
    assert code_of(notice.public_id) not in letter.subject


def test_the_mail_of_another_kind_asks_for_no_code(resident, resident_user, now):
    deliver_all([told(resident, "report.moved", now)])

    assert "覚えがない" not in mail.outbox[0].body


@pytest.mark.parametrize("write", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}\n"])
def test_a_code_may_be_typed_anyhow(write):
    code = code_of("abc")

    assert digest_of(write(code)) == digest_of(code)


def test_misread_letters_count_as_what_they_were():
    assert digest_of("OIL0-") == digest_of("0110")
    assert digest_of("２３４５") == digest_of("2345")


def test_a_code_opens_its_notice_for_thirty_days_and_once(resident, now):
    notice = told(resident, "number.opened", now)
    digest = digest_of(code_of(notice.public_id))
    second = datetime.timedelta(seconds=1)

    assert Notice.objects.opened_by(digest, at=now + CODE_LASTS - second).get() == notice
    assert not Notice.objects.opened_by(digest, at=now + CODE_LASTS).exists()
    Notice.objects.update(code_used_at=now)
    assert not Notice.objects.opened_by(digest, at=now).exists()


def test_nothing_is_used_that_is_not_there(resident, now):
    told(resident, "report.moved", now)

    with pytest.raises(IntegrityError):
        Notice.objects.update(code_used_at=now)
