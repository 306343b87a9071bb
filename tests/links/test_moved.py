"""A record that the institution moved to another number takes nothing of the first person along."""

import pytest
from django.conf import settings
from pytest_django.asserts import assertContains, assertNotContains

from links import actions
from links.models import Change, Link
from tests import factories
from tests.reports.factories import filed


@pytest.fixture
def moved(link, resident_user, neighbour, support, now):
    """A record that the first person confirmed and reported, on the neighbour's number now."""
    actions.confirm(link=link, by=resident_user, at=now)
    report = filed(link, resident_user)
    actions.view(link=link, by=support, at=now, purpose=report.number)
    Link.objects.filter(pk=link.pk).update(resident=neighbour)
    Change.objects.create(link=link, resident=neighbour, kind="updated", at=now)
    return report


@pytest.fixture
def page(client, moved, neighbour, link):
    """The record as the neighbour reads it, in English."""
    client.force_login(factories.bound_user(neighbour))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.get(link.get_absolute_url())


def test_its_history_begins_anew(page) -> None:
    assertContains(page, "The office changed the record")
    assertNotContains(page, "You said: this is mine")
    assertNotContains(page, "Its use was stopped")


def test_nobody_reads_who_looked_at_it_before(page, moved) -> None:
    assertNotContains(page, "The person concerned")
    assertNotContains(page, moved.number)


def test_the_first_person_s_report_is_not_named(page, moved) -> None:
    assertContains(page, "This record may belong to another person")
    assertNotContains(page, moved.public_id)
