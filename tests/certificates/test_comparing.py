"""The name in full, for those who know the birth date."""

import datetime

import pytest
import time_machine

from accounts.models import Resident
from certificates.comparing import compare
from certificates.models import Certificate
from certificates.refusal import CertificateError
from tests.certificates.factories import certificate
from tests.certificates.history import verbs

BORN = datetime.date(1985, 4, 2)
NOON = datetime.datetime(2026, 11, 20, 3, 10, tzinfo=datetime.UTC)


@pytest.fixture
def issued(resident, support):
    """A certificate that is valid today."""
    return certificate(resident, support)


def test_who_knows_the_birth_date_sees_name_and_day_and_the_resident_sees_that(resident, issued, now):
    seen = compare(issued.number.lower(), BORN, at=now)

    assert (seen.name, seen.birth_on) == ("見本　花子", BORN)
    assert verbs(resident)[-1] == "certificate.compared"


def test_a_wrong_birth_date_and_an_unknown_number_get_the_same_answer(issued, now):
    texts = set()
    for number, day in [(issued.number, BORN.replace(day=3)), ("C-0000-0000", BORN), ("nonsense", BORN)]:
        with pytest.raises(CertificateError) as refusal:
            compare(number, day, at=now)
        texts.add(str(refusal.value))

    assert len(texts) == 1


@pytest.mark.parametrize("change", [{"revoked": True}, {"name": "見本　花"}])
def test_nothing_is_shown_of_one_that_is_not_valid(resident, issued, now, change):
    if "revoked" in change:
        Certificate.objects.update(revoked_at=now, revocation="replaced")
    else:
        Resident.objects.update(**change)

    with pytest.raises(CertificateError):
        compare(issued.number, BORN, at=now)


@time_machine.travel(NOON, tick=False)
def test_a_birth_date_is_not_to_be_found_by_trying(issued):
    for day in range(5):
        with pytest.raises(CertificateError, match="not the birth date"):
            compare(issued.number, datetime.date(1990, 1, 1 + day), at=NOON)

    with pytest.raises(CertificateError, match="too often"):
        compare(issued.number, BORN, at=NOON)
    assert compare(issued.number, BORN, at=NOON + datetime.timedelta(hours=1)).name


def test_a_birthday_that_the_register_does_not_know_is_never_the_right_one(resident, support, now):
    Resident.objects.update(birth_date="1985-00-00")
    resident.refresh_from_db()
    issued = certificate(resident, support)

    with pytest.raises(CertificateError, match="not the birth date"):
        compare(issued.number, datetime.date(1985, 1, 1), at=now)
