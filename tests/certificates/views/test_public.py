"""The public page: four answers without sign-in."""

import datetime
from io import BytesIO

import pytest
import time_machine
import zxingcpp
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.files.kinds import MOST_BYTES
from accounts.models import AuditEvent, Resident
from certificates.keys import load_keys
from certificates.models import Certificate
from certificates.offline import check as offline
from certificates.paper import check_url, signed_pdf_of
from tests.certificates.factories import certificate

CHECK = "certificates:check"
# noon in Japan, after the papers of this run can be signed
NOON = timezone.now().replace(hour=3, minute=0, second=0) + datetime.timedelta(days=1)


def ask(client, code):
    """Enter a number or code."""
    return client.get(reverse(CHECK), {"code": code})


@pytest.fixture
def issued(resident, support):
    """A certificate that is valid today."""
    return certificate(resident, support)


def test_anybody_may_ask_and_sees_only_the_form_first(client, db):
    page = client.get(reverse(CHECK))

    assert page.status_code == 200
    assert "checked" not in page.context


def test_a_valid_certificate_shows_name_and_birthday_in_part_only(client, resident, issued):
    page = ask(client, issued.number)
    text = page.content.decode()

    assert page.context["checked"].answer == "valid"
    assert "見●　●●" in text
    for secret in [resident.name, "1985", "ミホン", "0025568", "さいたま市"]:
        assert secret not in text


def test_the_address_in_the_qr_opens_the_answer(client, issued):
    _host, path = check_url(issued.token).removeprefix("http://").split("/", 1)

    page = client.get(f"/{path}")

    assert page.context["checked"].answer == "valid"


def test_a_revoked_one_says_what_to_do(client, issued, now):
    Certificate.objects.update(revoked_at=now, revocation="replaced")

    page = ask(client, issued.token)

    assert page.context["checked"].answer == "not_valid"
    assert str(page.context["fault"]) in page.content.decode()


def test_an_outdated_one_is_not_valid_before_any_task_ran(client, resident, issued):
    Resident.objects.update(name="見本　花")

    assert ask(client, issued.token).context["checked"].answer == "not_valid"


def test_an_unknown_number_is_not_one_of_ours(client, db):
    page = ask(client, "C-0000-0000")

    assert page.context["checked"].answer == "not_ours"
    assert page.status_code == 200


@override_settings(CERTIFICATE_KEY="broken")
def test_a_failure_of_ours_is_never_shown_as_not_valid(client, issued):
    page = client.get(reverse(CHECK), {"code": issued.token}, headers={"accept-language": "en"})

    assert page.context["checked"].answer == "unavailable"
    assert "not valid" not in page.content.decode().lower()


@pytest.mark.django_db(transaction=True)
def test_a_failing_database_is_never_shown_as_not_valid(client, resident, support):
    number = certificate(resident, support).number
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE certificates_certificate RENAME TO elsewhere")
    try:
        page = ask(client, number)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO certificates_certificate")

    assert (page.status_code, page.context["checked"].answer) == (200, "unavailable")


