"""Drafts that nobody touches do not stay for ever."""

import datetime

import pytest

from accounts.files import store
from accounts.models import StoredFile
from reports import actions, drafts
from reports.models import Draft
from reports.tasks import KEPT_FOR, throw_away_old_drafts
from tests.reports.factories import attached

A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def draft(link, resident_user) -> Draft:
    """Answers and a photo that were not sent."""
    return attached(link, resident_user).draft


def last_touched(draft: Draft, at: datetime.datetime) -> None:
    """Nobody answered anything since."""
    Draft.objects.filter(pk=draft.pk).update(changed_at=at)


def test_a_draft_of_ninety_days_goes_with_its_files(draft, now, django_capture_on_commit_callbacks):
    path = StoredFile.objects.get().path
    last_touched(draft, now - KEPT_FOR - A_DAY)

    with django_capture_on_commit_callbacks(execute=True):
        thrown_away = throw_away_old_drafts()

    assert thrown_away == 1
    assert not Draft.objects.exists()
    assert not StoredFile.objects.exists()
    assert not store.shelf().exists(path)


def test_a_younger_draft_stays(draft, now):
    last_touched(draft, now - KEPT_FOR + A_DAY)

    assert throw_away_old_drafts() == 0
    assert Draft.objects.exists()


def test_a_draft_that_somebody_goes_on_with_stays(draft, link, resident_user, now):
    last_touched(draft, now - KEPT_FOR - A_DAY)
    actions.keep(link=link, answers={"kind": "ended"}, by=resident_user, at=now)

    thrown_away = drafts.throw_away(draft.pk, unless_changed_since=now - KEPT_FOR)

    assert not thrown_away
    assert Draft.objects.exists()


def test_adding_a_file_goes_on_with_a_draft(draft, link, resident_user, now):
    last_touched(draft, now - KEPT_FOR - A_DAY)
    attached(link, resident_user)

    assert throw_away_old_drafts() == 0
