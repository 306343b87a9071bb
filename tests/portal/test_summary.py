"""The page to print: everything that is linked, and what is being put right."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AuditEvent
from tests.factories import LinkFactory, ResidentFactory, authority
from tests.reports.factories import filed


def summary(resident) -> str:  # noqa: ANN001
    return reverse("portal:summary", args=[resident.public_id])


@pytest.fixture
def page(reader, resident):  # noqa: ANN001, ANN201
    """Opens the resident's own."""
    return lambda: reader.get(summary(resident))


def test_every_record_stands_there_with_its_state(page, link):
    response = page()

    assertContains(response, link.title)
    assertContains(response, link.institution.name)
    assertContains(response, "It may have changed since")
    assertContains(response, "data-print")


def test_what_is_being_put_right_stands_there_with_its_day(page, link, resident_user):
    report = filed(link, resident_user)

    assertContains(page(), report.number)


def test_a_withheld_record_shows_nothing_of_the_stranger(page, resident):
    LinkFactory.create(resident=resident, concealed=True, holder_name="他所　太郎", reference="SECRET-77")

    assertNotContains(page(), "他所")
    assertNotContains(page(), "SECRET-77")


def test_somebody_elses_is_not_there(reader, neighbour):
    assert reader.get(summary(neighbour)).status_code == 404


def test_an_agents_look_is_recorded(reader, resident_user):
    child = ResidentFactory.create(name="見本　蓮")
    authority(agent=resident_user, subject=child)

    response = reader.get(summary(child))

    assertContains(response, 'class="band"')
    assert AuditEvent.objects.filter(verb="person.viewed", resident=child).exists()


def test_it_costs_no_more_with_more_records(page, resident, resident_user, django_assert_max_num_queries):
    for _each in range(6):
        filed(LinkFactory.create(resident=resident), resident_user)

    with django_assert_max_num_queries(15):
        page()
