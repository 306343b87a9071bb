"""The last day and the proof of what is about to be issued."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import override_settings

from accounts.models import Resident
from certificates.answers import Known
from certificates.issuing import drawn, last_day
from certificates.models import Certificate, Insurer
from certificates.refusal import CertificateError
from certificates.schemes import Scheme
from links.models import Link
from tests.certificates.factories import NATIONAL, SOCIETY, application

KNOWN = Known(today=date(2026, 12, 1), birth_on=date(1980, 1, 1), scheme=Scheme.SOCIETY)


@pytest.mark.parametrize(
    ("changes", "until", "rule"),
    [
        ({}, date(2031, 11, 30), "five_years"),
        ({"today": date(2028, 2, 29)}, date(2033, 2, 28), "five_years"),
        ({"scheme": Scheme.NATIONAL}, date(2027, 7, 31), "insurer"),
        ({"birth_on": date(1957, 3, 1)}, date(2027, 2, 28), "age_70"),
        ({"birth_on": date(1952, 2, 29)}, date(2027, 2, 28), "age_75"),
        ({"residence_ends_on": date(2027, 1, 31)}, date(2027, 2, 1), "residence"),
        ({"entitled_until": date(2026, 12, 31)}, date(2026, 12, 31), "recorded_end"),
    ],
)
def test_what_is_known_decides_the_last_day(changes, until, rule):
    known = replace(KNOWN, **changes)

    found = last_day(known, known.scheme)

    assert (found.until, found.rule) == (until, rule)


def test_a_certificate_that_would_be_over_is_refused_in_plain_words():
    with pytest.raises(CertificateError, match="over before its first day"):
        last_day(replace(KNOWN, residence_ends_on=date(2026, 11, 1)), Scheme.SOCIETY)


@pytest.fixture
def waiting(resident):
    """An application that waits."""
    return application(resident)


def test_what_is_drawn_is_not_saved(waiting, support, today):
    certificate = drawn(waiting, by=support, today=today)

    assert certificate.pk is None
    assert not Certificate.objects.exists()
    assert certificate.token.count(".") == 2


def test_the_numbers_of_two_certificates_differ(waiting, support, today):
    first, second = (drawn(waiting, by=support, today=today) for _ in range(2))

    assert first.number != second.number
    assert first.public_id != second.public_id
    assert first.facts["printed"]["number"] == first.number


@pytest.mark.parametrize("missing", ["insurer_number", "insurer_name", "number", "qualified_on"])
def test_an_incomplete_record_is_refused(waiting, support, today, missing):
    waiting.link.details = {key: value for key, value in NATIONAL.items() if key != missing}

    with pytest.raises(CertificateError, match="lacks number"):
        drawn(waiting, by=support, today=today)


@pytest.mark.parametrize("number", ["111055", "99130000", "12"])
def test_a_number_that_is_no_insurers_is_refused(waiting, support, today, number):
    waiting.link.details = NATIONAL | {"insurer_number": number}

    with pytest.raises(CertificateError, match="not one of a health insurance"):
        drawn(waiting, by=support, today=today)


def test_a_record_without_a_symbol_is_enough(waiting, support, today):
    waiting.link.details = {
        key: value for key, value in NATIONAL.items() if key not in {"symbol", "branch_number"}
    }

    assert drawn(waiting, by=support, today=today).facts["printed"]["symbol"] == ""


def test_another_insurers_name_may_hold_an_undrawable_character_too(waiting, support, today):
    waiting.link.details = NATIONAL | {"insurer_name": "見本\U000e01ee健康保険"}

    with pytest.raises(CertificateError, match=r"U\+E01EE"):
        drawn(waiting, by=support, today=today)


def test_a_name_that_does_not_fit_on_the_page_is_refused(waiting, support, today):
    waiting.link.details = NATIONAL | {"insurer_name": "見本健康保険組合" * 60}

    with pytest.raises(CertificateError, match="one page"):
        drawn(waiting, by=support, today=today)


@override_settings(CERTIFICATE_KEY="{}")
def test_a_broken_key_issues_nothing(waiting, support, today):
    with pytest.raises(CertificateError, match="signing key"):
        drawn(waiting, by=support, today=today)


def test_a_dependant_of_a_society_until_the_eve_of_75(waiting, support):
    Resident.objects.update(birth_date="1952-06-15")
    Link.objects.update(details=SOCIETY | {"relation": "2", "insured_name": "見本　太郎"})
    Insurer.objects.create(number=SOCIETY["insurer_number"], issuing=Insurer.Issuing.SERVICE)
    waiting.refresh_from_db()

    certificate = drawn(waiting, by=support, today=date(2026, 12, 1))

    assert (certificate.valid_until, certificate.valid_until_rule) == (date(2027, 6, 14), "age_75")
    assert certificate.facts["printed"]["insured_name"] == "見本　太郎"
    assert certificate.facts["printed"]["copay_ratio"] == "030"


def test_a_day_of_birth_that_is_half_known_is_printed_as_half_known(waiting, support, today):
    Resident.objects.update(birth_date="1980-00-00")
    waiting.refresh_from_db()

    certificate = drawn(waiting, by=support, today=today)

    assert certificate.facts["printed"]["birth_date"] == "1980-00-00"
