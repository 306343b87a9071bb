"""A list is made, issued, stopped and gone on with; whatever is cut off, nobody gets two or none."""

import json
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from django.utils import timezone

from accounts.models import AuditEvent, Resident
from certificates.bulk import actions, shelf, steps, working
from certificates.models import Batch, Certificate
from certificates.refusal import CertificateError
from certificates.tasks import repeat_batches, sweep_letters
from links.models import Link
from notices.models import Notice
from tests.certificates.bulk.lists import done, insured, listed, started
from tests.certificates.factories import UNREGISTERED, certificate, ends_in, insurance
from tests.certificates.history import told
from tests.factories import bound_user

RENEWALS = Batch.Kind.RENEWALS


class Killed(BaseException):
    """Stands for kill -9: nothing that could answer is left."""


def test_the_list_waits_for_a_person_and_issues_nothing(support):
    insured()

    batch = listed(support)

    assert (batch.state, batch.items.count(), Certificate.objects.count()) == ("listed", 1, 0)


def test_those_who_are_not_listed_are_counted_by_the_reason(support):
    for fields in ({"address": ""}, {"address": ""}, {}):
        insured(**fields)

    batch = listed(support)

    assert (batch.left_out, batch.looked_at) == ({"no_address": 2}, 3)


def test_a_list_is_made_in_parts(support, monkeypatch):
    monkeypatch.setattr(steps, "CHUNK", 2)
    for _each in range(5):
        insured()

    assert listed(support).items.count() == 5


def test_a_full_list_says_that_more_wait_and_the_next_one_takes_them(support, monkeypatch):
    monkeypatch.setattr(steps, "MOST", 2)
    for _each in range(3):
        insured()

    first, second = done(support), done(support)

    assert (first.more_wait, first.items.count()) == (True, 2)
    assert (second.more_wait, second.items.count()) == (False, 1)
    assert Certificate.objects.values("resident").distinct().count() == Certificate.objects.count() == 3


def test_each_gets_one_is_told_and_their_trail_names_the_list(support, today):
    people = [insured() for _each in range(3)]

    batch = done(support)

    assert Certificate.objects.valid(on=today).filter(issued_by=support).count() == 3
    for person in people:
        assert told(person) == ["certificate.posted"]
        events = AuditEvent.objects.filter(resident=person, verb="certificate.issued")
        assert [event.purpose for event in events] == [batch.number]


def test_a_worker_that_is_lost_in_the_middle_leaves_nobody_with_two_or_none(support, monkeypatch):
    for _each in range(3):
        insured()
    batch = started(support)
    with monkeypatch.context() as patch:
        patch.setattr(steps.notices, "tell", cut_off_at_the_second(steps.notices.tell))
        with pytest.raises(Killed):
            working.carry_on(batch.pk)
    after_the_kill = Certificate.objects.count()

    working.carry_on(batch.pk)

    batch.refresh_from_db()
    assert (after_the_kill, batch.state) == (1, "done")
    assert Certificate.objects.count() == Notice.objects.filter(kind="certificate.posted").count() == 3


def cut_off_at_the_second(tell):
    """The process is lost after the second certificate was written, before its transaction ended."""
    calls = []

    def told_once(**fact):
        calls.append(fact)
        if len(calls) == 2:
            raise Killed
        return tell(**fact)

    return told_once


def test_the_sweep_repeats_what_has_been_quiet_for_a_minute_only(support, monkeypatch):
    queued = []
    monkeypatch.setattr("certificates.tasks.carry_on_batch.delay", lambda batch_id: queued.append(batch_id))
    insured()
    batch = started(support)
    repeat_batches()
    too_early = list(queued)
    Batch.objects.update(worked_at=timezone.now() - timedelta(minutes=2))

    repeat_batches()

    assert (too_early, queued) == ([], [batch.pk])


def test_a_stopped_list_goes_on_where_it_stopped(support):
    for _each in range(2):
        insured()
    batch = started(support)
    steps.issue_next(batch, at=timezone.now())
    actions.stop(batch=batch, by=support, at=timezone.now())
    working.carry_on(batch.pk)
    meanwhile = Certificate.objects.count()

    actions.go_on(batch=batch, by=support, at=timezone.now())
    working.carry_on(batch.pk)

    assert (meanwhile, Certificate.objects.count()) == (1, 2)


def test_of_a_stopped_list_what_was_issued_can_be_printed(support):
    for _each in range(2):
        insured()
    batch = started(support)
    steps.issue_next(batch, at=timezone.now())
    actions.stop(batch=batch, by=support, at=timezone.now())

    actions.finish(batch=batch, by=support, at=timezone.now())
    working.carry_on(batch.pk)

    batch.refresh_from_db()
    assert (batch.manifest["letters"], batch.items.count()) == (1, 1)
    assert listed(support).items.count() == 1


