"""Two sign-ins that say to be one person: both are told, neither sees details, but one bound by card does."""

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.identity import deciding
from accounts.identity.claiming import ask_for_letter, bind_by_claims, enter_code
from accounts.models import AuditEvent, Binding, Claim, Resident
from accounts.recipients import reachable
from accounts.refusal import AccountError
from accounts.subjects import is_own_affair
from links.actions import LinkError, open_details
from notices.models import Notice
from notices.recipients import About
from notices.tasks import deliver
from tests import factories
from tests.accounts.identity.stating import NOBODY, as_stated, asked, posted, printed, single
from tests.readers import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    return single()


@pytest.fixture
def first(person):
    """The sign-in that was connected first, at a counter."""
    return factories.bound_user(person)


@pytest.fixture
def dispute(person, first, now):
    """Somebody else entered the code of a letter for the same person."""
    claim = asked(person)
    enter_code(code=printed(claim), by=claim.user, at=now)
    claim.refresh_from_db()
    return claim


def seen_by(user, today) -> list[Resident]:
    """Whose data the sign-in sees."""
    return list(Resident.objects.visible_to(user, on=today))


def proposed(claim, by, remedy, now):
    """A member of staff proposed it."""
    document = "passport" if remedy == "bind" else ""
    who = claim.resident
    return deciding.propose(
        claim=claim, remedy=remedy, resident=who, document=document, reason="Seen.", by=by, at=now
    )


def test_neither_sees_details(dispute, first, today) -> None:
    assert dispute.state == Claim.State.DISPUTED
    assert seen_by(first, today) == seen_by(dispute.user, today) == []


def test_both_are_told_and_nobody_learns_more(dispute, first, person, today, mailoutbox) -> None:
    Notice.objects.exclude(kind="sign_in.disputed").delete()
    (notice,) = Notice.objects.all()

    deliver()

    assert {mail.to[0] for mail in mailoutbox} == {first.email, dispute.user.email}
    # of anything else the claimant hears nothing
    assert [told.user_id for told in reachable([About(person.pk)], on=today)[0]] == [first.pk]


def test_who_acts_for_the_person_sees_on(dispute, person, today) -> None:
    agent = factories.UserFactory.create()
    factories.authority(agent=agent, subject=person)

    assert seen_by(agent, today) == [person]


def test_the_records_are_not_there_for_the_first_one_meanwhile(client, dispute, first, person) -> None:
    link = factories.LinkFactory.create(resident=person)
    sign_in(client, first)

    assert client.get(link.get_absolute_url()).status_code == 404
    assert client.get("/account/number/").status_code == 404
    assertContains(client.get("/"), "We are checking whose sign-in is the right one")
    assertContains(client.get("/account/identity/"), "Our staff are deciding whose is the right one")


def test_the_second_one_is_told_so_too_and_learns_no_name(client, dispute, person) -> None:
    page = sign_in(client, dispute.user).get("/account/identity/")

    assertContains(page, "Our staff are deciding whose is the right one")
    assertContains(page, dispute.number)
    assertNotContains(page, person.name)


def test_one_bound_by_card_keeps_its_sight(person, now, today) -> None:
    holder = factories.UserFactory.create()
    bind_by_claims(user=holder, claims=as_stated(person), by=holder, at=now)
    claim = asked(person)

    enter_code(code=printed(claim), by=claim.user, at=now)

    assert Claim.objects.get(pk=claim.pk).state == Claim.State.DISPUTED
    assert seen_by(holder, today) == [person]
    assert seen_by(claim.user, today) == []


def test_a_card_that_comes_second_sees_and_the_first_one_does_not(person, first, now, today) -> None:
    holder = factories.UserFactory.create()

    claim = bind_by_claims(user=holder, claims=as_stated(person), by=holder, at=now)

    assert claim.state == Claim.State.BOUND
    assert seen_by(holder, today) == [person]
    assert seen_by(first, today) == []
    earlier = Claim.objects.disputed().get()
    assert (earlier.user, earlier.against.user) == (first, holder)
    assert Notice.objects.filter(kind="sign_in.disputed", subject_id=earlier.public_id).exists()


def test_of_two_cards_the_first_sees_on(person, now, today) -> None:
    holder, other = factories.UserFactory.create_batch(2)
    bind_by_claims(user=holder, claims=as_stated(person), by=holder, at=now)

    claim = bind_by_claims(user=other, claims=as_stated(person), by=other, at=now)

    assert claim.state == Claim.State.DISPUTED
    assert seen_by(holder, today) == [person]
    assert seen_by(other, today) == []


def test_a_card_makes_a_letter_surer_and_the_wait_does_not_begin_again(person, now) -> None:
    user = factories.UserFactory.create()
    since = factories.binding(user=user, resident=person, method="letter").bound_at

    bind_by_claims(user=user, claims=as_stated(person), by=user, at=now)

    binding = Binding.objects.get()
    assert (binding.method, binding.assurance, binding.bound_at) == ("card", "high", since)


