"""What residents handed in, as staff see it."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from tests.factories import UserFactory, authority
from tests.reports.factories import attached, filed


@pytest.fixture
def report(link, resident_user):
    """A report with a photo."""
    attached(link, resident_user, name="保険証.jpg")
    return filed(link, resident_user)


@pytest.fixture
def url(report) -> str:
    """Where staff open the photo."""
    return reverse("desk:file", args=[report.public_id, report.attachments.get().file.public_id])


def test_the_case_lists_the_files(client, support, report, url):
    client.force_login(support)

    page = client.get(reverse("desk:case", args=[report.public_id])).content.decode()

    assert "保険証.jpg" in page
    assert url in page


def test_a_case_without_files_says_so(client, support, neighbours_link, neighbour_user):
    client.force_login(support)
    report = filed(neighbours_link, neighbour_user)

    page = client.get(reverse("desk:case", args=[report.public_id]))

    assert page.context["files"] == []


def test_the_resident_reads_on_the_record_s_page_that_staff_opened_a_file(
    client, support, resident_user, report, url
):
    client.force_login(support)
    assert client.get(url).status_code == 200
    event = AuditEvent.objects.get(verb="report.file_opened")
    assert (event.actor, event.role, event.purpose) == (support, "support", report.number)

    client.force_login(resident_user)
    page = client.get(report.link.get_absolute_url()).content.decode()

    assert report.number in page


def test_a_file_of_one_s_own_affair_is_left_to_a_colleague(client, support, resident, url):
    authority(agent=support, subject=resident)
    client.force_login(support)

    assert client.get(url).status_code == 403


def test_who_has_no_right_to_the_desk_opens_no_file(client, url):
    client.force_login(UserFactory.create(role="data_officer"))

    assert client.get(url).status_code == 403


def test_a_file_of_another_case_is_not_there(client, support, report, neighbours_link, neighbour_user):
    client.force_login(support)
    file = attached(neighbours_link, neighbour_user).file
    filed(neighbours_link, neighbour_user)

    assert client.get(reverse("desk:file", args=[report.public_id, file.public_id])).status_code == 404
