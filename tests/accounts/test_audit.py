"""Writing the trail: complete, in the transaction of the deed, and for staff with their role."""

import pytest
from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, Binding
from tests import factories


def test_an_event_says_who_did_what_to_whom_and_why(resident, support, now) -> None:
    audit.record(
        "report.viewed", by=support, at=now, resident=resident, subject=("report", "abc"), purpose="R-1"
    )

    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.role, event.at) == ("report.viewed", support, "support", now)
    assert (event.resident, event.subject_kind, event.subject_id) == (resident, "report", "abc")
    assert (event.purpose, event.on_behalf) == ("R-1", False)


def test_a_verb_that_no_sentence_explains_is_refused(support, now) -> None:
    with pytest.raises(KeyError):
        audit.record("record.eaten", by=support, at=now)


def test_the_service_itself_has_no_actor_and_no_role(resident, now) -> None:
    event = audit.record("record.withheld", by=None, at=now, resident=resident)

    assert (event.actor, event.role, event.on_behalf) == (None, "", False)


def test_residents_may_be_named_by_their_key(resident, now) -> None:
    assert audit.event("record.viewed", by=None, at=now, resident=resident.pk).resident == resident


def test_the_resident_acts_for_nobody_else(resident, resident_user, now) -> None:
    assert not audit.event("record.viewed", by=resident_user, at=now, resident=resident).on_behalf


def test_an_agent_acts_on_behalf(resident, resident_user, neighbour, now) -> None:
    factories.authority(agent=resident_user, subject=neighbour)

    assert audit.event("record.viewed", by=resident_user, at=now, resident=neighbour).on_behalf


def test_who_was_unbound_acts_on_behalf(resident, resident_user, now, today) -> None:
    Binding.objects.update(ended_at=now)

    assert audit.acts_for(resident_user, resident.pk, on=today)


def test_staff_act_in_their_role(resident, support, today) -> None:
    assert not audit.acts_for(support, resident.pk, on=today)


def test_staff_who_have_authority_for_somebody_act_on_their_behalf(
    resident, neighbour, support, today
) -> None:
    factories.authority(agent=support, subject=resident)

    assert audit.acts_for(support, resident.pk, on=today)
    assert not audit.acts_for(support, neighbour.pk, on=today)


def test_a_look_at_several_is_written_about_each_other_person_once(
    resident, resident_user, neighbour, now, django_assert_max_num_queries
) -> None:
    children = factories.ResidentFactory.create_batch(3)
    seen = [resident.pk, neighbour.pk, neighbour.pk, *(child.pk for child in children)]

    with django_assert_max_num_queries(2):
        audit.look("reports.viewed", residents=seen, by=resident_user, at=now)

    events = AuditEvent.objects.all()
    assert [event.resident for event in events.order_by("resident")] == [neighbour, *children]
    assert {(event.actor, event.at, event.on_behalf) for event in events} == {(resident_user, now, True)}


def test_a_look_at_nobody_costs_nothing(resident_user, now, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        audit.look("people.viewed", residents=[], by=resident_user, at=now)


def test_a_deed_about_nobody_is_on_nobody_s_behalf(resident_user, now) -> None:
    assert not audit.event("feed.imported", by=resident_user, at=now).on_behalf


def test_an_event_goes_with_its_deed_when_that_is_undone(resident, support, now) -> None:
    def deed() -> None:
        audit.record("record.viewed", by=support, at=now, resident=resident)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        transaction.atomic(deed)()

    assert not AuditEvent.objects.exists()


def test_many_events_are_written_at_once(resident, now, django_assert_num_queries) -> None:
    events = [audit.event("record.viewed", by=None, at=now, resident=resident) for _event in range(5)]

    with django_assert_num_queries(1):
        audit.record_many(events)

    assert AuditEvent.objects.about(resident).count() == 5


def test_a_saved_event_cannot_be_written_twice_by_mistake(resident, support, now) -> None:
    event = audit.record("record.viewed", by=support, at=now, resident=resident)

    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        event.save(force_insert=True)


def test_every_verb_has_a_sentence_and_fits_its_column() -> None:
    longest = AuditEvent._meta.get_field("verb").max_length

    assert all(len(verb) <= longest and str(words) for verb, words in audit.VERBS.items())
