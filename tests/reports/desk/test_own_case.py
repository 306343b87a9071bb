"""Staff do not open a case about themselves: the other side on it may be a stranger's."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from tests.factories import LinkFactory, authority, bound_user
from tests.reports.factories import filed


@pytest.fixture
def own_case(resident, neighbour):
    """A member of staff, and a report about their own record."""
    worker = bound_user(resident, role="supervisor")
    return worker, filed(LinkFactory.create(resident=resident), bound_user(neighbour))


@pytest.mark.parametrize(("name", "more"), [("desk:case", []), ("desk:step", ["take"])])
def test_nobody_opens_a_case_about_themselves(client, own_case, name, more) -> None:
    worker, report = own_case
    client.force_login(worker)

    assert client.get(reverse(name, args=[report.public_id, *more])).status_code == 403
    assert not AuditEvent.objects.filter(verb="report.viewed").exists()


def test_nobody_opens_a_case_about_a_person_they_act_for(client, report, support) -> None:
    authority(agent=support, subject=report.resident)
    client.force_login(support)

    assert client.get(reverse("desk:case", args=[report.public_id])).status_code == 403
