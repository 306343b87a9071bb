"""What a case page is made of."""

import pytest

from links.models import Change
from links.review.rules.reasons import REASONS
from notices.models import Delivery
from reports import actions
from reports.desk.case import history, page, reasons, told
from reports.models import Report
from tests.factories import FindingFactory
from tests.reports.factories import do

ELEMENTS = {
    "name": "missing",
    "kana": "other",
    "birth_date": "missing",
    "sex": "missing",
    "address": "missing",
}


def opened(report: Report, user, today) -> dict:
    """What the page shows to somebody."""
    return page(Report.objects.with_record().get(pk=report.pk), user=user, today=today)


def test_register_and_record_stand_side_by_side(report, link, support, today):
    link.holder_kana = "イノウエ　ケンイチ"
    link.save()
    FindingFactory.create(link=link, elements=ELEMENTS, reasons=["other_given_name"])

    rows = {row.element: row for row in opened(report, support, today)["rows"]}

    assert (rows["kana"].ours, rows["kana"].theirs) == (link.resident.name_kana, "イノウエ　ケンイチ")
    assert (rows["kana"].tone, rows["kana"].decided) == ("wrong", True)


def test_the_last_finding_counts(report, link, support, today):
    FindingFactory.create(link=link, reasons=["name_and_birth_date"])
    last = FindingFactory.create(link=link, elements=ELEMENTS, reasons=["other_given_name"])

    assert opened(report, support, today)["finding"] == last


def test_a_record_that_was_not_checked_has_no_rows(report, support, today):
    shown = opened(report, support, today)

    assert (shown["rows"], shown["reasons"], shown["finding"]) == ([], [], None)


def test_reasons_are_sentences_for_staff_in_their_order(link):
    finding = FindingFactory.create(link=link, reasons=["other_given_name", "kana_differs"])

    said = reasons(finding)

    assert len(said) == 2
    assert REASONS["other_given_name"].resident not in said


def test_a_reason_that_nobody_knows_is_left_out(link):
    finding = FindingFactory.create(link=link, reasons=["from_another_planet", "kana_differs"])

    assert len(reasons(finding)) == 1


def test_the_details_begin_with_the_reference_and_skip_what_was_not_sent(report, link, support, today):
    link.details = {"bank_name": "見本銀行", "branch_name": ""}
    link.save()

    rows = opened(report, support, today)["details"]

    assert [row["value"] for row in rows] == [link.reference, "見本銀行"]


def test_the_details_say_codes_in_words(report, link, support, today):
    link.details = {"account_type": "1", "account_number": "1234567"}
    link.save()

    rows = opened(report, support, today)["details"]

    assert [str(row["value"]) for row in rows[1:]] == ["普通", "1234567"]


def test_the_history_holds_record_and_report_in_order(taken_report, support):
    events = history(taken_report, list(taken_report.steps.all()))

    assert [event.at for event in events] == sorted(event.at for event in events)
    assert support.name in {event.who for event in events}
    assert len(events) == taken_report.steps.count() + taken_report.link.changes.count()


def test_a_verdict_in_the_history_says_which(report, link, now):
    Change.objects.create(
        link=link, resident=link.resident, kind=Change.Kind.VERDICT, after={"verdict": "mismatch"}, at=now
    )

    (event,) = [event for event in history(report, list(report.steps.all())) if ":" in event.title]
    assert event.who == ""


def test_what_the_resident_was_told_says_whether_it_arrived(report, resident_user, now):
    notice = report.resident.notices.get(kind="report.received")
    Delivery.objects.create(
        notice=notice,
        noticed_at=notice.created_at,
        resident=report.resident,
        recipient=resident_user,
        channel="email",
        state=Delivery.State.ACCEPTED,
        changed_at=now,
    )

    (line,) = told(report)

    assert line["ways"] == ["メール: 送信済み (日本語)"]


def test_what_was_told_about_other_things_is_not_shown(report, insurance, resident_user, now):
    other = actions.file(
        link=insurance,
        answers={"kind": "ended", "known_since": "today"},
        language="ja",
        simple=False,
        by=resident_user,
        at=now,
    )

    subjects = {line["notice"].subject_id for line in told(report)}

    assert other.public_id not in subjects


def test_conversation_and_notes_never_mix(report, support, resident_user, now, today):
    actions.answer(report=report, text="from the resident", by=resident_user, at=now)
    do("reply", report, support, text="to the resident")
    actions.note(report=report, text="only for us", by=support, at=now)

    shown = opened(report, support, today)

    assert [message.text for message in shown["talk"]] == ["from the resident", "to the resident"]
    assert [message.text for message in shown["notes"]] == ["only for us"]


def test_both_forms_have_names_of_their_own(report, support, today):
    shown = opened(report, support, today)

    ids = {shown["reply_form"]["text"].id_for_label, shown["note_form"]["text"].id_for_label}
    assert len(ids) == 2


def test_an_auditor_writes_nothing(report, auditor, today):
    shown = opened(report, auditor, today)

    assert (shown["reply_form"], shown["note_form"], shown["buttons"]) == (None, None, [])


def test_the_proposer_is_told_that_another_person_decides(proposed_report, support, supervisor, today):
    assert opened(proposed_report, support, today)["own_proposal"]
    assert not opened(proposed_report, supervisor, today)["own_proposal"]


@pytest.mark.parametrize(
    ("language", "name"), [("ja", "日本語"), ("ja-x-easy", "やさしい にほんご"), ("en", "English")]
)
def test_the_language_of_the_resident_is_named_in_itself(report, support, today, language, name):
    Report.objects.update(language=language)

    assert opened(report, support, today)["language_name"] == name


def test_a_long_case_asks_no_more_than_a_short_one(
    taken_report, resident_user, support, now, today, django_assert_max_num_queries
):
    for number in range(6):
        actions.answer(report=taken_report, text=f"Question {number}", by=resident_user, at=now)
        do("reply", taken_report, support, text=f"Answer {number}")
        actions.note(report=taken_report, text=f"Note {number}", by=support, at=now)

    with django_assert_max_num_queries(10):
        opened(taken_report, support, today)
