"""The inbox, and the way from a notice to what it tells of."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from notices.actions import tell
from notices.kinds import KINDS
from notices.models import Notice
from portal.views import SUBJECT_PAGES
from tests import factories
from tests.readers import sign_in


def test_the_inbox_tells_about_everyone_one_may_see_and_nobody_else(
    reader, resident, resident_user, neighbour, link, now
) -> None:
    child = factories.ResidentFactory.create(name="見本　蓮")
    factories.authority(agent=resident_user, subject=child)
    for person in (resident, child, neighbour):
        tell(resident_id=person.pk, kind="record.withheld", subject=("link", link.public_id), at=now)

    rows = reader.get(reverse("portal:inbox")).context["rows"]

    assert {row["notice"].resident for row in rows} == {resident, child}
    assert rows[0]["words"] == KINDS["record.withheld"]


@pytest.mark.parametrize("notices", [1, 25])
def test_the_inbox_costs_no_more_with_more_notices(
    reader, resident, link, now, notices, django_assert_max_num_queries
) -> None:
    for _notice in range(notices):
        tell(resident_id=resident.pk, kind="report.moved", subject=("link", link.public_id), at=now)

    with django_assert_max_num_queries(6):
        reader.get(reverse("portal:inbox"))


def test_an_empty_inbox_says_so(reader) -> None:
    assertContains(reader.get(reverse("portal:inbox")), "No notices yet")


def test_opening_a_notice_marks_it_and_leads_to_its_subject(reader, resident, link, now) -> None:
    notice = tell(resident_id=resident.pk, kind="record.withheld", subject=("link", link.public_id), at=now)

    response = reader.get(reverse("portal:notice", args=[notice.public_id]))

    assertRedirects(response, link.get_absolute_url())
    read_at = Notice.objects.get().read_at
    reader.get(reverse("portal:notice", args=[notice.public_id]))
    assert read_at is not None
    assert Notice.objects.get().read_at == read_at


def test_a_notice_of_somebody_else_is_not_there_and_stays_unread(client, resident, neighbour_user, link, now):
    notice = tell(resident_id=resident.pk, kind="record.withheld", subject=("link", link.public_id), at=now)

    response = sign_in(client, neighbour_user).get(reverse("portal:notice", args=[notice.public_id]))

    assert response.status_code == 404
    assert Notice.objects.get().read_at is None


@pytest.mark.parametrize(("subject", "name"), SUBJECT_PAGES.items())
def test_every_subject_of_a_notice_has_a_page(subject, name) -> None:
    assert reverse(name, args=["abc"])
