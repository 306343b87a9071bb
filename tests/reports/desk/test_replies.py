"""Standard replies: in the resident's language, complete or refused."""

import pytest
from django.conf import settings
from django.utils import translation

from reports import actions
from reports.desk import replies
from reports.kinds import Cause
from reports.models import Message, Report
from tests.factories import FindingFactory
from tests.reports.desk.addresses import step_url, version
from tests.reports.other import other


@pytest.mark.parametrize("language", ["ja", "ja-x-easy", "en", "vi"])
@pytest.mark.parametrize("code", replies.REPLIES)
def test_every_reply_is_complete_in_the_language_of_the_report(report, code, language):
    report.language = language

    text = replies.text_of(code, report)

    assert "%(" not in text
    assert replies.is_unfinished(text) is (code == "paper")


def test_a_reply_is_in_the_resident_s_language_whatever_staff_read(report):
    report.language = "en"
    with translation.override("ja"):
        assert replies.text_of("asked", report).startswith("We asked Mihon Bank about your report")


def test_every_cause_that_is_told_has_a_reply_that_goes_with_it():
    told = {cause for reply in replies.REPLIES.values() for cause in reply.causes}

    assert set(Cause) - told == {Cause.REUSED_CERTIFICATE, Cause.NOT_LINKED, Cause.CARD_MIX_UP}


def test_a_reply_with_a_missing_field_is_refused(resident, resident_user):
    report = other(resident, resident_user, matter="health_insurance", office="")

    with pytest.raises(actions.ReportError, match="機関の名前"):
        replies.text_of("asked", report)


def test_the_page_begins_with_the_reply_and_says_what_is_missing(
    as_support, taken_report, resident, resident_user
):
    page = as_support.get(step_url(taken_report, "reply"), {"standard": "asked"})
    assert f"申し出（{taken_report.number}）" in page.content.decode()

    Report.objects.update(institution=None)
    report = other(resident, resident_user, matter="health_insurance", office="")
    page = as_support.get(step_url(report, "reply"), {"standard": "asked"})
    assert "ご自分で書いてください" in page.content.decode()


def test_the_replies_of_the_probable_cause_come_first(as_support, taken_report):
    FindingFactory.create(link=taken_report.link, reasons=["several_insurances"])

    page = as_support.get(step_url(taken_report, "reply"))

    assert page.context["standard"][0][0] == "insurances"
    assert settings.SUPPORT_PHONE in replies.text_of("insurances", taken_report)


def test_what_was_left_to_be_written_is_not_sent(as_support, taken_report):
    typed = {"version": version(taken_report), "text": replies.text_of("paper", taken_report)}

    page = as_support.post(step_url(taken_report, "reply"), typed)

    assert "まだ書かれていません" in page.content.decode()
    assert not Message.objects.exists()


def test_another_language_is_asked_about_once_and_nothing_is_lost(as_support, taken_report):
    typed = {"version": version(taken_report), "text": "Please send us a photo of your card."}
    page = as_support.post(step_url(taken_report, "reply"), typed).content.decode()

    assert "別の言語のようです" in page
    assert typed["text"] in page
    assert not Message.objects.exists()
    as_support.post(step_url(taken_report, "reply"), typed | {"anyway": "on"})
    assert Message.objects.get().text == typed["text"]
