"""A case about somebody under protection is worked on without places until a second person says yes."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Clearance, Resident
from accounts.protection import clearing
from links.models import Link
from reports.models import Report
from tests import factories
from tests.reports.desk.addresses import QUEUE, case_url
from tests.reports.factories import attached, filed

OFFICE, BRANCH = "見本信用金庫", "見本町支店"


@pytest.fixture
def protected(link, resident, resident_user) -> Report:
    """A report, with a photo, of somebody whom the register protects, about a record with a branch."""
    attached(link, resident_user, name="見本町の通帳.jpg")
    report = filed(link, resident_user)
    Resident.objects.filter(pk=resident.pk).update(protected=True, address="見本県見本市一丁目")
    link.institution.name_ja = OFFICE
    link.institution.save()
    Link.objects.filter(pk=link.pk).update(
        details={"branch_name": BRANCH, "account_number": "7654321"}, entered_by="見本町の係"
    )
    equal = dict.fromkeys(("name", "kana", "birth_date", "sex", "address"), "equal")
    factories.FindingFactory.create(link=link, elements=equal)
    return report


def let_in(report: Report, user, supervisor) -> None:
    """A second person lets this one look."""
    asked = clearing.ask(
        resident=report.resident, purpose="case", reason="Compare.", by=user, at=timezone.now()
    )
    clearing.let(clearance=asked, by=supervisor, at=timezone.now())


def test_no_place_is_on_the_page_and_the_way_to_a_second_person_is(client, support, protected) -> None:
    client.force_login(support)

    page = client.get(case_url(protected))

    for place in (OFFICE, BRANCH, "見本町", "一丁目"):
        assertNotContains(page, place)
    assertContains(page, reverse("protection:ask", args=[protected.resident.public_id]))


def test_once_a_second_person_let_them_the_page_shows_both_sides(
    client, support, supervisor, protected
) -> None:
    let_in(protected, support, supervisor)
    client.force_login(support)

    page = client.get(case_url(protected))

    for place in (OFFICE, BRANCH, "一丁目"):
        assertContains(page, place)


def test_what_one_may_see_a_colleague_may_not(client, support, supervisor, protected, colleague) -> None:
    let_in(protected, support, supervisor)
    client.force_login(colleague)

    assertNotContains(client.get(case_url(protected)), OFFICE)


def test_who_may_only_read_is_offered_no_question(client, protected, auditor) -> None:
    client.force_login(auditor)

    page = client.get(case_url(protected))

    assertNotContains(page, OFFICE)
    assertNotContains(page, "/ask/")


def test_the_queue_names_no_office_of_theirs(client, support, protected) -> None:
    client.force_login(support)

    page = client.get(QUEUE)

    assertContains(page, protected.number)
    assertNotContains(page, OFFICE)


def test_a_photo_stays_closed_until_then(client, support, supervisor, protected) -> None:
    photo = protected.attachments.get().file
    address = reverse("desk:file", args=[protected.public_id, photo.public_id])
    client.force_login(support)
    before = client.get(address).status_code
    let_in(protected, support, supervisor)

    after = client.get(address).status_code

    assert (before, after) == (403, 200)


def test_asking_leads_back_to_the_case_which_says_that_it_waits(client, support, protected) -> None:
    client.force_login(support)
    ask = reverse("protection:ask", args=[protected.resident.public_id])
    given = {"purpose": "case", "reason": "Compare both addresses.", "back": case_url(protected)}

    answer = client.post(ask, given)

    assertRedirects(answer, case_url(protected))
    asked = Clearance.objects.get()
    assert (asked.purpose, asked.proposed_by, asked.state) == ("case", support, Clearance.State.WAITING)
    assertNotContains(client.get(case_url(protected)), "/ask/")


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_asking_leads_nowhere_else(client, support, protected, back) -> None:
    client.force_login(support)
    ask = reverse("protection:ask", args=[protected.resident.public_id])

    answer = client.post(ask, {"purpose": "case", "reason": "Compare.", "back": back})

    assertRedirects(answer, "/", fetch_redirect_response=False)


def test_without_a_reason_nobody_is_asked(client, support, protected) -> None:
    client.force_login(support)

    page = client.post(reverse("protection:ask", args=[protected.resident.public_id]), {"purpose": "case"})

    assert page.status_code == 200
    assert not Clearance.objects.exists()
