"""From three questions to a certificate that a clinic can check."""

import io
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts.models import Resident
from certificates import actions
from certificates.ending import end
from certificates.models import Application, Certificate, Draft
from certificates.paper import signed_pdf_of
from portal.sample.personas import CHILD_CODE, CODES
from tests.certificates.factories import NO_CARD
from tests.factories import authority

pytestmark = pytest.mark.journey


STUB = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ['qr_code'] }
  async detect(video) { return video.videoWidth ? [{ rawValue: %r }] : [] }
}
"""


def test_a_foreign_resident_without_a_card_gets_a_certificate_that_a_clinic_can_check(
    arrive, sample, deliver_notices, tmp_path
):
    person = arrive(language="en").sign_in(*credentials(sample, "foreign-without-card"))
    person.press("Get the fallback certificate").look().press("Start with the questions")
    if "card" in person.page.url:
        person.choose("No, I have none").look().press("Next")
    person.choose("None of these").look().press("Next").reads("Our answer").look()
    person.press("Apply").choose("Nothing more").look().press("Next")
    person.choose("I download it, for the phone or to print").look().press("Next")
    person.reads("Check your application", "Your answers").look()
    # the insurer's record says that there is no card: nobody need decide
    person.press("Send the application").reads("Your certificate is ready").look()
    certificate = Certificate.objects.get()

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


def test_a_carer_gets_one_for_somebody_of_86_in_the_simple_version(arrive, sample):
    """The carer does not wait for the month's list, and has it sent in large print."""
    elderly = Resident.objects.get(code=CODES["elderly"])
    aged(elderly, 86)
    carer = Resident.objects.get(code=CODES["neighbour"]).bindings.get().user
    authority(agent=carer, subject=elderly, kind="carer")

    helper = arrive(language="en").sign_in(*credentials(sample, "neighbour")).switch_version("Simple view")
    helper.open(f"/certificates/for/{elderly.public_id}/").look()
    expect(helper.page.locator(".band")).to_contain_text(elderly.name)
    helper.press("Start with the questions")
    for answer in ("Yes, I have it", "Yes, it works", "I need somebody's help at the clinic's counter"):
        if helper.main.get_by_label(helper.said(answer), exact=True).count():
            helper.choose(answer).look().press("Next")
    helper.reads("Our answer").look().press("Apply")
    for answer in ("Nothing more", "By post to my registered address", "Large print, two pages"):
        helper.choose(answer).look().press("Next")
    helper.reads("Check your application", elderly.name).look().press("Send the application")

    application = Application.objects.get()
    assert (application.resident, application.applicant) == (elderly, carer)
    helper.open(application.get_absolute_url()).reads(application.number).look()


def aged(person: Resident, years: int) -> None:
    """The person, and their insurance in the scheme of the elderly, on the day that counts for the list."""
    Resident.objects.filter(pk=person.pk).update(birth_date=f"{timezone.localdate().year - years}-01-15")
    person.refresh_from_db()
    [insurance] = person.links.filter(category="health_insurance")
    insurance.details |= {"insurer_number": "39111059", "insurer_name": "埼玉県後期高齢者医療広域連合"}
    insurance.save(update_fields=["details"])


@pytest.mark.skipif(
    not (shutil.which("pdftoppm") and shutil.which("zbarimg")), reason="poppler-utils or zbar-tools missing"
)
@pytest.mark.parametrize("scripted", [True], ids=["script"], indirect=True)
def test_the_qr_code_on_the_paper_leads_to_the_answer(arrive, sample, tmp_path):
    person = arrive().sign_in(*credentials(sample, "foreign-without-card"))
    certificate = issued_to(CODES["foreign_without_card"])
    person.open(certificate.get_absolute_url())

    read = qr_codes(downloaded(person, tmp_path), tmp_path)

    [address] = [each for each in read if "/certificates/check/" in each]
    path = "/certificates/check/" + address.partition("/certificates/check/")[2]
    arrive().open(path).reads("This certificate is valid today").look()


def test_a_clinic_gets_each_of_the_four_answers(arrive, sample, settings):
    certificate = issued_to(CODES["foreign_without_card"])
    # in a thread: the browser's driver has a loop in this one, and pyHanko begins its own
    paper = ThreadPoolExecutor().submit(signed_pdf_of, certificate).result()
    birth_date = certificate.resident.birth_date
    altered = paper[:3000] + bytes([paper[3000] ^ 1]) + paper[3001:]
    clinic, chooser = arrive(), "Or a photo of the code, or the PDF"

    clinic.open("/certificates/check/").choose_files(chooser, ("paper.pdf", paper)).press("Check")
    clinic.reads("This certificate is valid today").reads_nothing_of(certificate.resident.name)
    clinic.write("Birth date of the person", birth_date).press("Show the whole name")
    clinic.reads(certificate.resident.name).look()

    clinic.choose_files(chooser, ("paper.pdf", altered)).press("Check")
    clinic.reads("This is not a certificate of ours, or it was altered").look()

    end(certificate, why=Certificate.Revocation.LOST, by=None, at=timezone.now())
    clinic.write("Certificate number or code", certificate.number).press("Check")
    clinic.reads("This certificate is not valid any more").look()

    settings.CERTIFICATE_KEY = "broken"
    clinic.write("Certificate number or code", certificate.token).press("Check")
    clinic.reads("This cannot be checked now").look()


