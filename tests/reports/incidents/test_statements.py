"""What the public is told: from a template, by two people, in three languages, and never who it was."""

import datetime

import pytest
from django.utils import timezone

from accounts.refusal import AccountError
from reports.incidents import actions, leaks, statements
from reports.incidents.clocks import clocks
from reports.models import Incident
from tests import factories
from tests.reports.incidents.factories import applied, begun, incident_of, stated, wrong_links


def test_the_template_says_who_and_why_in_three_languages(support):
    incident = incident_of(1, support)

    texts = statements.template(incident)

    assert "見本銀行" in texts["ja"]["happened"]
    assert "Mihon Bank" in texts["en"]["happened"]
    assert "共用端末" in texts["ja"]["happened"] or "端末" in texts["ja"]["happened"]
    assert len({texts[code]["happened"] for code in texts}) == 3


def test_two_people_publish_and_the_clock_ends(support, supervisor, today):
    incident = incident_of(1, support)
    stated(incident, support)
    assert not incident.statements.published()

    statements.publish(incident=incident, by=supervisor, at=timezone.now())

    public, *others = clocks(incident, today=today)
    assert (public.done_at is not None, [each.done_at for each in others]) == (True, [None, None])


def test_who_wrote_it_does_not_publish_it(supervisor):
    incident = incident_of(1, supervisor)
    stated(incident, supervisor)

    with pytest.raises(AccountError):
        statements.publish(incident=incident, by=supervisor, at=timezone.now())


@pytest.mark.parametrize("name", ["本田　次郎", "本田次郎", "ホンダ ジロウ", "ﾎﾝﾀﾞ ｼﾞﾛｳ", "BK0000099999"])
def test_words_that_name_somebody_affected_are_refused(name, support, institution):
    links = wrong_links(1, institution)
    links[0].resident.name, links[0].resident.name_kana = "本田　次郎", "ホンダ　ジロウ"
    links[0].resident.save()
    links[0].reference = "BK0000099999"
    links[0].save()
    incident = begun(institution, support)

    with pytest.raises(AccountError, match="名前"):
        stated(incident, support, changed=f"{name} は直りました。")


@pytest.mark.parametrize("count", ["3人", "３件", "5 people", "9 records"])
def test_a_small_number_is_refused_and_a_large_one_is_not(count, support):
    incident = incident_of(1, support)
    with pytest.raises(AccountError, match="10未満"):
        stated(incident, support, changed=f"{count} が残ります。")

    assert stated(incident, support, changed="1,204人 に知らせました。").pk


def test_words_are_read_once_more_when_they_are_published(support, supervisor, institution):
    wrong_links(1, institution)
    incident = begun(institution, support)
    stated(incident, support, changed="後から来た 山岡千代 です。")
    later = factories.ResidentFactory.create(name="山岡　千代")
    incident.people.create(resident=later, role="number")

    with pytest.raises(AccountError):
        statements.publish(incident=incident, by=supervisor, at=timezone.now())


def test_the_draft_for_the_commission_is_filled_in_and_its_clocks_run(support):
    incident = incident_of(3, support)
    applied(incident, support)

    draft = leaks.draft(incident)

    assert draft["number"] == "3人、記録3件"
    assert "見本銀行" in draft["outline"]
    assert "知らせた人数：3人" in draft["response"]
    found = incident.discovered_on
    days = [(each.until - found).days for each in clocks(incident, today=found)]
    assert days == [3, 5, 30]
    late = clocks(incident, today=found + datetime.timedelta(days=6))
    assert [each.tone for each in late] == ["wrong", "wrong", "info"]


def test_a_report_that_was_sent_is_not_changed_any_more(support, supervisor):
    incident = incident_of(1, support)
    answers = leaks.draft(incident)
    deed = {"incident": incident, "stage": "final"}
    leaks.write(**deed, answers=answers, by=support, at=timezone.now())

    leaks.send(**deed, receipt="2026-0001", by=supervisor, at=timezone.now())

    with pytest.raises(AccountError):
        leaks.write(**deed, answers=answers, by=support, at=timezone.now())
    with pytest.raises(AccountError):
        leaks.send(**deed, receipt="2026-0002", by=supervisor, at=timezone.now())


def test_an_incident_is_finished_only_once_public_and_commission_know_what_changed(support, supervisor):
    incident = incident_of(1, support)
    deed = {"incident": incident, "by": supervisor, "at": timezone.now()}
    leaks.write(**deed, stage="final", answers=leaks.draft(incident))
    leaks.send(**deed, stage="final", receipt="1")
    stated(incident, support)
    statements.publish(**deed)
    with pytest.raises(AccountError):
        actions.close(**deed)

    stated(incident, support, changed="全部直しました。")
    statements.publish(**deed)
    actions.close(**deed)

    assert Incident.objects.get().state == Incident.State.CLOSING