def test_facts_that_changed_since_the_list_was_made_count(support):
    person = insured()
    batch = started(support)
    Link.objects.filter(resident=person).update(held=True)

    working.carry_on(batch.pk)

    item = batch.items.get()
    assert (item.state, Certificate.objects.count()) == ("refused", 0)
    assert "changed" in item.refusal


def test_a_character_that_the_face_lacks_stops_one_certificate_and_says_which(support):
    insured(name="見本　\U0010fffd")
    insured()

    batch = done(support)

    refused = batch.items.get(state="refused")
    assert "10FFFD" in refused.refusal.upper()
    assert batch.items.issued().count() == 1


def test_staff_do_not_issue_to_themselves_in_a_list(support):
    person = insured()
    bound = bound_user(person, role="support")

    batch = done(bound)

    assert batch.items.get().state == "refused"


def test_a_renewal_begins_after_the_one_before_and_leaves_it_until_it_arrived(resident, support, today):
    insurance(resident, UNREGISTERED)
    before = certificate(resident, support)
    ends_in(before, 30)

    done(support, RENEWALS)

    after = Certificate.objects.get(replaces=before)
    before.refresh_from_db()
    assert before.revoked_at is None
    assert after.valid_until > before.valid_until
    assert Certificate.objects.valid(on=today).count() == 2


def test_a_renewed_one_is_not_renewed_again(resident, support):
    insurance(resident, UNREGISTERED)
    ends_in(certificate(resident, support), 30)
    done(support, RENEWALS)

    assert not listed(support, RENEWALS).items.exists()


def test_one_list_of_a_kind_is_open_at_a_time(support):
    listed(support)

    with pytest.raises(CertificateError):
        listed(support)


def test_a_list_that_was_thrown_away_makes_room(support):
    insured()
    batch = listed(support)

    actions.throw_away(batch=batch, by=support, at=timezone.now())

    assert not batch.items.exists()
    assert listed(support).items.count() == 1


@pytest.mark.parametrize("deed", [actions.stop, actions.go_on, actions.finish])
def test_what_does_not_fit_its_state_is_refused(support, deed):
    batch = listed(support)

    with pytest.raises(CertificateError):
        deed(batch=batch, by=support, at=timezone.now())


def test_only_those_with_the_right_begin(resident_user):
    with pytest.raises(CertificateError):
        listed(resident_user)


def letters_of(batch):
    return shelf.of_batch(batch).open().read()


def test_one_file_holds_every_letter_by_postal_code_and_the_manifest_counts_it(support):
    for code in ("9000000", "1000000"):
        insured(postal_code=code)

    batch = done(support)

    content, manifest = letters_of(batch), batch.manifest
    with pikepdf.open(BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    first = Certificate.objects.get(number=manifest["content"][0]["certificate"])
    assert first.resident.postal_code == "1000000"
    assert manifest["sha256"] == sha256(content).hexdigest()
    assert (manifest["letters"], manifest["pages"], pages) == (2, 4, 4)
    assert [(row["first_page"], row["pages"]) for row in manifest["content"]] == [(1, 2), (3, 2)]


def test_the_file_is_sealed_and_the_manifest_names_nobody(support, letters_dir):
    person = insured(name="見本　名無")

    batch = done(support)

    [file] = letters_dir.iterdir()
    assert not file.read_bytes().startswith(b"%PDF")
    assert person.name not in json.dumps(batch.manifest, ensure_ascii=False)


def test_a_worker_that_is_lost_while_it_prints_begins_the_file_again(support, monkeypatch, letters_dir):
    insured()
    batch = started(support)
    with monkeypatch.context() as patch:
        patch.setattr("certificates.bulk.printing.end", killed)
        with pytest.raises(Killed):
            working.carry_on(batch.pk)

    working.carry_on(batch.pk)

    batch.refresh_from_db()
    assert batch.state == "done"
    assert AuditEvent.objects.filter(verb="certificate.printed").count() == 1
    assert len(list(letters_dir.iterdir())) == 2  # the sweep removes the nameless one


def killed(*_args, **_more):
    raise Killed


def test_what_is_not_valid_any_more_is_not_printed(support):
    person = insured()
    batch = started(support)
    steps.issue_next(batch, at=timezone.now())
    Resident.objects.filter(pk=person.pk).update(died_on=timezone.localdate())

    working.carry_on(batch.pk)

    batch.refresh_from_db()
    assert batch.manifest["letters"] == 0
    assert batch.manifest["not_printed"] == [Certificate.objects.get().number]
    assert not batch.has_file


def test_files_go_after_thirty_days(support, letters_dir):
    insured()
    batch = done(support)
    Batch.objects.update(finished_at=timezone.now() - timedelta(days=31))

    sweep_letters()

    batch.refresh_from_db()
    assert not batch.has_file
    with pytest.raises(CertificateError):
        actions.fetch(batch=batch, by=support, at=timezone.now())
