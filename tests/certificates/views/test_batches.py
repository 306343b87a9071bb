"""Bulk issue in the browser."""

import json
from hashlib import sha256

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from certificates.bulk import working
from certificates.models import Batch, Certificate
from tests.certificates.bulk.lists import done, insured, listed
from tests.certificates.factories import certificate
from tests.readers import sign_in


@pytest.fixture(autouse=True)
def letters_dir(settings, tmp_path):
    """Where the files for the letter shop lie."""
    settings.LETTERS_DIR = tmp_path


@pytest.fixture
def desk(client, support):
    """A support agent's browser, reading English."""
    return sign_in(client, support)


def address(name, batch, *more):
    """A page of one batch."""
    return reverse(f"certificates:{name}", args=[batch.public_id, *more])


def test_a_list_is_made_looked_at_issued_and_fetched(desk):
    insured()
    made = desk.post(reverse("certificates:batches"), {"kind": "monthly"})
    batch = Batch.objects.get()
    working.carry_on(batch.pk)
    preview = desk.get(made["Location"]).content.decode()

    desk.post(address("batch_step", batch, "start"))
    working.carry_on(batch.pk)

    file = desk.post(address("batch_letters", batch))
    manifest = json.loads(desk.get(address("batch_manifest", batch)).content)
    assert "Issue 1 certificates" in preview
    assert Certificate.objects.count() == 1
    assert sha256(b"".join(file.streaming_content)).hexdigest() == manifest["sha256"]
    assert AuditEvent.objects.filter(verb="batch.fetched").count() == 1


def test_a_second_list_of_the_kind_is_refused_in_words(desk, support):
    listed(support)

    page = desk.post(reverse("certificates:batches"), {"kind": "monthly"})

    assert "There is an open list of this kind" in page.content.decode()


@pytest.mark.parametrize("kind", ["", "everybody", "\x00"])
def test_another_kind_is_refused_in_words(desk, kind):
    page = desk.post(reverse("certificates:batches"), {"kind": kind})

    assert page.status_code == 200
    assert page.context["form"].errors
    assert not Batch.objects.exists()


def test_an_auditor_sees_and_does_nothing(client, support, django_user_model):
    insured()
    batch = listed(support)
    auditor = django_user_model.objects.create_user("auditor@example.jp", "a long sentence", role="auditor")
    client.force_login(auditor)

    statuses = [
        client.get(address("batch", batch)).status_code,
        client.post(reverse("certificates:batches"), {"kind": "renewals"}).status_code,
        client.post(address("batch_step", batch, "start")).status_code,
    ]

    assert statuses == [200, 403, 403]


def test_an_unknown_step_is_not_there(desk, support):
    assert desk.post(address("batch_step", listed(support), "delete")).status_code == 404


def test_pressed_twice_it_is_started_once(desk, support):
    insured()
    batch = listed(support)

    for _each in range(2):
        desk.post(address("batch_step", batch, "start"))

    page = desk.get(address("batch", batch)).content.decode()
    assert "Somebody decided about this list before you." in page
    assert AuditEvent.objects.filter(verb="batch.started").count() == 1


def test_the_page_that_watches_is_loaded_anew_once_a_person_is_asked(desk, support):
    batch = listed(support)

    asked = desk.get(address("batch_progress", batch), headers={"HX-Request": "true"})
    by_hand = desk.get(address("batch_progress", batch))

    assert asked["HX-Refresh"] == "true"
    assert by_hand["Location"] == batch.get_absolute_url()


def test_while_it_is_at_work_the_page_says_how_far(desk, support):
    batch = listed(support)
    Batch.objects.update(state="issuing")

    page = desk.get(address("batch_progress", batch))

    assert page.status_code == 200
    assert "Issued: 0" in page.content.decode()


def test_a_file_that_is_gone_is_said_to_be(desk, support):
    insured()
    batch = done(support)
    Batch.objects.update(file_key=None)

    page = desk.post(address("batch_letters", batch), follow=True)

    assert "The file is not here any more." in page.content.decode()


def test_a_list_without_a_manifest_yet_has_none(desk, support):
    assert desk.get(address("batch_manifest", listed(support))).status_code == 404


def test_a_batch_of_many_costs_as_many_queries_as_one_of_few(desk, support, django_assert_max_num_queries):
    for _each in range(3):
        insured(name="見本　\U0010fffd")
    batch = done(support)

    with django_assert_max_num_queries(20):
        desk.get(address("batch", batch))


@pytest.mark.parametrize("written", ["{}", " {} ", "ｃ{}"])
def test_a_letter_that_came_back_is_entered_by_its_number(desk, resident, support, written):
    issued = certificate(resident, support)
    number = written.format(issued.number.lower().removeprefix("c") if "ｃ" in written else issued.number)

    desk.post(reverse("certificates:letter_back"), {"number": number})

    issued.refresh_from_db()
    assert issued.revocation == "letter_back"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("", "Please enter the number of the certificate."),
        ("C-0000-0000", "There is no certificate with this number."),
        ("A-7K3M-92QX", "This is not the number of a certificate."),
        ("\x00", "Null characters"),
    ],
)
def test_another_number_is_refused_in_words_and_kept(desk, number, words):
    page = desk.post(reverse("certificates:letter_back"), {"number": number})

    assert words in page.content.decode()


def test_a_letter_that_was_entered_before_is_said_to_be_over(desk, resident, support):
    issued = certificate(resident, support)

    pages = [desk.post(reverse("certificates:letter_back"), {"number": issued.number}) for _each in range(2)]

    assert [page.status_code for page in pages] == [302, 200]
    assert "This certificate was ended before." in pages[1].content.decode()
