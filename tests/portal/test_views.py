"""The first pages of the service: home, the list of people, and one of them."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from links.models import Link
from tests import factories
from tests.readers import sign_in

HOME = "/"


def test_home_shows_the_headline_and_the_records(reader, link) -> None:
    response = reader.get(HOME)

    assertContains(response, "Nothing needs you now.")
    assertContains(response, link.get_absolute_url())
    assertContains(response, f"Records of {link.resident.name}")
    assertNotContains(response, link.reference)


@pytest.mark.parametrize(
    ("state", "kind"),
    [({}, "ok"), ({"held": True}, "needs"), ({"verdict": "review"}, "fixing")],
)
@pytest.mark.parametrize("simple", ["0", "1"])
def test_home_says_one_of_three_things_first(reader, link, state, kind, simple) -> None:
    Link.objects.filter(pk=link.pk).update(**state)
    reader.cookies["simple"] = simple

    response = reader.get(HOME)

    assertContains(response, f'class="headline {kind}"', count=1)


def test_an_empty_home_does_not_look_like_nothing_is_linked(reader, resident) -> None:
    response = reader.get(HOME)

    assertContains(response, "No records yet")
    assertContains(response, "That does not mean that nothing is linked to your number.")


def test_offices_that_sent_nothing_are_named(reader, link) -> None:
    response = reader.get(HOME)

    assertContains(response, "What may be missing here")


def test_the_simple_home_has_one_main_button_and_no_list(reader, link) -> None:
    reader.cookies["simple"] = "1"

    response = reader.get(HOME)

    assertContains(response, f"Hello, {link.resident.name}.")
    assertContains(response, 'class="button main"', count=1)
    assertNotContains(response, link.get_absolute_url())
    assertContains(response, reverse("portal:person", args=[link.resident.public_id]))


@pytest.mark.parametrize("simple", ["0", "1"])
@pytest.mark.parametrize("records", [1, 30])
def test_home_costs_at_most_fifteen_queries_however_many_records(
    reader, resident, institution, records, simple, django_assert_max_num_queries
) -> None:
    for number in range(records):
        factories.LinkFactory.create(resident=resident, institution=institution, reference=f"X{number}")
    reader.cookies["simple"] = simple

    with django_assert_max_num_queries(15):
        reader.get(HOME)


def test_more_records_cost_no_more_queries(reader, resident, institution) -> None:
    counts = []
    for number in range(3):
        for row in range(5):
            factories.LinkFactory.create(
                resident=resident,
                institution=institution,
                reference=f"{number}-{row}",
                verdict="unverifiable",
            )
        counts.append(queries_of(lambda: reader.get(HOME)))

    assert len(set(counts)) == 1


def queries_of(deed) -> int:
    with CaptureQueriesContext(connection) as captured:
        deed()
    return len(captured)


def test_a_sign_in_that_is_bound_to_nobody_is_told_where_to_go(client, db) -> None:
    response = sign_in(client, factories.UserFactory.create()).get(HOME)

    assertContains(response, "We do not know yet who you are")
    assertContains(response, settings.SUPPORT_PHONE)


@pytest.mark.parametrize("role", ["support", "supervisor", "auditor", "data_officer"])
def test_staff_go_to_their_front_page(client, db, role) -> None:
    client.force_login(factories.UserFactory.create(role=role))

    assertRedirects(client.get(HOME), reverse("portal:staff"), fetch_redirect_response=False)


def test_an_officer_goes_to_what_is_asked_of_the_institution(client, db) -> None:
    client.force_login(factories.UserFactory.create(role="officer"))

    assertRedirects(client.get(HOME), reverse("inquiries:list"), fetch_redirect_response=False)


def test_a_parent_sees_that_a_child_s_record_needs_a_look(reader, resident_user, resident) -> None:
    child = factories.ResidentFactory.create(name="見本　蓮")
    factories.authority(agent=resident_user, subject=child)
    factories.LinkFactory.create(resident=child, held=True)

    response = reader.get(HOME)

    assertContains(response, "見本　蓮")
    assertContains(response, reverse("portal:person", args=[child.public_id]))
    assertContains(response, "Please check")


def test_who_acts_for_several_chooses_first(reader, resident_user) -> None:
    for _child in range(2):
        factories.authority(agent=resident_user, subject=factories.ResidentFactory.create())

    assertRedirects(reader.get(HOME), reverse("portal:people"))


def test_an_agent_without_records_of_their_own_chooses_first(client, resident) -> None:
    carer = factories.UserFactory.create()
    factories.authority(agent=carer, subject=resident, kind="carer")

    assertRedirects(sign_in(client, carer).get(HOME), reverse("portal:people"))


def test_the_list_of_people_begins_with_oneself(reader, resident, resident_user) -> None:
    for name in ("見本　蓮", "見本　凛"):
        factories.authority(agent=resident_user, subject=factories.ResidentFactory.create(name=name))

    page = reader.get(reverse("portal:people")).content.decode()

    assert page.index(resident.public_id) < page.index("見本　蓮")
    assert "見本　凛" in page


def test_who_may_see_nobody_is_told_to_call(client, db) -> None:
    response = sign_in(client, factories.UserFactory.create()).get(reverse("portal:people"))

    assertContains(response, "Please call us.")


@pytest.mark.parametrize("people", [1, 12])
def test_the_list_of_people_costs_no_more_with_more_people(
    reader, resident_user, people, django_assert_max_num_queries
) -> None:
    for _person in range(people):
        factories.authority(agent=resident_user, subject=factories.ResidentFactory.create())

    with django_assert_max_num_queries(8):
        reader.get(reverse("portal:people"))


def test_the_page_of_a_represented_person_carries_the_name_in_a_band(client, link, neighbour_user) -> None:
    factories.authority(agent=neighbour_user, subject=link.resident)

    response = sign_in(client, neighbour_user).get(reverse("portal:person", args=[link.resident.public_id]))

    assertContains(response, 'class="band"')
    assertContains(response, link.get_absolute_url())


def test_the_page_of_a_stranger_is_not_there(reader, neighbour) -> None:
    assert reader.get(reverse("portal:person", args=[neighbour.public_id])).status_code == 404
