"""What somebody wishes beside the certificate itself: more printed, by post, large; and the way it takes."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from certificates.actions import print_letter
from certificates.models import Certificate
from certificates.paper import pdf_of
from links.models import Link
from tests.certificates.factories import NO_CARD, UNREGISTERED, application, draft, insurance
from tests.factories import authority
from tests.readers import sign_in

MORE = {"limit_category": "区分ウ", "long_stay_on": "2026-05-01", "specific_disease": "A"}


def asked_for(client, resident, user, **wishes):
    """An application with these wishes, sent by the page; issued at once, for a source says everything."""
    insurance(resident, UNREGISTERED | MORE)
    draft(resident, user, NO_CARD | wishes)
    client.post(reverse("certificates:apply", args=[resident.public_id]))
    return Certificate.objects.get(resident=resident)


def text_of(pdf):
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize(("items", "printed"), [("all", True), ("nothing", False)])
def test_what_is_printed_on_request_is_printed_for_those_who_ask(
    client, resident, resident_user, items, printed, today
):
    sign_in(client, resident_user)

    issued = asked_for(client, resident, resident_user, items=items)

    assert ("区分ウ" in text_of(pdf_of(issued))) == printed
    Link.objects.update(details=UNREGISTERED | MORE | {"limit_category": "区分エ"})
    assert Certificate.objects.valid(on=today).exists() == (not printed)


def test_the_size_is_asked_of_those_who_want_paper_only(client, resident, resident_user):
    sign_in(client, resident_user)
    insurance(resident)
    draft(resident, resident_user, NO_CARD | {"delivery": "post"})

    page = client.get(reverse("certificates:apply", args=[resident.public_id]))

    assert page["Location"] == reverse("certificates:question", args=[resident.public_id, "paper"])


@pytest.mark.parametrize(("paper", "sheets"), [("normal", 2), ("large", 3)])
def test_it_is_printed_as_large_as_was_asked_for_and_leaves_the_list(
    client, resident, resident_user, support, paper, sheets
):
    sign_in(client, resident_user)
    issued = asked_for(client, resident, resident_user, delivery="post", paper=paper)
    waiting = Certificate.objects.to_be_printed().count()

    letter = print_letter(certificate=issued, by=support, at=timezone.now())

    assert len(PdfReader(BytesIO(letter)).pages) == sheets
    assert (waiting, Certificate.objects.to_be_printed().count()) == (1, 0)


def test_who_downloads_it_waits_for_no_print(client, resident, resident_user):
    sign_in(client, resident_user)

    asked_for(client, resident, resident_user)

    assert not Certificate.objects.to_be_printed().exists()


@pytest.mark.parametrize(
    ("delivery", "words"),
    [("post", "It comes to your registered address"), ("counter", "You can fetch it at the counter.")],
)
def test_it_can_be_followed_like_a_parcel(client, resident, resident_user, support, delivery, words):
    sign_in(client, resident_user)
    issued = asked_for(client, resident, resident_user, delivery=delivery, paper="normal")
    before = client.get(issued.application.get_absolute_url()).content.decode()

    print_letter(certificate=issued, by=support, at=timezone.now())

    after = client.get(issued.application.get_absolute_url()).content.decode()
    assert "We print it" in before
    assert words not in before
    assert words in after


def test_staff_see_what_is_to_be_printed(client, resident, resident_user, support):
    sign_in(client, resident_user)
    issued = asked_for(client, resident, resident_user, delivery="post", paper="normal")
    sign_in(client, support)

    page = client.get(reverse("certificates:queue")).content.decode()

    assert "To be printed" in page
    assert issued.application.number in page


def test_the_next_member_of_the_family_is_one_step_away(client, resident, resident_user, neighbour):
    authority(agent=resident_user, subject=neighbour)
    sent = application(resident, resident_user)
    sign_in(client, resident_user)

    page = client.get(reverse("certificates:received", args=[sent.public_id])).content.decode()

    assert reverse("certificates:start", args=[neighbour.public_id]) in page


def test_nobody_else_s_family_is_offered(client, resident, resident_user, neighbour):
    sent = application(resident, resident_user)
    sign_in(client, resident_user)

    page = client.get(reverse("certificates:received", args=[sent.public_id])).content.decode()

    assert neighbour.public_id not in page


@pytest.mark.parametrize("step", ["items", "delivery", "paper"])
def test_wishes_are_not_asked_of_whoever_needs_no_certificate(client, resident, resident_user, step):
    sign_in(client, resident_user)
    insurance(resident, UNREGISTERED | {"card_use_registered": "1"})
    draft(resident, resident_user, {"card": "valid", "works": "yes", "help": "nothing"})

    page = client.get(reverse("certificates:question", args=[resident.public_id, step]))

    assert page["Location"] == reverse("certificates:start", args=[resident.public_id])
