"""From three questions to a certificate that a clinic can check."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Resident
from certificates import actions
from certificates.models import Certificate, Draft
from portal.sample.personas import CODES
from tests.certificates.factories import NO_CARD

pytestmark = pytest.mark.journey


def test_a_foreign_resident_without_a_card_gets_a_certificate_that_a_clinic_can_check(
    arrive, sample, deliver_notices, tmp_path
):
    person = arrive(language="en").sign_in(*credentials(sample, "foreign-without-card"))
    person.press("Get the fallback certificate").look().press("Start with the questions")
    if "card" in person.page.url:
        person.choose("No, I have none").look().press("Next")
    person.choose("None of these").look().press("Next").reads("Our answer").look()
    person.press("Apply").reads("Check your application", "Your answers").look()
    person.press("Send the application").reads("We have your application").look()
    application = person.number
    person.press("See where it stands").reads("Your insurer checks your application").look()

    support = arrive().sign_in(*credentials(sample, "support")).open("/certificates/staff/").look()
    support.press(application).reads("By the rules of today", "As stated by the applicant").look()
    support.press("Issue the certificate").look()
    certificate = Certificate.objects.get()
    support.reads(certificate.number)

    deliver_notices()
    person.open("/notices/").press("Your fallback certificate is ready").look()
    pdf = downloaded(person, tmp_path)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert certificate.resident.name in text
    assert certificate.number in text

    clinic = arrive().open("/certificates/check/").look()
    clinic.write("Certificate number or code", certificate.number).press("Check")
    clinic.reads("This certificate is valid today", "Valid until").look()
    clinic.reads_nothing_of(certificate.resident.birth_date, certificate.resident.name)


@pytest.mark.skipif(
    not (shutil.which("pdftoppm") and shutil.which("zbarimg")), reason="poppler-utils or zbar-tools missing"
)
@pytest.mark.parametrize("scripted", [True], ids=["script"], indirect=True)
def test_the_qr_code_on_the_paper_leads_to_the_answer(arrive, sample, support, tmp_path):
    person = arrive().sign_in(*credentials(sample, "foreign-without-card"))
    certificate = issued_to(CODES["foreign_without_card"], support)
    person.open(certificate.get_absolute_url())

    read = qr_codes(downloaded(person, tmp_path), tmp_path)

    [address] = [each for each in read if "/certificates/check/" in each]
    path = "/certificates/check/" + address.partition("/certificates/check/")[2]
    arrive().open(path).reads("This certificate is valid today").look()


def test_a_code_that_is_not_ours_is_said_to_be_none(arrive, db):
    clinic = arrive().open("/certificates/check/")

    clinic.write("Certificate number or code", "C-0000-0000").press("Check")

    clinic.reads("This is not a certificate of ours, or it was altered").look()


def test_somebody_whose_card_works_is_told_that_no_certificate_is_needed(arrive, sample):
    person = arrive().sign_in(*credentials(sample, "all-in-order"))
    person.open("/").press("Get the fallback certificate").press("Start with the questions")
    for answer in ("Yes, I have it", "Yes, it works", "None of these"):
        if person.main.get_by_label(person.said(answer), exact=True).count():
            person.choose(answer).press("Next")

    person.reads("Our answer", "You do not need it now.").finds("Apply", there=False).look()


def credentials(sample, who):
    """Address and password of a persona."""
    return sample[who].email, sample[who].password


def issued_to(code: str, staff) -> Certificate:
    """A certificate that is valid today."""
    person = Resident.objects.get(code=code)
    draft = Draft.objects.create(
        user=person.bindings.get().user, resident=person, answers=dict(NO_CARD), changed_at=timezone.now()
    )
    application = actions.apply(draft=draft, by=draft.user, at=timezone.now())
    return actions.issue(application=application, by=staff, at=timezone.now())


def downloaded(visitor, folder: Path) -> bytes:
    """The PDF, as the browser keeps it."""
    link = visitor.main.locator("a[href$='/download/']")
    if not link.count():
        visitor.follow("a[href^='/certificates/']")
    with visitor.page.expect_download() as waiting:
        link.first.click()
    waiting.value.save_as(folder / "certificate.pdf")
    return (folder / "certificate.pdf").read_bytes()


def qr_codes(pdf: bytes, folder: Path) -> list[str]:
    """What a camera reads from the first page."""
    (folder / "paper.pdf").write_bytes(pdf)
    picture = folder / "paper"
    subprocess.run(
        ["pdftoppm", "-r", "200", "-png", "-singlefile", folder / "paper.pdf", picture], check=True
    )
    read = subprocess.run(["zbarimg", "-q", "--raw", f"{picture}.png"], capture_output=True, text=True)
    return read.stdout.split()
