"""Staff set a protection at once; a second person confirms it, and two people lift it."""

import pytest

from accounts.models import AuditEvent, Protection
from accounts.protection import deciding
from accounts.refusal import AccountError
from notices.models import Notice
from tests import factories
from tests.at_once import at_once


@pytest.fixture
def protection(resident, support, now) -> Protection:
    return deciding.protect(resident=resident, reason="Showed an order of the court.", by=support, at=now)


def test_it_holds_at_once_and_ends_who_acts_for_the_person(resident, support, now) -> None:
    authority = factories.authority(agent=factories.UserFactory.create(), subject=resident)

    deciding.protect(resident=resident, reason="Asked at the counter.", by=support, at=now)

    authority.refresh_from_db()
    assert authority.ended_at == now
    verbs = AuditEvent.objects.filter(resident=resident).values_list("verb", flat=True)
    assert set(verbs) == {"protection.set", "authority.ended"}


def test_the_reason_is_not_in_the_trail(protection, resident) -> None:
    assert AuditEvent.objects.get(resident=resident).purpose == ""


def test_set_twice_it_is_refused(protection, resident, support, now) -> None:
    with pytest.raises(AccountError):
        deciding.protect(resident=resident, reason="Once more.", by=support, at=now)


def test_whoever_set_it_does_not_confirm_it(resident, supervisor, now) -> None:
    own = deciding.protect(resident=resident, reason="x", by=supervisor, at=now)

    with pytest.raises(AccountError):
        deciding.confirm(protection=own, by=supervisor, at=now)


def test_a_second_person_confirms_it_once(protection, supervisor, now) -> None:
    deciding.confirm(protection=protection, by=supervisor, at=now)

    protection.refresh_from_db()
    assert protection.confirmed_by == supervisor
    with pytest.raises(AccountError):
        deciding.confirm(protection=protection, by=supervisor, at=now)


def test_a_proposal_to_lift_it_changes_nothing_but_tells_the_person(
    protection, resident, supervisor, now, today
) -> None:
    deciding.propose_lifting(protection=protection, reason="Asked for it.", by=supervisor, at=now)

    assert type(resident).objects.covered(on=today).filter(pk=resident.pk).exists()
    assert Notice.objects.get().kind == "protection.changed"
    with pytest.raises(AccountError):
        deciding.lift(protection=protection, by=supervisor, at=now)


def test_a_second_person_lifts_it(protection, resident, support, supervisor, now, today) -> None:
    deciding.propose_lifting(protection=protection, reason="Asked for it.", by=support, at=now)

    deciding.lift(protection=protection, by=supervisor, at=now)

    assert not type(resident).objects.covered(on=today).filter(pk=resident.pk).exists()


def test_a_second_person_keeps_it(protection, support, supervisor, now) -> None:
    deciding.propose_lifting(protection=protection, reason="Asked for it.", by=support, at=now)

    deciding.keep(protection=protection, by=supervisor, at=now)

    protection.refresh_from_db()
    assert (protection.ended_at, protection.lift_at, protection.lift_reason) == (None, None, "")


def test_it_is_not_lifted_without_a_proposal(protection, supervisor, now) -> None:
    with pytest.raises(AccountError):
        deciding.lift(protection=protection, by=supervisor, at=now)


@pytest.mark.parametrize("role", ["", "auditor", "data_officer", "officer"])
def test_other_roles_set_none(resident, role, now) -> None:
    with pytest.raises(AccountError):
        deciding.protect(resident=resident, reason="x", by=factories.UserFactory.create(role=role), at=now)


def test_nobody_decides_about_somebody_for_whom_they_acted(protection, resident, supervisor, now) -> None:
    factories.authority(agent=supervisor, subject=resident, ended_at=now)

    with pytest.raises(AccountError):
        deciding.confirm(protection=protection, by=supervisor, at=now)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_sets_it(resident, support, supervisor, now) -> None:
    def attempt(by) -> str:
        try:
            deciding.protect(resident=resident, reason="x", by=by, at=now)
        except AccountError:
            return "refused"
        return "set"

    outcomes = at_once(lambda: attempt(support), lambda: attempt(supervisor))

    assert sorted(outcomes) == ["refused", "set"]
