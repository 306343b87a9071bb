"""One step locks everything about a person; only a proof of who they are opens it again."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts import gates, locking, vault
from accounts.actions import grant_parent, look_at_own_number
from accounts.identity.by_card import prove_by_card
from accounts.identity.claiming import ask_for_counter, ask_for_own_letter, enter_code
from accounts.identity.deciding import approve, propose
from accounts.models import AuditEvent, Binding, Claim, Lock
from accounts.refusal import AccountError
from certificates.actions import download
from certificates.refusal import CertificateError
from links.actions import LinkError, open_details
from notices.models import Notice
from tests import factories
from tests.accounts.identity.stating import as_stated, printed, single
from tests.certificates import factories as certificates
from tests.readers import sign_in

DAY = datetime.timedelta(days=1)


@pytest.fixture
def person(db):
    return single()


@pytest.fixture
def user(person):
    return factories.bound_user(person)


@pytest.fixture
def locked(user, now) -> Lock:
    return locking.lock(session_key=None, by=user, at=now)


def is_locked(person) -> bool:
    return Lock.objects.standing().filter(resident=person).exists()


def test_locking_is_written_down_and_told_at_once(locked, person) -> None:
    assert AuditEvent.objects.get(resident=person).verb == "sign_in.locked"
    assert Notice.objects.get(resident=person).kind == "sign_in.locked"


def test_pressed_twice_it_is_one_lock_and_one_notice(locked, user, now) -> None:
    again = locking.lock(session_key=None, by=user, at=now)

    assert again == locked
    assert Notice.objects.count() == 1


def test_nobody_opens_anything_not_even_whoever_acts_for_the_person(locked, user, person, now) -> None:
    link = factories.LinkFactory.create(resident=person)
    agent = factories.bound_user(factories.ResidentFactory.create())
    factories.authority(agent=agent, subject=person)
    vault.seal("123456789018", resident=person, at=now).save()

    for reader in (user, agent):
        with pytest.raises(LinkError):
            open_details(link=link, by=reader, at=now)
    with pytest.raises(AccountError):
        look_at_own_number(by=user, at=now)


def test_whoever_locked_themselves_opens_nothing_of_others_either(locked, user, link, now) -> None:
    factories.authority(agent=user, subject=link.resident)

    with pytest.raises(LinkError):
        open_details(link=link, by=user, at=now)


def test_others_go_on_as_before(locked, link, resident_user, now) -> None:
    assert open_details(link=link, by=resident_user, at=now)


def test_nothing_is_issued_or_downloaded(user, person, support, now) -> None:
    done = certificates.certificate(person, support, by=user)
    waiting = certificates.application(other := single(name="鷹野　澄"), by=factories.bound_user(other))
    locking.lock(session_key=None, by=user, at=now)
    locking.lock(session_key=None, by=waiting.applicant, at=now)

    with pytest.raises(CertificateError):
        download(certificate=done, by=user, at=now)
    with pytest.raises(CertificateError):
        certificates.issued(waiting, support, at=now)


def test_nobody_is_let_act_for_the_person(locked, person, now) -> None:
    with pytest.raises(AccountError):
        grant_parent(agent=factories.UserFactory.create(), child=person, by=None, at=now)


@pytest.mark.parametrize("data", [{"action_add": "", "email": "thief@example.jp"}, {"action_remove": ""}])
def test_addresses_stay_as_they_are(client, locked, user, data) -> None:
    sign_in(client, user)

    answer = client.post(reverse("account_email"), {"email": user.email} | data)

    assert answer.url == reverse("accounts:lock")
    assert [address.email for address in EmailAddress.objects.filter(user=user)] == [user.email]


@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_activate_totp", "mfa_generate_recovery_codes"])
def test_no_way_in_is_added(client, locked, user, name) -> None:
    sign_in(client, user)

    assert client.post(reverse(name)).url == reverse("accounts:lock")


def test_one_press_on_a_page_about_security_locks_and_ends_every_other_session(client, user, person) -> None:
    other = sign_in(type(client)(), user)
    sign_in(client, user)
    page = client.get(reverse("mfa_index"))

    answer = client.post(reverse("accounts:lock"), follow=True)

    assertContains(page, f'action="{reverse("accounts:lock")}"')
    assertContains(answer, "Everything is locked")
    assert is_locked(person)
    assert other.get(reverse("mfa_index")).status_code == 302


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "accounts:sessions", "accounts:identity", "accounts:number", "account_change_password"],
)
@pytest.mark.parametrize("simple", ["0", "1"])
def test_every_page_about_security_has_the_step(client, user, name, simple) -> None:
    sign_in(client, user)
    client.cookies["simple"] = simple

    assertContains(client.get(reverse(name)), "Lock everything")


def test_somebody_who_is_nobody_yet_is_signed_out_elsewhere(client, db) -> None:
    nobody = factories.UserFactory.create()
    other = sign_in(type(client)(), nobody)
    sign_in(client, nobody)

    answer = client.post(reverse("accounts:lock"), follow=True)

    assertContains(answer, "signed it out everywhere else")
    assert other.get(reverse("mfa_index")).status_code == 302
    assert not Lock.objects.exists()


def test_a_locked_page_says_why_and_how_it_opens(client, locked, user, person) -> None:
    link = factories.LinkFactory.create(resident=person)
    sign_in(client, user)

    page = client.get(link.get_absolute_url())

    assertContains(page, "Everything is locked")
    assertContains(page, reverse("accounts:lock"))
    assertNotContains(page, "Show the details")


def test_the_code_of_a_letter_opens_it(locked, user, person, now) -> None:
    claim = ask_for_own_letter(by=user, at=now)
    code = printed(claim)

    enter_code(code=code, by=user, at=timezone.now())

    assert not is_locked(person)
    assert Lock.objects.get().lifted_how == "letter"
    assert {notice.kind for notice in Notice.objects.all()} >= {"sign_in.locked", "sign_in.unlocked"}


def test_a_letter_does_not_make_a_counter_s_binding_weaker(locked, user, person, now) -> None:
    code = printed(ask_for_own_letter(by=user, at=now))

    enter_code(code=code, by=user, at=timezone.now())

    assert user.bindings.get().assurance == "high"


def test_nobody_gets_a_letter_who_locked_nothing(user, now) -> None:
    with pytest.raises(AccountError):
        ask_for_own_letter(by=user, at=now)


def test_no_letter_goes_to_somebody_under_protection(locked, user, person, now) -> None:
    type(person).objects.filter(pk=person.pk).update(protected=True)

    with pytest.raises(AccountError):
        ask_for_own_letter(by=user, at=now)


def test_two_members_of_staff_open_it_at_a_counter(locked, user, person, support, supervisor, now) -> None:
    claim = ask_for_counter(by=user, at=now)
    propose(
        claim=claim, remedy="bind", resident=person, document="card", reason="Checked.", by=support, at=now
    )

    approve(claim=claim, by=supervisor, at=now)

    assert not is_locked(person)


def test_a_card_opens_it_at_once(locked, user, person, now) -> None:
    assert prove_by_card(
        whose=("https://idp", "s"), claims=as_stated(person), session_key=None, by=user, at=now
    )

    assert not is_locked(person)


def test_a_proof_that_began_before_the_lock_does_not_open_it(user, person, support, supervisor, now) -> None:
    claim = ask_for_counter(by=user, at=now - DAY)
    locking.lock(session_key=None, by=user, at=now)
    propose(
        claim=claim, remedy="bind", resident=person, document="card", reason="Checked.", by=support, at=now
    )

    approve(claim=claim, by=supervisor, at=now)

    assert is_locked(person)


def test_a_lock_ends_by_a_proof_only(locked, now) -> None:
    with pytest.raises(IntegrityError):
        Lock.objects.update(lifted_at=now)


def test_a_person_has_one_lock(locked, user, person, now) -> None:
    with pytest.raises(IntegrityError):
        Lock.objects.create(resident=person, locked_by=user, locked_at=now)


def test_the_gate_costs_one_query(user, person, now, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert gates.closed(user, at=now, about=person.pk) is None


def test_a_card_makes_a_letter_s_binding_surer(user, person, now) -> None:
    user.bindings.update(method="letter", assurance="substantial")

    prove_by_card(whose=("https://idp", "s"), claims=as_stated(person), session_key=None, by=user, at=now)

    assert user.bindings.get().assurance == Binding.Assurance.HIGH
    assert user.card.subject == "s"


def test_a_card_connects_a_sign_in_of_nobody_with_its_holder(person, now) -> None:
    nobody = factories.UserFactory.create()

    assert prove_by_card(
        whose=("https://idp", "s"), claims=as_stated(person), session_key=None, by=nobody, at=now
    )

    assert nobody.bindings.get().resident == person
    assert nobody.card.subject == "s"


def test_a_holder_whom_the_register_does_not_know_waits_for_staff_and_gets_no_card(person, now) -> None:
    nobody = factories.UserFactory.create()
    claims = as_stated(person, address="北海道札幌市中央区北一条西二丁目")

    assert not prove_by_card(whose=("https://idp", "s"), claims=claims, session_key=None, by=nobody, at=now)

    assert Claim.objects.get(user=nobody).state == "asked"
    assert not hasattr(nobody, "card")


def test_a_card_in_use_changes_nothing(person, user, now) -> None:
    whose = ("https://idp", "s")
    prove_by_card(whose=whose, claims=as_stated(person), session_key=None, by=user, at=now)
    other = single(name="鷹野　澄", name_kana="タカノ　スミ")
    nobody = factories.UserFactory.create()

    with pytest.raises(AccountError):
        prove_by_card(whose=whose, claims=as_stated(other), session_key=None, by=nobody, at=now)

    assert not nobody.bindings.exists()
