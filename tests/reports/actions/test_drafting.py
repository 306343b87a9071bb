"""Drafts: what was answered stays."""

from django.utils import timezone

from accounts.models import StoredFile
from reports import actions
from reports.models import Draft, Report
from tests.factories import authority
from tests.reports.factories import attached


def test_an_answer_is_kept(link, resident_user, now):
    actions.keep(link=link, answers={"kind": "ended"}, by=resident_user, at=now)

    draft = Draft.objects.get()
    assert (draft.user, draft.link, draft.resident) == (resident_user, link, link.resident)
    assert draft.answers == {"kind": "ended"}
    assert draft.changed_at == now


def test_answers_to_other_questions_stay(link, resident_user, now):
    actions.keep(link=link, answers={"kind": "ended"}, by=resident_user, at=now)

    actions.keep(link=link, answers={"account": "It ended in March."}, by=resident_user, at=now)

    assert Draft.objects.get().answers == {"kind": "ended", "account": "It ended in March."}


def test_an_answer_given_again_replaces_the_first(link, resident_user, now):
    actions.keep(link=link, answers={"kind": "ended"}, by=resident_user, at=now)

    actions.keep(link=link, answers={"kind": "not_mine"}, by=resident_user, at=now)

    assert Draft.objects.get().answers == {"kind": "not_mine"}


def test_each_record_has_a_draft_of_its_own(link, insurance, resident_user, now):
    for record in (link, insurance):
        actions.keep(link=record, answers={"kind": "ended"}, by=resident_user, at=now)

    assert Draft.objects.count() == 2


def test_two_people_who_may_report_do_not_share_a_draft(link, resident, resident_user, neighbour_user, now):
    authority(agent=neighbour_user, subject=resident)
    actions.keep(link=link, answers={"kind": "ended"}, by=resident_user, at=now)

    actions.keep(link=link, answers={"kind": "not_mine"}, by=neighbour_user, at=now)

    assert Draft.objects.get(user=resident_user).answers == {"kind": "ended"}


def test_a_draft_touches_neither_record_nor_desk(link, resident_user, now):
    actions.keep(link=link, answers={"kind": "ended"}, by=resident_user, at=now)

    link.refresh_from_db()
    assert not link.held
    assert not Report.objects.exists()


def test_a_draft_that_is_thrown_away_takes_its_files_with_it(link, resident_user, neighbour_user):
    attached(link, resident_user)
    attached(link, neighbour_user)

    actions.discard(link=link, by=resident_user, at=timezone.now())

    assert Draft.objects.get().user == neighbour_user
    assert StoredFile.objects.get().handed_in_by == neighbour_user


def test_where_nothing_was_begun_nothing_is_thrown_away(link, resident_user, now):
    actions.discard(link=link, by=resident_user, at=now)

    assert not Draft.objects.exists()
