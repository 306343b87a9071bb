"""Telling: the row comes with the fact, the delivery after commit."""

import pytest
from django.db import transaction

from notices import actions
from notices.actions import remember_display, remember_language, tell, tell_many
from notices.models import Notice, Preference
from notices.tasks import deliver

SUBJECT = ("report", "abc")


@pytest.fixture
def queued(monkeypatch):
    """How often a worker would have been called."""
    calls = []
    monkeypatch.setattr(deliver, "delay", lambda: calls.append(True))
    return calls


def test_a_notice_says_who_what_and_when(now, resident, queued):
    notice = tell(resident_id=resident.pk, kind="report.received", subject=SUBJECT, at=now)

    notice.refresh_from_db()
    assert notice.resident == resident
    assert (notice.kind, notice.subject_kind, notice.subject_id) == ("report.received", "report", "abc")
    assert notice.created_at == now
    assert notice.settled_at is None
    assert notice.read_at is None


def test_delivery_is_queued_only_once_the_fact_is_committed(
    now, resident, queued, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        tell(resident_id=resident.pk, kind="report.received", subject=SUBJECT, at=now)
        before_commit = list(queued)

    assert before_commit == []
    assert queued == [True]


@pytest.mark.django_db(transaction=True)
def test_a_fact_that_is_rolled_back_tells_nobody(now, resident, queued):
    with transaction.atomic():
        tell(resident_id=resident.pk, kind="report.received", subject=SUBJECT, at=now)
        transaction.set_rollback(True)

    assert queued == []
    assert not Notice.objects.exists()


def test_however_many_are_told_at_once_one_call_is_enough(
    now, resident, queued, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    facts = [(resident.pk, "record.withheld", ("link", f"link-{n}"), "money") for n in range(250)]

    with django_capture_on_commit_callbacks(execute=True), django_assert_max_num_queries(6):
        tell_many(facts, at=now)

    assert queued == [True]
    assert Notice.objects.due(at=now).count() == 250


def test_telling_nothing_sends_no_message(now, queued, django_capture_on_commit_callbacks, db):
    with django_capture_on_commit_callbacks(execute=True):
        notices = tell_many([], at=now)

    assert notices == []
    assert queued == []


def test_a_kind_without_words_is_refused_before_anything_is_written(now, resident, queued):
    with pytest.raises(KeyError):
        tell(resident_id=resident.pk, kind="no.such.kind", subject=SUBJECT, at=now)

    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_breaks_neither_the_fact_nor_the_request(now, resident, monkeypatch, caplog):
    def refuse():
        raise ConnectionRefusedError

    monkeypatch.setattr(actions.deliver, "delay", refuse)

    notice = tell(resident_id=resident.pk, kind="report.received", subject=SUBJECT, at=now)

    assert Notice.objects.due(at=notice.due_at).get() == notice
    assert "on_commit" in caplog.text


def test_a_language_is_remembered_for_the_mails(resident_user):
    remember_language(user=resident_user, language="en")
    remember_language(user=resident_user, language="ja-x-easy")

    assert Preference.objects.get(user=resident_user).language == "ja-x-easy"


@pytest.mark.parametrize("language", ["tlh", "", "en'--"])
def test_a_language_that_is_not_offered_changes_nothing(language, resident_user):
    remember_language(user=resident_user, language="en")

    remember_language(user=resident_user, language=language)

    assert Preference.objects.get(user=resident_user).language == "en"


def test_the_simple_version_is_remembered_beside_the_language(resident_user):
    remember_language(user=resident_user, language="en")
    remember_display(user=resident_user, simple=True)

    preference = Preference.objects.get(user=resident_user)
    assert preference.simple
    assert preference.language == "en"


def test_the_standard_version_can_be_had_back(resident_user):
    remember_display(user=resident_user, simple=True)
    remember_display(user=resident_user, simple=False)

    assert not Preference.objects.get(user=resident_user).simple


def test_a_preference_is_one_persons_own(resident_user, neighbour_user):
    remember_language(user=resident_user, language="en")

    assert not Preference.objects.filter(user=neighbour_user).exists()
