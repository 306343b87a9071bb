"""People are told in time that their certificate ends: 60 days before, and 14; each once."""

import datetime

import pytest

from certificates.models import Certificate
from certificates.tasks import tell_of_endings
from notices.models import Notice
from tests.certificates.factories import certificate


@pytest.fixture
def ending(resident, support, today):
    """Lets a certificate that was issued a year ago end in so many days."""
    made = certificate(resident, support)

    def in_days(days):
        issued_on, until = today - datetime.timedelta(days=365), today + datetime.timedelta(days=days)
        Certificate.objects.filter(pk=made.pk).update(issued_on=issued_on, valid_until=until)
        Notice.objects.all().delete()
        return made

    return in_days


def kinds():
    return list(Notice.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (61, []),
        (60, ["certificate.expires_in_60"]),
        (15, ["certificate.expires_in_60"]),
        (14, ["certificate.expires_in_14"]),
        (0, ["certificate.expires_in_14"]),
        (-1, []),
    ],
)
def test_it_is_told_60_and_14_days_before(days, told, ending):
    ending(days)

    tell_of_endings()

    assert kinds() == told


def test_each_is_told_once_however_often_the_task_runs(ending, today):
    made = ending(60)

    assert (tell_of_endings(), tell_of_endings()) == (1, 0)
    Certificate.objects.update(valid_until=today + datetime.timedelta(days=14))
    assert (tell_of_endings(), tell_of_endings()) == (1, 0)

    assert kinds() == ["certificate.expires_in_60", "certificate.expires_in_14"]
    notice = Notice.objects.earliest("pk")
    assert (notice.subject_kind, notice.subject_id, notice.area) == ("certificate", made.public_id, "health")


def test_one_that_was_revoked_or_never_lasted_so_long_is_not_told(ending, today, now):
    ending(60)
    Certificate.objects.update(issued_on=today)
    short = tell_of_endings()
    ending(60)
    Certificate.objects.update(revoked_at=now, revocation="facts_changed")

    assert (short, tell_of_endings()) == (0, 0)
