"""The application without sign-in: the same answer for everybody, and paper for one."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Resident
from certificates import actions
from certificates.by_post import ask_by_post
from certificates.models import Application, Certificate
from certificates.refusal import CertificateError
from tests.certificates.factories import SOCIETY, application, certificate, insurance, issued
from tests.certificates.history import told, verbs

FORM = {
    "why": "no_card",
    "name": "見本　花子",
    "kana": "ミホン　ハナコ",
    "birth_date": "昭和60年4月2日",
    "sex": "2",
    "address": "埼玉県さいたま市浦和区高砂３丁目１５番４号",
}


def send(client, **changes):
    """Send the form in English, and follow to the answer."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.post(reverse("certificates:by_post"), FORM | changes, follow=True)


def test_who_is_in_the_register_and_needs_one_has_an_application_that_nobody_signed_in_for(client, resident):
    insurance(resident)

    page = send(client)

    found = Application.objects.get()
    assert page.status_code == 200
    assert (found.resident, found.applicant, found.reason) == (resident, None, "no_card")
    assert found.by_post_only
    assert verbs(resident) == ["certificate.asked_by_post"]
    assert told(resident) == ["certificate.asked_by_post"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "他所　太郎", "kana": "ヨソ　タロウ"},
        {"address": "東京都千代田区一番町１"},
        {"why": "helper"},
    ],
)
def test_everybody_reads_the_same(client, resident, changes):
    insurance(resident)
    nobody = send(client, name="だれか　知らぬ", kana="ダレカ　シラヌ").content

    found = send(client, **changes).content

    assert same(found) == same(nobody)
    assert resident.name not in found.decode()


def same(page):
    """A page without what is random in each."""
    return [line for line in page.decode().splitlines() if "csrf" not in line]


def test_a_second_one_and_one_beside_an_open_application_change_nothing(client, resident):
    waiting = application(resident)

    send(client)
    send(client)

    assert Application.objects.get() == waiting


@pytest.mark.parametrize("change", [{"protected": True}, {"died_on": "2026-01-01"}])
def test_for_the_protected_and_the_dead_nothing_is_kept(client, resident, change):
    insurance(resident)
    Resident.objects.update(**change)

    send(client)

    assert not Application.objects.exists()


def test_where_the_employer_applies_or_nothing_is_insured_nothing_is_kept(resident, neighbour, now):
    insurance(resident, SOCIETY)
    for who in (resident, neighbour):
        ask_by_post(claims=replace(who.as_person(), address=who.address), why="lost", at=now)

    assert not Application.objects.exists()


def test_a_held_insurance_is_taken_and_not_issued(resident, support, now):
    link = insurance(resident)
    link.concealed = True
    link.save(update_fields=["concealed"])
    ask_by_post(claims=resident.as_person(), why="no_card", at=now)

    with pytest.raises(CertificateError, match="being checked"):
        issued(Application.objects.get(), support, at=now)
    assert Application.objects.get().disputed


def test_what_was_asked_by_post_never_ends_a_running_one_when_it_is_issued(resident, support, now, today):
    running = certificate(resident, support)
    ask_by_post(claims=resident.as_person(), why="paper", at=now)

    posted = issued(Application.objects.open().get(), support, at=now)

    assert set(Certificate.objects.valid(on=today)) == {running, posted}
    assert posted.replaces == running


@pytest.mark.usefixtures("one_minute")
def test_five_an_hour_come_from_one_connection(client, db):
    pages = [send(client) for _try in range(6)]

    assert [bool(page.redirect_chain) for page in pages] == [True] * 5 + [False]
    assert "Too many" in pages[-1].content.decode()


def test_the_letter_has_address_and_paper_and_is_noted(resident, support, now):
    issued = certificate(resident, support)

    letter = PdfReader(BytesIO(actions.print_letter(certificate=issued, by=support, at=now)))

    cover, paper = (page.extract_text() for page in letter.pages)
    assert "〒330-0063" in cover
    assert "高砂３丁目１５番４号" in cover.replace("\n", "")
    assert "[" not in cover
    assert issued.number in paper
    assert verbs(resident)[-1] == "certificate.printed"


def test_what_cannot_be_posted_is_said(resident, support, now):
    issued = certificate(resident, support)
    Resident.objects.update(address="")
    issued.refresh_from_db()

    with pytest.raises(CertificateError, match="no address"):
        actions.print_letter(certificate=issued, by=support, at=now)


def test_a_lost_paper_ends_at_once(resident, resident_user, neighbour_user, support, now, today):
    issued = certificate(resident, support, resident_user)
    with pytest.raises(CertificateError):
        actions.report_lost(certificate=issued, by=neighbour_user, at=now)

    actions.report_lost(certificate=issued, by=resident_user, at=now)

    issued.refresh_from_db()
    assert (issued.revocation, Certificate.objects.valid(on=today).exists()) == ("lost", False)
    with pytest.raises(CertificateError, match="ended before"):
        actions.report_lost(certificate=issued, by=resident_user, at=now)
