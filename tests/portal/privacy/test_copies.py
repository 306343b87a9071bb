"""Ask for a copy of one's data, have it made, fetch it: one at a time, by the person alone, for 7 days."""

import datetime
import traceback
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.files import store
from accounts.models import AuditEvent, Binding, StoredFile
from notices.codes import code_of
from notices.models import Notice
from portal import tasks
from portal.models import Export
from portal.not_me.actions import disavow
from portal.privacy import copies, making
from portal.privacy.refusal import NOT_READY, UNDER_WAY, PrivacyError
from tests import factories
from tests.portal.privacy import unpacked
from tests.readers import sign_in

DAY = datetime.timedelta(days=1)
PAGE = "/data/"


def asked(user, at=None) -> Export:
    return copies.ask(by=user, language="en", at=at or timezone.now())


def prove(client: Client, response) -> object:
    """Give the password where it is asked for, and be led back."""
    return client.post(response["Location"], {"password": factories.PASSWORD}, follow=True)


def test_a_person_asks_is_told_and_fetches_after_a_fresh_proof(
    reader, resident_user, link, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks():
        reader.post(reverse("portal:copy_ask"))
    waiting = reader.get(PAGE).content.decode()
    making.make(Export.objects.get().pk)
    page = reader.get(PAGE).content.decode()
    asked_again = reader.post(reverse("portal:copy_fetch"))
    answer = prove(reader, asked_again)

    assert "We are putting your copy together" in waiting
    assert "Your copy is ready" in page
    assert "reauthenticate" in asked_again["Location"]
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    assert "data.json" in unpacked.opened(answer.content).namelist()
    assert list(Notice.objects.order_by("pk").values_list("kind", flat=True)) == [
        "export.ready",
        "export.fetched",
    ]
    deeds = AuditEvent.objects.filter(verb__startswith="export.").order_by("pk")
    assert [(deed.verb, deed.actor) for deed in deeds] == [
        ("export.asked", resident_user),
        ("export.fetched", resident_user),
    ]


def test_the_notice_leads_to_the_copy(reader, resident_user) -> None:
    unpacked.ready(resident_user)

    response = reader.get(reverse("portal:notice", args=[Notice.objects.get().public_id]))

    assert response["Location"] == PAGE


def test_one_open_copy_a_person(resident_user) -> None:
    asked(resident_user)

    with pytest.raises(PrivacyError, match=str(UNDER_WAY)):
        asked(resident_user)
    assert Export.objects.count() == 1


def test_the_database_itself_takes_one_open_copy_a_person(resident_user) -> None:
    first = asked(resident_user)

    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.create(
            user=resident_user,
            resident=first.resident,
            language="ja",
            asked_at=first.asked_at,
            due_at=first.due_at,
        )


@pytest.mark.parametrize("changes", [{"state": "ready"}, {"state": "over"}, {"ended_at": timezone.now()}])
def test_the_database_refuses_what_contradicts_itself(resident_user, changes) -> None:
    export = asked(resident_user)

    with pytest.raises(DatabaseError), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(**changes)


def test_a_guest_of_seven_days_cannot_ask(reader, resident_user) -> None:
    Binding.objects.update(bound_at=timezone.now() - DAY)

    reader.post(reverse("portal:copy_ask"))

    assert not Export.objects.exists()
    assert "Ask for a copy" not in reader.get(PAGE).content.decode()


def test_whoever_stopped_to_show_the_person_meanwhile_gets_nothing(resident_user) -> None:
    export = asked(resident_user)
    Binding.objects.update(blinded_at=timezone.now())

    making.make(export.pk)

    export.refresh_from_db()
    assert (export.state, export.file) == ("over", None)


def test_a_ready_copy_is_not_fetched_by_a_sign_in_that_was_parted(resident_user, resident) -> None:
    unpacked.ready(resident_user)
    Binding.objects.update(ended_at=timezone.now())
    factories.binding(user=factories.UserFactory.create(), resident=resident)

    with pytest.raises(PrivacyError):
        copies.fetch(by=resident_user, at=timezone.now())


def test_the_next_sign_in_of_the_person_does_not_find_the_copy_of_the_former_one(
    resident_user, resident
) -> None:
    unpacked.ready(resident_user)
    Binding.objects.update(ended_at=timezone.now())
    other = factories.bound_user(resident)

    with pytest.raises(PrivacyError, match=str(NOT_READY)):
        copies.fetch(by=other, at=timezone.now())


def test_a_parent_and_a_neighbour_find_no_copy_of_the_resident(
    client, resident, resident_user, neighbour_user
) -> None:
    unpacked.ready(resident_user)
    factories.authority(agent=neighbour_user, subject=resident)

    page = sign_in(client, neighbour_user).get(PAGE).content.decode()

    assert "Your copy is ready" not in page
    with pytest.raises(PrivacyError):
        copies.fetch(by=neighbour_user, at=timezone.now())


def test_after_seven_days_it_is_gone_with_its_bytes(resident_user) -> None:
    export = unpacked.ready(resident_user)
    path = Path(settings.FILES_DIR) / export.file.path
    there = path.exists()
    Export.objects.update(ready_at=timezone.now() - 7 * DAY, asked_at=timezone.now() - 8 * DAY)

    with pytest.raises(PrivacyError):
        copies.fetch(by=resident_user, at=timezone.now())
    making.end_outlived(at=timezone.now())

    assert there
    assert Export.objects.get().state == "over"
    assert not StoredFile.objects.exists()


def test_it_lies_sealed(resident, resident_user) -> None:
    export = unpacked.ready(resident_user)

    lying = (Path(settings.FILES_DIR) / export.file.path).read_bytes()

    assert not lying.startswith(b"PK")
    assert b"index.html" not in lying
    assert store.content_of(export.file).startswith(b"PK")


def test_a_copy_can_be_thrown_away_and_asked_for_anew(reader, resident_user) -> None:
    unpacked.ready(resident_user)

    reader.post(reverse("portal:copy_throw_away"))
    asked(resident_user)

    assert list(Export.objects.order_by("pk").values_list("state", flat=True)) == ["over", "asked"]
    assert not StoredFile.objects.exists()


class Killed(BaseException):
    """Stands for kill -9."""


def test_a_worker_killed_in_the_middle_leaves_it_to_the_next_one(resident_user, monkeypatch) -> None:
    export = asked(resident_user)
    with monkeypatch.context() as patch:
        patch.setattr(making, "finish", lambda *_args, **_more: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            making.make(export.pk)

    making.make(export.pk)
    untouched = Export.objects.get().state
    Export.objects.update(due_at=timezone.now())
    making.make(export.pk)

    assert untouched == "asked"
    assert Export.objects.get().state == "ready"
    assert StoredFile.objects.count() == 1
    assert Notice.objects.filter(kind="export.ready").count() == 1


def test_of_two_workers_one_makes_it(resident_user, monkeypatch) -> None:
    export = asked(resident_user)
    packed = making.packed

    def overtaken(*args: object, **more: object) -> bytes:
        content = packed(*args, **more)
        monkeypatch.setattr(making, "packed", packed)
        Export.objects.update(due_at=timezone.now())
        making.make(export.pk)
        return content

    monkeypatch.setattr(making, "packed", overtaken)
    making.make(export.pk)

    assert StoredFile.objects.count() == 1
    assert Notice.objects.filter(kind="export.ready").count() == 1


def test_what_is_thrown_away_while_it_is_made_stays_thrown_away(resident_user, monkeypatch) -> None:
    export = asked(resident_user)
    packed = making.packed

    def thrown_away(*args: object, **more: object) -> bytes:
        copies.throw_away(by=resident_user, at=timezone.now())
        return packed(*args, **more)

    monkeypatch.setattr(making, "packed", thrown_away)
    making.make(export.pk)

    assert Export.objects.get().state == "over"
    assert not StoredFile.objects.exists()


def test_what_fails_again_and_again_is_given_up_and_said(reader, resident_user, monkeypatch) -> None:
    export = asked(resident_user)

    def broken(*args: object, **more: object) -> bytes:
        raise ValueError("見本　花子")

    monkeypatch.setattr(making, "packed", broken)
    for _again in range(making.MOST_TRIES):
        Export.objects.update(due_at=timezone.now())
        with pytest.raises(making.NotMade, match="could not be made: ValueError$"):
            making.make(export.pk)
    Export.objects.update(due_at=timezone.now())
    making.make(export.pk)

    assert Export.objects.get().state == "failed"
    assert Notice.objects.get().kind == "export.failed"
    assert "We could not make the copy" in reader.get(PAGE).content.decode()
    asked(resident_user)


def test_a_failure_names_nobody_in_the_log(resident_user, monkeypatch, caplog) -> None:
    export = asked(resident_user)
    monkeypatch.setattr(making, "packed", lambda *_a, **_m: (_ for _ in ()).throw(ValueError("見本　花子")))

    with pytest.raises(making.NotMade) as told:
        making.make(export.pk)
    written = "".join(traceback.format_exception(told.value)) + caplog.text

    assert "ValueError" in written
    assert "花子" not in written


def test_the_sweep_queues_what_was_never_queued(resident_user, monkeypatch) -> None:
    export = asked(resident_user)
    queued = []
    monkeypatch.setattr(tasks.make_export, "delay", lambda **message: queued.append(message))

    tasks.repeat_exports()

    assert queued == [{"export_id": export.pk}]


def test_who_has_no_password_signs_in_anew_to_fetch_it(client, resident_user) -> None:
    unpacked.ready(resident_user)
    resident_user.set_unusable_password()
    resident_user.save()
    client.force_login(resident_user)

    response = client.post(reverse("portal:copy_fetch"))

    assert response["Location"].startswith(reverse("account_login"))


def test_who_says_that_it_was_not_them_has_the_copy_thrown_away(resident_user, link) -> None:
    unpacked.ready(resident_user)
    notice = Notice.objects.get(kind="export.ready")

    report = disavow(code=code_of(notice.public_id), language="ja", simple=False, at=timezone.now())

    assert report is not None
    assert Export.objects.get().state == "over"
    assert not StoredFile.objects.exists()
    link.refresh_from_db()
    assert link.held
