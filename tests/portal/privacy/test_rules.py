"""How long we keep what: nothing is missing in the table, and what it promises is carried out."""

import datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.devices import KEPT_DAYS
from accounts.models import Authority, Binding, Claim, KnownDevice, StoredFile
from certificates.models import Application, Certificate
from certificates.models import Draft as CertificateDraft
from notices.actions import tell
from notices.models import Delivery, Notice
from portal.models import Export
from portal.privacy import copies, forgetting
from portal.privacy.rules import RULES, TECHNICAL
from reports.models import Attachment, Message, Proposal, Step
from tests import factories
from tests.accounts.identity import stating
from tests.accounts.sealed import looked
from tests.certificates import factories as certificates
from tests.reports import factories as reports

DAY = datetime.timedelta(days=1)
RULE = {rule.code: rule for rule in RULES}


def forget(at=None, *, dry_run=False) -> dict[str, int]:
    """One night."""
    return dict(forgetting.forget_old(at=at or timezone.now(), dry_run=dry_run))


def test_every_model_stands_in_one_rule() -> None:
    named = [model for rule in RULES for model in rule.models]
    models = {model._meta.label for model in apps.get_models()}

    assert len(named) == len(set(named))
    assert {*named, *TECHNICAL} == models


def test_whatever_ends_on_a_day_is_carried_out() -> None:
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    for rule in RULES:
        assert not rule.days or rule.duties or rule.code == "trail", rule.code
        assert not rule.task or rule.task in scheduled, rule.code
    assert "portal.tasks.forget_old" in scheduled


@pytest.mark.parametrize("language", ["ja", "ja-x-easy", "en"])
def test_the_public_page_is_made_of_the_table(client, language, db) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    page = client.get(reverse("portal:keeping")).content.decode()

    assert all(f'id="{rule.code}"' in page for rule in RULES)
    if language == "en":
        assert "7 years, from when it was done" in page
        assert f"{KEPT_DAYS} days, from when somebody last signed in there" in page


def test_a_night_with_nothing_over_removes_nothing(link, resident_user, support) -> None:
    certificates.certificate(link.resident, support, by=resident_user)
    reports.corrected(link, resident_user, support)
    looked(link.resident, support, at=timezone.now())

    assert set(forget().values()) == {0}


def test_what_was_written_about_an_old_report_goes_and_its_course_stays(link, resident_user, support) -> None:
    reports.attached(link, resident_user)
    report = reports.corrected(link, resident_user, support)
    Message.objects.create(
        report=report, resident=link.resident, audience="resident", text="Word", by=support, at=timezone.now()
    )
    steps = Step.objects.count()

    before = forget(timezone.now() + RULE["reports"].days * DAY - DAY)
    after = forget(timezone.now() + RULE["reports"].days * DAY + DAY)

    report.refresh_from_db()
    assert (before["reports"], after["reports"]) == (0, 1)
    assert (report.account, report.state, report.number) == ("", "corrected", report.number)
    assert not Message.objects.exists()
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()
    assert set(Proposal.objects.values_list("reason", "explanation")) == {("", "")}
    assert Step.objects.count() == steps


def test_the_page_of_an_emptied_report_still_opens(reader, link, resident_user, support) -> None:
    report = reports.corrected(link, resident_user, support)
    forget(timezone.now() + 6 * 365 * DAY)

    assert reader.get(report.get_absolute_url()).status_code == 200


def test_certificates_go_five_years_after_their_end(resident, resident_user, support) -> None:
    certificate = certificates.certificate(resident, support, by=resident_user)
    end = timezone.now() + (certificate.valid_until - timezone.localdate()) * 1

    early = forget(end + 1820 * DAY)
    forget(end + 1830 * DAY)

    assert early["certificates"] == 0
    assert not Certificate.objects.exists()
    assert not Application.objects.exists()


def test_drafts_of_applications_go(resident, resident_user) -> None:
    certificates.draft(resident, resident_user)

    forget(timezone.now() + 89 * DAY)
    there = CertificateDraft.objects.exists()
    forget(timezone.now() + 91 * DAY)

    assert there
    assert not CertificateDraft.objects.exists()


