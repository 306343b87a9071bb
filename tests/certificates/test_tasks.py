"""The task that follows changes."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import AuditEvent, Resident, ResidentChange
from certificates.actions import revoke
from certificates.by_post import ask_by_post
from certificates.models import Application, Certificate
from certificates.tasks import end_those_whose_successor_arrived, follow_changes
from links.models import Change, Link
from notices.models import Notice
from tests.certificates.factories import NATIONAL, certificate, issued
from tests.certificates.history import told


def rename(resident, at=None):
    """Change the name in the register as an import does: the row and its Change."""
    Resident.objects.filter(pk=resident.pk).update(name="見本　花")
    ResidentChange.objects.create(
        resident=resident, before={"name": resident.name}, after={"name": "見本　花"}, at=at or timezone.now()
    )


def change(link, **details):
    """Change an insurance as a feed does."""
    Link.objects.filter(pk=link.pk).update(details=NATIONAL | details)
    Change.objects.create(link=link, resident_id=link.resident_id, kind="updated", at=timezone.now())


def revoked_notices(resident):
    """How often the person was told of a revocation."""
    return Notice.objects.filter(resident=resident, kind="certificate.revoked").count()


def test_a_changed_insurer_revokes_and_tells_once(resident, support):
    issued = certificate(resident, support)
    change(issued.link, insurer_number="111062")

    assert (follow_changes(), follow_changes()) == (1, 0)

    issued.refresh_from_db()
    assert issued.revocation == Certificate.Revocation.FACTS_CHANGED
    assert revoked_notices(resident) == 1
    event = AuditEvent.objects.get(verb="certificate.revoked")
    assert (event.actor, event.subject_id, event.purpose) == (None, issued.public_id, "facts_changed")


def test_a_corrected_name_puts_a_new_certificate_in_the_place_of_the_old_one(resident, support, today):
    issued = certificate(resident, support)
    rename(resident)

    assert (follow_changes(), follow_changes()) == (1, 0)

    issued.refresh_from_db()
    [corrected] = Certificate.objects.valid(on=today)
    assert issued.revocation == Certificate.Revocation.REPLACED
    assert (corrected.facts["printed"]["name"], corrected.issued_by) == ("見本　花", None)
    assert told(resident)[-1] == "certificate.replaced"
    assert revoked_notices(resident) == 0


def test_a_corrected_insurance_too(resident, support, today):
    issued = certificate(resident, support)
    change(issued.link, symbol="う国")

    assert follow_changes() == 1
    assert Certificate.objects.valid(on=today).get().facts["printed"]["symbol"] == "う国"


def test_what_cannot_be_drawn_is_ended_and_not_replaced(resident, support, today):
    certificate(resident, support)
    rename(resident)
    Resident.objects.update(name="渡邉\U000e01ef　花")

    assert follow_changes() == 1
    assert not Certificate.objects.valid(on=today).exists()
    assert revoked_notices(resident) == 1


def test_of_the_dead_and_of_a_record_in_doubt_nothing_new_is_issued(resident, neighbour, support, today):
    doubtful = certificate(resident, support)
    certificate(neighbour, support)
    change(doubtful.link, symbol="う国")
    Link.objects.filter(pk=doubtful.link_id).update(concealed=True)
    rename(neighbour)
    Resident.objects.filter(pk=neighbour.pk).update(died_on=today)

    assert follow_changes() == 2
    assert Certificate.objects.filter(revoked_at=None).count() == 0


def test_a_posted_one_ends_the_one_before_it_after_two_weeks(resident, support, now, today):
    first = certificate(resident, support)
    posted = by_post(resident, support)
    assert Certificate.objects.valid(on=today).count() == 2
    assert end_those_whose_successor_arrived() == 0

    Certificate.objects.filter(pk=posted.pk).update(issued_on=today - timedelta(days=14))

    assert (end_those_whose_successor_arrived(), end_those_whose_successor_arrived()) == (1, 0)
    first.refresh_from_db()
    posted.refresh_from_db()
    assert (first.revocation, posted.revocation, posted.replaces) == ("replaced", "", None)


def test_a_letter_that_came_back_leaves_the_one_before_it_valid(resident, support, now, today):
    first = certificate(resident, support)
    posted = by_post(resident, support)

    revoke(certificate=posted, why=Certificate.Revocation.LETTER_BACK, by=support, at=now)
    Certificate.objects.filter(pk=posted.pk).update(issued_on=today - timedelta(days=30))

    assert end_those_whose_successor_arrived() == 0
    assert Certificate.objects.valid(on=today).get() == first


def by_post(resident, staff):
    """A certificate that somebody asked for without sign-in, because the paper was lost."""
    ask_by_post(claims=resident.as_person(), why="paper", at=timezone.now())
    return issued(Application.objects.open().get(), staff, at=timezone.now())


def test_a_change_of_what_is_not_printed_revokes_nothing(resident, support):
    issued = certificate(resident, support)
    change(issued.link, card_use_registered="1")

    assert follow_changes() == 0
    assert Certificate.objects.get().revoked_at is None


def test_nobody_else_loses_a_certificate(resident, neighbour, support):
    certificate(resident, support)
    kept = certificate(neighbour, support)
    rename(resident)

    follow_changes()

    kept.refresh_from_db()
    assert kept.revoked_at is None
    assert revoked_notices(neighbour) == 0


def test_an_expired_certificate_is_left_alone(resident, support):
    issued = certificate(resident, support)
    yesterday = timezone.localdate() - timedelta(days=1)
    Certificate.objects.update(issued_on=yesterday, valid_until=yesterday)
    rename(resident)

    assert follow_changes() == 0
    issued.refresh_from_db()
    assert issued.revocation == ""


def test_a_change_of_some_days_ago_that_was_missed_is_caught_up(resident, support):
    certificate(resident, support)
    rename(resident, at=timezone.now() - timedelta(days=6))

    assert follow_changes() == 1


def test_many_certificates_cost_one_search(resident, neighbour, support, django_assert_num_queries):
    certificate(resident, support)
    certificate(neighbour, support)

    with django_assert_num_queries(1):
        follow_changes()
