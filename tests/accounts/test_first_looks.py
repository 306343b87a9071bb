"""The first look of somebody at work, and the first use that a helper makes, are told to the person."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from notices.models import Notice
from tests.factories import UserFactory, authority
from tests.readers import sign_in


def looks(verb, resident, by):
    audit.record(verb, by=by, at=timezone.now(), resident=resident)


def kinds(resident):
    return list(Notice.objects.filter(resident=resident).order_by("pk").values_list("kind", flat=True))


def test_the_first_look_of_somebody_at_work_is_told_once(resident, support, supervisor):
    looks("record.viewed", resident, support)
    looks("record.details_opened", resident, support)
    looks("person.viewed", resident, supervisor)

    (notice,) = Notice.objects.all()
    assert notice.kind == "look.first"
    assert notice.code_digest
    assert (notice.subject_kind, notice.subject_id) == ("trail", resident.public_id)


@pytest.mark.parametrize("verb", ["report.viewed", "certificate.application_viewed", "record.withheld"])
def test_what_the_person_asked_for_is_no_look(verb, resident, support):
    looks(verb, resident, support)

    assert kinds(resident) == []


def test_ones_own_look_and_the_services_own_work_are_none(resident, resident_user):
    looks("record.viewed", resident, resident_user)
    looks("record.viewed", resident, None)

    assert kinds(resident) == []


def test_that_a_helper_looks_for_the_first_time_is_told_for_each_helper(resident, neighbour, neighbour_user):
    first = authority(agent=neighbour_user, subject=resident, kind="carer")
    second = authority(agent=UserFactory.create(), subject=resident, kind="carer").agent

    for agent in (neighbour_user, neighbour_user, second):
        looks("record.viewed", resident, agent)

    assert kinds(resident) == ["authority.used", "authority.used"]
    assert Notice.objects.earliest("pk").subject_id == first.public_id


def test_of_parents_nobody_is_told_that_they_look_at_their_childs_data(resident, neighbour_user):
    authority(agent=neighbour_user, subject=resident, kind="parent")

    looks("record.viewed", resident, neighbour_user)

    assert kinds(resident) == []


def test_the_notice_leads_to_the_trail(client, resident, resident_user, support):
    looks("record.viewed", resident, support)
    notice = Notice.objects.get()

    sign_in(client, resident_user)
    answer = client.get(reverse("portal:notice", args=[notice.public_id]))

    assert answer["Location"] == reverse("portal:trail", args=[resident.public_id])