def test_notices_go_with_their_messages_once_all_were_tried(resident, resident_user) -> None:
    for settled in (timezone.now(), None):
        notice = tell(
            resident_id=resident.pk, kind="record.released", subject=("link", "x"), at=timezone.now()
        )
        Delivery.objects.create(
            notice=notice,
            noticed_at=notice.created_at,
            resident=resident,
            recipient=resident_user,
            channel="email",
            state="accepted",
            changed_at=timezone.now(),
        )
        Notice.objects.filter(pk=notice.pk).update(settled_at=settled)

    forget(timezone.now() + 731 * DAY)

    assert Notice.objects.get().settled_at is None
    assert Delivery.objects.count() == 1


def test_old_devices_claims_bindings_and_authority_go_in_their_order(
    resident, resident_user, neighbour_user
) -> None:
    KnownDevice.objects.create(user=resident_user, digest=b"1", seen_at=timezone.now())
    refused = stating.posted(resident, by=neighbour_user)
    ended = {"state": "refused", "stated": {}, "ended_at": timezone.now()}
    Claim.objects.filter(pk=refused.pk).update(**ended, against=Binding.objects.get(user=resident_user))
    Binding.objects.update(ended_at=timezone.now())
    authority = factories.authority(agent=neighbour_user, subject=resident)
    Authority.objects.filter(pk=authority.pk).update(ended_at=timezone.now())

    forget(timezone.now() + 401 * DAY)
    left = (
        KnownDevice.objects.count(),
        Claim.objects.count(),
        Binding.objects.count(),
        Authority.objects.count(),
    )
    forget(timezone.now() + 2556 * DAY)

    assert left == (0, 0, 2, 1)
    assert not Binding.objects.exists()
    assert not Authority.objects.exists()


def test_how_a_present_sign_in_was_connected_is_not_forgotten(resident) -> None:
    claim = stating.posted(resident)
    Claim.objects.filter(pk=claim.pk).update(state="bound", stated={}, ended_at=timezone.now())
    factories.binding(user=claim.user, resident=resident)

    forget(timezone.now() + 3650 * DAY)

    assert Claim.objects.exists()


def test_of_a_copy_that_is_gone_the_row_goes_too(resident_user) -> None:
    copies.ask(by=resident_user, language="ja", at=timezone.now())
    copies.throw_away(by=resident_user, at=timezone.now())

    forget(timezone.now() + 8 * DAY)

    assert not Export.objects.exists()


def test_more_than_a_batch_is_removed_and_a_kill_loses_nothing(resident_user, monkeypatch) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 2)
    old = timezone.now() - 500 * DAY
    for place in range(5):
        KnownDevice.objects.create(user=resident_user, digest=bytes([place]), seen_at=old)
    with monkeypatch.context() as patch:
        patch.setattr(
            forgetting, "forget_batch", lambda *args, **more: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            forget()

    assert forget()["devices"] == 5
    assert forget()["devices"] == 0


def test_a_dry_run_counts_and_removes_nothing(resident_user, capsys) -> None:
    KnownDevice.objects.create(user=resident_user, digest=b"1", seen_at=timezone.now() - 500 * DAY)

    call_command("forget_old", "--dry-run")

    assert "devices=1" in capsys.readouterr().out
    assert KnownDevice.objects.exists()


def test_the_trail_is_emptied_month_by_month_after_seven_years(resident, support) -> None:
    begun = timezone.now().replace(day=15)
    looked(resident, support, at=begun, times=2)
    looked(resident, support, at=begun + 40 * DAY)

    early = forget(begun + 7 * 365 * DAY - 30 * DAY)
    counted = forget(begun + 7 * 366 * DAY + 200 * DAY, dry_run=True)
    forgotten = forget(begun + 7 * 366 * DAY + 200 * DAY)

    assert early["trail"] == 0
    assert counted["trail"] == 3
    assert forgotten["trail"] == 3
