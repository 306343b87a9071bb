"""The page on which a stopped record is claimed."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from links.models import Link
from links.review import settle
from reports.models import Proof, Report
from tests import factories
from tests.readers import sign_in
from tests.reports.factories import filed

RIGHT, WRONG = "567", "000"


@pytest.fixture
def stopped(link, now) -> Link:
    """A record of the resident that the check stopped."""
    Link.objects.filter(pk=link.pk).update(verdict="mismatch", concealed=True)
    settle.withhold([link.pk], source="review", by=None, at=now)
    link.refresh_from_db()
    return link


def address(link: Link) -> str:
    return reverse("reports:mine", args=[link.public_id])


def tried(reader, link: Link, digits: str):
    return reader.post(address(link), {"digits": digits})


def test_a_stopped_record_offers_two_answers_of_equal_weight(reader, stopped) -> None:
    response = reader.get(stopped.get_absolute_url())

    mine = f'<a class="button full" href="{address(stopped)}">Yes, this is mine</a>'
    assertContains(response, mine, html=True)
    assertContains(response, reverse("reports:start", args=[stopped.public_id]))


def test_a_matching_record_does_not_ask_for_digits(reader, link) -> None:
    assertNotContains(reader.get(link.get_absolute_url()), address(link))


def test_the_page_asks_for_three_digits_and_shows_none(reader, stopped) -> None:
    response = reader.get(address(stopped))

    assertContains(response, "What are the last three digits of the account number?")
    assertContains(response, "Tries left: 3")
    for secret in (RIGHT, "1234567", stopped.reference, stopped.holder_name):
        assertNotContains(response, f">{secret}<")
        assertNotContains(response, f'"{secret}"')


def test_right_digits_lead_to_what_happens_next(reader, stopped) -> None:
    response = tried(reader, stopped, " ５６７ ")

    report = Report.objects.get()
    assertRedirects(response, reverse("reports:sent", args=[report.public_id]))
    page = reader.get(response["Location"])
    assertContains(page, "We received your answer")
    assertContains(page, "It stays stopped until two members of our staff decide.")


def test_wrong_digits_are_told_with_the_tries_that_are_left(reader, stopped) -> None:
    response = tried(reader, stopped, WRONG)

    assertContains(response, "These digits do not agree.")
    assertContains(response, "Tries left: 2")
    assert not Report.objects.exists()


def test_the_third_wrong_try_leads_to_staff(reader, stopped) -> None:
    for _each in range(2):
        tried(reader, stopped, WRONG)

    response = reader.post(address(stopped), {"digits": WRONG}, follow=True)

    assertContains(response, "The digits did not agree three times.")
    assert Report.objects.get().proof.proven_at is None


@pytest.mark.parametrize("typed", ["", "12", "1234", "12a", "一二三", "-12"])
def test_what_is_no_three_digits_costs_no_try(reader, stopped, typed) -> None:
    response = tried(reader, stopped, typed)

    assertContains(response, 'aria-invalid="true"')
    assert not Proof.objects.exists()


def test_where_nothing_can_be_asked_one_button_asks_staff(reader, stopped) -> None:
    Link.objects.filter(pk=stopped.pk).update(details={})

    page = reader.get(address(stopped))
    reader.post(address(stopped))

    assertContains(page, "Do you want our staff to check whether this record is yours?")
    assertNotContains(page, 'name="digits"')
    assert Report.objects.get().is_claim


def test_after_three_wrong_tries_nothing_is_asked_any_more(reader, stopped, resident_user) -> None:
    Proof.objects.create(
        link=stopped, resident=stopped.resident, row_digest=bytes(stopped.row_digest), tries=3
    )

    assertNotContains(reader.get(address(stopped)), 'name="digits"')


def test_a_record_that_is_not_stopped_leads_back(reader, link) -> None:
    assertRedirects(reader.get(address(link)), link.get_absolute_url())


def test_an_agents_own_record_leads_back_with_the_reason(client, stopped, neighbour, neighbour_user) -> None:
    factories.authority(agent=neighbour_user, subject=stopped.resident)
    stopped.resident.name, stopped.resident.name_kana = "高瀬　陽菜", "タカセ　ヒナ"
    stopped.resident.save()
    Link.objects.filter(pk=stopped.pk).update(holder_name=neighbour.name, holder_kana=neighbour.name_kana)

    response = sign_in(client, neighbour_user).get(address(stopped), follow=True)

    assertContains(response, "The holder of this record seems to be you.")


def test_a_report_that_is_open_is_shown_instead(reader, stopped, resident_user) -> None:
    report = filed(stopped, resident_user)

    assertRedirects(reader.get(address(stopped)), report.get_absolute_url())
    assertRedirects(tried(reader, stopped, RIGHT), report.get_absolute_url())


def test_anothers_record_is_not_there(client, stopped, neighbour_user) -> None:
    reader = sign_in(client, neighbour_user)

    assert reader.get(address(stopped)).status_code == 404
    assert tried(reader, stopped, RIGHT).status_code == 404
    assert not Proof.objects.exists()


def test_the_history_says_that_it_was_claimed(reader, stopped) -> None:
    tried(reader, stopped, RIGHT)

    page = reader.get(Report.objects.get().get_absolute_url())

    assertContains(page, "You said that the record is yours.")
    assertNotContains(page, "We stopped the use of the record.")


def test_staff_see_that_the_digits_were_known_and_not_which(client, reader, stopped, support) -> None:
    tried(reader, stopped, WRONG)
    tried(reader, stopped, RIGHT)
    case = reverse("desk:case", args=[Report.objects.get().public_id])

    page = sign_in(client, support).get(case)

    assertContains(page, "Knew the last three digits of its number, at try 2 of 3.")


def test_a_claim_is_not_offered_among_what_can_be_wrong(reader, link) -> None:
    page = reader.get(reverse("reports:question", args=[link.public_id, "what"]))

    assertNotContains(page, 'value="mine"')


def test_the_page_costs_few_queries(reader, stopped, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(15):
        reader.get(address(stopped))
