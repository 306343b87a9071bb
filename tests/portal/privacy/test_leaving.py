"""Somebody deletes their sign-in: what goes, what stays, who cannot, and what it never touches."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.identity import connecting
from accounts.models import (
    AuditEvent,
    Authority,
    Binding,
    Card,
    Claim,
    KnownDevice,
    Session,
    StoredFile,
    User,
)
from certificates.models import Draft as CertificateDraft
from notices.models import Notice, Preference
from portal.models import Export
from portal.privacy import leaving
from portal.privacy.refusal import PrivacyError
from portal.privacy.rules import RULES
from reports.models import Draft, Report
from tests import factories
from tests.accounts.identity import stating
from tests.certificates import factories as certificates
from tests.portal.privacy import unpacked
from tests.readers import sign_in
from tests.reports import factories as reports

PAGE = "/data/leave/"


def furnished(user: User, resident, link) -> None:
    """Everything that a sign-in can have."""
    now = timezone.now()
    Authenticator.objects.create(user=user, type="totp", data={})
    Card.objects.create(user=user, issuer="https://card.example", subject="x", connected_at=now)
    KnownDevice.objects.create(user=user, digest=b"1", seen_at=now)
    Preference.objects.create(user=user, language="en")
    reports.attached(link, user)
    certificates.draft(resident, user)
    unpacked.ready(user)


def leave(user: User) -> None:
    leaving.leave(by=user, at=timezone.now())


def test_the_page_says_what_goes_and_what_stays_and_changes_nothing(
    reader, resident, resident_user, link
) -> None:
    furnished(resident_user, resident, link)
    reports.filed(factories.LinkFactory.create(resident=resident), resident_user)

    page = reader.get(PAGE).content.decode()

    assert "1 report of yours is open" in page
    assert "Passkeys, apps and recovery codes" in page
    assert "This cannot be undone." in page
    assert all(str(rule.why)[:30] for rule in RULES if rule.stays)
    assert page.count("<details") >= len([rule for rule in RULES if rule.stays])
    resident_user.refresh_from_db()
    assert resident_user.is_active


def test_after_the_tick_and_a_fresh_proof_it_is_gone(reader, resident, resident_user, link) -> None:
    furnished(resident_user, resident, link)
    former = resident_user.email

    unticked = reader.post(PAGE)
    asked = reader.post(PAGE, {"understood": "on"})
    answer = reader.post(asked["Location"], {"password": factories.PASSWORD}, follow=True)

    assert "Nothing was deleted" in unticked.content.decode()
    assert "reauthenticate" in asked["Location"]
    assert answer.redirect_chain[-1][0] == reverse("portal:left")
    resident_user.refresh_from_db()
    assert not resident_user.is_active
    assert not resident_user.has_usable_password()
    assert (resident_user.name, resident_user.left_at is None) == ("", False)
    assert former not in resident_user.email
    for model in (EmailAddress, Authenticator, Card, KnownDevice, Preference):
        assert not model.objects.filter(user=resident_user).exists(), model
    for model in (Draft, CertificateDraft, StoredFile, Session, Export.objects.open().model):
        assert not model.objects.filter(**({"ended_at": None} if model is Export else {})).exists(), model
    assert not Binding.objects.current().exists()


def test_the_register_the_records_and_the_trail_stay(resident, resident_user, link, support) -> None:
    report = reports.filed(link, resident_user)
    events = AuditEvent.objects.count()

    leave(resident_user)

    link.refresh_from_db()
    resident.refresh_from_db()
    assert link.resident == resident
    assert Report.objects.get() == report
    assert AuditEvent.objects.count() > events
    assert (
        AuditEvent.objects.filter(verb="sign_in.deleted", actor=resident_user, resident=resident).count() == 1
    )


def test_nobody_comes_in_with_it_any_more(client, resident_user) -> None:
    email = resident_user.email
    sign_in(client, resident_user)

    leave(resident_user)

    assert client.get("/").status_code == 302
    client.post(reverse("account_login"), {"login": email, "password": factories.PASSWORD})
    assert "_auth_user_id" not in client.session


def test_its_former_address_gets_a_last_mail_without_a_name(
    resident, resident_user, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        leave(resident_user)

    goodbye = [each for each in mail.outbox if "ログインは削除" in each.body or "deleted" in each.body]
    assert len(goodbye) == 1
    assert resident.name not in goodbye[0].body
    assert Notice.objects.filter(kind="sign_in.deleted", resident=resident).count() == 1


def test_authority_ends_both_ways_but_parents_and_guardians_stay(resident, resident_user) -> None:
    given = factories.authority(agent=resident_user, subject=factories.ResidentFactory.create())
    kinds = {kind: factories.UserFactory.create() for kind in ("carer", "parent", "guardian")}
    for kind, agent in kinds.items():
        factories.authority(agent=agent, subject=resident, kind=kind)

    leave(resident_user)

    given.refresh_from_db()
    assert given.ended_at
    assert set(Authority.objects.filter(ended_at=None).values_list("kind", flat=True)) == {
        "parent",
        "guardian",
    }
    assert AuditEvent.objects.filter(verb="authority.ended").count() == 2


def test_what_the_sign_in_claimed_is_over_and_forgotten(resident) -> None:
    claim = stating.posted(resident)

    leave(claim.user)

    claim.refresh_from_db()
    assert (claim.state, claim.stated) == ("over", {})


def test_while_staff_decide_between_two_sign_ins_neither_can_be_deleted(
    client, resident, resident_user
) -> None:
    rival = stating.posted(resident)
    connecting.oppose(rival, Binding.objects.get(), by=rival.user, at=timezone.now())

    for user in (resident_user, rival.user):
        with pytest.raises(PrivacyError):
            leave(user)
    page = sign_in(client, resident_user).get(PAGE).content.decode()

    assert "It cannot be deleted now" in page
    assert "understood" not in page
    assert Claim.objects.disputed().count() == 1
    assert User.objects.filter(is_active=True).count() == 2 + User.objects.exclude(role="").count()


def test_a_sign_in_of_staff_is_not_deleted_here(client, support) -> None:
    client.force_login(support)

    assert client.post(PAGE, {"understood": "on"}).status_code == 403
    with pytest.raises(PrivacyError):
        leave(support)


def test_what_fails_in_the_middle_deletes_nothing(resident_user, monkeypatch) -> None:
    monkeypatch.setattr(leaving, "Preference", None)

    with pytest.raises(AttributeError):
        leave(resident_user)

    resident_user.refresh_from_db()
    assert resident_user.is_active
    assert Binding.objects.current().exists()


def test_another_sign_in_of_the_same_person_begins_anew(resident, resident_user) -> None:
    leave(resident_user)

    binding = factories.binding(user=factories.UserFactory.create(), resident=resident)

    assert binding in Binding.objects.current()


def test_the_neighbour_s_sign_in_is_untouched(resident_user, neighbour_user) -> None:
    leave(resident_user)

    assert EmailAddress.objects.get().user == neighbour_user
    assert Binding.objects.current().get().user == neighbour_user


def test_the_database_keeps_no_name_of_who_left(resident_user) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=resident_user.pk).update(left_at=timezone.now())