def test_verified_claims_of_nobody_are_left_to_staff(now) -> None:
    user = factories.UserFactory.create()

    claim = bind_by_claims(user=user, claims=NOBODY, by=user, at=now)

    assert (claim.state, claim.method, claim.resident) == (Claim.State.ASKED, "card", None)
    assert not Binding.objects.exists()


def test_people_under_protection_are_not_connected_by_card(now) -> None:
    user = factories.UserFactory.create()

    claim = bind_by_claims(user=user, claims=as_stated(single(protected=True)), by=user, at=now)

    assert (claim.state, claim.resident) == (Claim.State.ASKED, None)
    assert not Binding.objects.exists()


def test_a_card_of_another_person_changes_nothing_of_a_binding(resident_user, person, now) -> None:
    with pytest.raises(AccountError):
        bind_by_claims(user=resident_user, claims=as_stated(person), by=resident_user, at=now)

    assert resident_user.bindings.current().get().resident != person


def test_staff_give_it_to_the_second_one(dispute, first, support, supervisor, person, now, today) -> None:
    proposed(dispute, support, "bind", now)

    deciding.approve(claim=dispute, by=supervisor, at=now)

    assert seen_by(dispute.user, today) == [person]
    assert seen_by(first, today) == []
    binding = Binding.objects.current().get()
    assert (binding.user, binding.method) == (dispute.user, "counter")
    assert AuditEvent.objects.filter(verb="sign_in.parted", resident=person).exists()


def test_staff_leave_it_with_the_first_one(dispute, first, support, supervisor, person, now, today) -> None:
    proposed(dispute, support, "refuse", now)

    deciding.approve(claim=dispute, by=supervisor, at=now)

    assert seen_by(first, today) == [person]
    assert Claim.objects.get(pk=dispute.pk).state == Claim.State.REFUSED


def test_both_are_told_what_was_decided(dispute, first, support, supervisor, now, mailoutbox) -> None:
    proposed(dispute, support, "bind", now)
    deciding.approve(claim=dispute, by=supervisor, at=now)

    deliver()

    assert {mail.to[0] for mail in mailoutbox} == {first.email, dispute.user.email}


def test_the_sight_comes_back_only_when_no_other_dispute_stands(
    dispute, first, support, supervisor, person, now, today
) -> None:
    third = posted(person)
    enter_code(code=printed(third), by=third.user, at=now)
    proposed(dispute, support, "refuse", now)

    deciding.approve(claim=dispute, by=supervisor, at=now)

    assert seen_by(first, today) == []
    third.refresh_from_db()
    proposed(third, support, "refuse", now)
    deciding.approve(claim=third, by=supervisor, at=now)
    assert seen_by(first, today) == [person]


def test_a_new_holder_sees_nothing_while_a_third_one_claims_the_person(
    dispute, support, supervisor, person, now, today
) -> None:
    third = posted(person)
    enter_code(code=printed(third), by=third.user, at=now)
    proposed(dispute, support, "bind", now)

    deciding.approve(claim=dispute, by=supervisor, at=now)

    assert seen_by(dispute.user, today) == []
    assert Claim.objects.disputed().get().against.user == dispute.user


def test_who_is_in_a_dispute_asks_for_nothing_else(dispute, now) -> None:
    with pytest.raises(AccountError):
        ask_for_letter(claims=NOBODY, by=dispute.user, at=now)


def test_staff_in_a_dispute_of_their_own_still_must_not_decide(first, dispute, today) -> None:
    first.role = "support"
    first.save()

    assert is_own_affair(first, dispute.resident_id, on=today)
    assert is_own_affair(dispute.user, dispute.resident_id, on=today)


def test_a_change_of_the_sign_in_is_still_told_during_a_dispute(client, dispute, first) -> None:
    sign_in(client, first)
    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})

    new = "another long sentence as password"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": factories.PASSWORD, "password1": new, "password2": new},
    )

    assert Notice.objects.filter(kind="sign_in.changed", resident=dispute.resident).exists()


def test_the_database_lets_nobody_take_the_sight_of_a_card(person, now) -> None:
    user = factories.UserFactory.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.binding(user=user, resident=person, method="card", blinded_at=now)


def test_a_dispute_closes_a_child_s_details_and_the_mail_address_too(client, dispute, first, now) -> None:
    child = factories.ResidentFactory.create()
    factories.authority(agent=first, subject=child)
    link = factories.LinkFactory.create(resident=child)
    sign_in(client, first)
    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})

    client.post(reverse("account_email"), {"action_add": "", "email": "other@example.jp"})

    assert not EmailAddress.objects.filter(email="other@example.jp").exists()
    with pytest.raises(LinkError):
        open_details(link=link, by=first, at=now)