def send(client, **sent):
    """Send the form in English."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.post(reverse(CHECK), sent)


def file(content, name="paper.pdf"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def test_the_pdf_itself_is_checked(client, issued):
    assert send(client, paper=file(signed_pdf_of(issued))).context["checked"].answer == "valid"


def test_an_altered_pdf_is_not_one_of_ours(client, issued):
    altered = bytearray(signed_pdf_of(issued))
    altered[5000] ^= 1

    page = send(client, paper=file(bytes(altered)))

    assert page.context["checked"].answer == "not_ours"
    assert not AuditEvent.objects.filter(verb="certificate.checked").exists()


def test_a_photo_of_the_paper_is_read(client, issued):
    picture = zxingcpp.create_barcode(check_url(issued.token), zxingcpp.BarcodeFormat.QRCode)
    photo = BytesIO()
    Image.fromarray(picture.to_image(scale=5)).convert("RGB").rotate(3, fillcolor="white").save(photo, "JPEG")

    page = send(client, paper=file(photo.getvalue(), "photo.jpg"))

    assert page.context["checked"].answer == "valid"


def test_a_photo_without_code_says_what_to_do_and_blames_no_certificate(client, db):
    photo = BytesIO()
    Image.new("RGB", (300, 300), "grey").save(photo, "JPEG")

    page = send(client, paper=file(photo.getvalue(), "photo.jpg"))

    assert "no code in the photo" in page.context["form"].errors["paper"][0]
    assert "checked" not in page.context


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"\xff\xd8\xff broken"])
def test_another_file_is_refused_in_plain_words(client, db, content):
    assert send(client, paper=file(content)).context["form"].errors["paper"]


def test_a_file_that_is_too_large_is_not_held(client, db):
    page = send(client, paper=file(b"\xff\xd8\xff" + b"0" * MOST_BYTES))

    assert "10 MB" in page.context["form"].errors["paper"][0]


@time_machine.travel(NOON, tick=False)
def test_files_are_read_ten_times_a_minute(client, issued):
    paper = signed_pdf_of(issued)

    answers = [send(client, paper=file(paper)).context["checked"].answer for _try in range(11)]

    assert answers == ["valid"] * 10 + ["unavailable"]


def test_without_a_signing_certificate_nothing_is_called_altered(client, issued, settings):
    paper = signed_pdf_of(issued)
    settings.DOCUMENT_SIGNING = settings.DOCUMENT_SIGNING | {"chain": "/nothing"}

    assert send(client, paper=file(paper)).context["checked"].answer == "unavailable"


def test_the_birth_date_opens_the_name(client, resident, issued):
    told = {"number": issued.number, "birth_date": "1985-04-02"}

    page = client.post(reverse("certificates:compare"), told)

    assert resident.name in page.content.decode()
    assert "1985年4月2日" in page.content.decode()


@pytest.mark.parametrize("day", ["1985-04-03", "", "soon"])
def test_a_wrong_birth_date_opens_nothing_and_keeps_the_answer(client, resident, issued, day):
    page = client.post(reverse("certificates:compare"), {"number": issued.number, "birth_date": day})
    text = page.content.decode()

    assert page.context["compare"].errors["birth_date"]
    assert page.context["checked"].answer == "valid"
    assert resident.name not in text
    assert "1985" not in text.replace(day or "nothing", "")


def test_a_birth_date_without_a_certificate_opens_nothing(client, db):
    page = client.post(reverse("certificates:compare"), {})

    assert page.status_code == 200
    assert "checked" not in page.context


def test_keys_and_list_are_fetched_by_anybody_and_may_be_kept(client, issued, now):
    keys = load_keys(client.get("/.well-known/jwks.json").content.decode())
    listed = client.get(reverse("certificates:revoked"))

    found = offline(issued.token, keys, listed.content.decode(), issuer=settings.BASE_URL, at=now)

    assert found.answer == "valid"
    assert listed.headers["Cache-Control"] == "public, max-age=300"
    assert not client.cookies


@override_settings(CERTIFICATE_KEY="broken")
@pytest.mark.parametrize("name", ["jwks", "certificates:revoked"])
def test_without_a_key_nothing_is_published(client, db, name):
    assert client.get(reverse(name)).status_code == 503


def test_nothing_entered_asks_for_a_number(client, db):
    page = ask(client, " ")

    assert page.context["form"].errors["code"]
    assert "checked" not in page.context


def test_a_text_of_any_length_is_answered(client, db):
    page = ask(client, "x" * 5000)

    assert page.status_code == 200
    assert page.context["form"].errors["code"]


def test_the_answer_is_kept_by_no_browser(client, issued):
    page = ask(client, issued.token)

    assert "no-store" in page.headers["Cache-Control"]


def test_who_is_signed_in_gets_the_same_answer(client, resident, resident_user, support):
    issued = certificate(resident, support, resident_user)
    client.force_login(resident_user)

    assert ask(client, issued.number).context["checked"].name == "見●　●●"


# a number is counted too, here in the database: with Redis as cache it costs what a code costs
@pytest.mark.parametrize(("asked", "most"), [("token", 6), ("number", 11)])
def test_an_answer_costs_few_queries(client, issued, django_assert_max_num_queries, asked, most):
    with django_assert_max_num_queries(most):
        ask(client, getattr(issued, asked))


@time_machine.travel(NOON, tick=False)
def test_numbers_are_not_to_be_tried_by_a_machine(client, issued):
    answers = [ask(client, issued.number).context["checked"].answer for _try in range(31)]

    assert answers == ["valid"] * 30 + ["unavailable"]


def test_codes_are_read_as_often_as_a_clinic_wants(client, issued):
    answers = {ask(client, issued.token).context["checked"].answer for _try in range(31)}

    assert answers == {"valid"}