@pytest.mark.parametrize("scripted", [True], ids=["script"], indirect=True)
def test_a_camera_reads_the_code_where_the_browser_can(arrive, sample):
    """The picture is the browser's own trial camera's; the detector is a stand-in, for Linux has none."""
    certificate = issued_to(CODES["foreign_without_card"])
    clinic = arrive(permissions=["camera"])
    clinic.page.add_init_script(STUB % certificate.token)
    clinic.open("/certificates/check/").reads("Read the code with the camera").look()

    clinic.page.get_by_role("button", name=clinic.said("Start the camera")).click()

    clinic.reads("This certificate is valid today")


def test_without_a_detector_nothing_of_the_camera_is_shown(arrive, db):
    clinic = arrive().open("/certificates/check/")

    assert not clinic.page.locator("[data-camera]").is_visible()


def test_somebody_without_any_sign_in_gets_a_paper_by_post(arrive, sample):
    person = Resident.objects.get(code=CODES["foreign_without_card"])
    visitor = arrive(language="en").open("/account/login/")
    visitor.press("Get the fallback certificate (資格確認書) without signing in").look()
    visitor.choose("I have no My Number card").write("Name", person.name)
    visitor.write("Date of birth", person.birth_date).write("Registered address", person.address)
    visitor.page.check(f"input[name=sex][value='{person.sex}']")
    visitor.press("Send the application")
    visitor.reads("We have your application", "this page says the same to everybody").look()
    visitor.reads_nothing_of(person.name)

    application = Application.objects.get()
    desk = arrive().sign_in(*credentials(sample, "support")).open("/certificates/staff/")
    desk.press(application.number).reads("Asked for without sign-in").look()
    desk.press("Propose to issue it").reads("You proposed this yourself. Another person must decide.").look()
    second = arrive().sign_in(*credentials(sample, "supervisor")).open("/certificates/staff/")
    second.press(application.number).press("Issue the certificate").reads("The letter came back").look()
    letter = second.opens(second.said("Print the letter (address sheet and certificate)")).body()

    cover, paper = (page.extract_text() for page in PdfReader(io.BytesIO(letter)).pages)
    assert person.name in cover
    assert Certificate.objects.get().number in paper


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


def issued_to(code: str) -> Certificate:
    """A certificate that is valid today."""
    person = Resident.objects.get(code=code)
    draft = Draft.objects.create(
        user=person.bindings.get().user, resident=person, answers=dict(NO_CARD), changed_at=timezone.now()
    )
    return actions.apply(draft=draft, by=draft.user, at=timezone.now()).certificate


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


@pytest.mark.parametrize("view", ["Standard view", "Simple view"])
def test_a_mother_applies_for_herself_and_her_child_in_one_go(arrive, sample, view):
    """Of both the insurer knows that there is no card: one question each, then what is wished for both."""
    for code in (CODES["child_account"], CHILD_CODE):
        [insured] = Resident.objects.get(code=code).links.filter(category="health_insurance")
        insured.details |= {"insurer_number": "111054", "card_state": "none"}
        insured.save(update_fields=["details"])
    mother = arrive(language="en").sign_in(*credentials(sample, "child-account"))
    if view == "Simple view":
        mother.switch_version("Simple view")
    mother.open("/certificates/together/").look()
    for box in mother.main.get_by_role("checkbox").all():
        box.check()
    mother.press("Next")
    while "/check/" not in mother.page.url:
        mother.look()
        if mother.main.get_by_role("radio").count():
            answer = next(each for each in ANSWERED if mother.main.get_by_label(each, exact=True).count())
            mother.choose(answer)
        mother.press("Next")
    mother.reads("Check your application", "For everybody for whom you apply").look()
    mother.press("Send the application").reads("We have your application").look()

    sent = Application.objects.order_by("pk")
    assert len({application.resident for application in sent}) == sent.count() == 2
    assert {application.delivery for application in sent} == {"download"}


ANSWERED = (
    "No, I have none",
    "No, it is not registered as insurance card",
    "None of these",
    "Nothing more",
    "I download it, for the phone or to print",
)
