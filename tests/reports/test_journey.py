"""The way from question to question."""

import pytest
from django.urls import reverse

from accounts.models import StoredFile
from reports.attachments import of_draft
from reports.forms import QUESTIONS, ReachForm, StoryForm, WhatForm
from reports.journey import (
    FILES,
    NO_FILES,
    STEPS,
    Place,
    check_url,
    in_words,
    last_page,
    named,
    question_url,
    summary,
)
from tests.reports.factories import ANSWERS, attached


def test_the_first_question_leads_back_to_the_record(link):
    assert Place(link, "what").back_url == link.get_absolute_url()


def test_every_other_question_leads_back_to_the_one_before(link):
    ways = [(Place(link, step).back_url, before) for before, step in zip(STEPS, STEPS[1:], strict=False)]

    assert all(way == question_url(link, before) for way, before in ways)


def test_going_on_passes_every_question_and_ends_at_the_last_page(link):
    seen = [question_url(link, STEPS[0])]
    for step in STEPS:
        seen.append(Place(link, step).next_url)

    assert seen == [*(question_url(link, step) for step in STEPS), check_url(link)]


@pytest.mark.parametrize("step", STEPS)
def test_who_came_from_the_last_page_goes_back_there(link, step):
    place = Place(link, step, checking=True)

    assert {place.back_url, place.next_url} == {check_url(link)}


def test_the_questions_are_counted_from_one(link):
    pages = [Place(link, step).page() for step in STEPS]

    assert [page["step"] for page in pages] == [1, 2, 3, 4, 5]
    assert {page["total"] for page in pages} == {5}


def test_only_a_question_of_more_than_a_field_has_a_heading_of_its_own(link):
    headed = [step for step in STEPS if Place(link, step).page()["question"]]

    assert headed == ["files", "reach"]


def test_every_question_in_words_is_asked_on_the_way():
    assert [step for step in STEPS if step != FILES] == list(QUESTIONS)


def test_the_addresses_are_those_of_the_pages(link):
    assert question_url(link, "since") == reverse("reports:question", args=[link.public_id, "since"])
    assert check_url(link) == reverse("reports:check", args=[link.public_id])


def test_the_summary_says_every_answer_in_words(link):
    rows = summary(link, ANSWERS | {"reach_by": "telephone", "telephone": "090-1234-5678"}, [])

    values = [str(row["value"]) for row in rows]
    assert values == [
        "わたしのものではない",
        "今週",
        "この口座に覚えがありません。",
        str(NO_FILES),
        "電話で",
        "090-1234-5678",
    ]


def test_each_answer_can_be_changed_and_comes_back(link):
    rows = summary(link, dict(ANSWERS), [])

    assert [row["url"] for row in rows] == [f"{question_url(link, step)}?check=1" for step in STEPS]


def test_a_telephone_number_that_is_not_needed_is_not_shown(link):
    keys = [str(row["key"]) for row in summary(link, dict(ANSWERS), [])]

    assert "電話番号" not in keys


def test_what_was_not_written_is_said(link):
    rows = summary(link, ANSWERS | {"account": ""}, [])

    assert str(rows[2]["value"]) == "書いていません"


def test_files_are_said_by_their_names(link, resident_user):
    for name in ("保険証.jpg", "", "letter.pdf"):
        attached(link, resident_user, name=name)

    _key, value = named(of_draft(resident_user, link))

    assert value == f"保険証.jpg, {StoredFile.ContentType.JPEG.label}, letter.pdf"


def test_choices_are_said_in_words_and_text_as_it_is():
    assert in_words(WhatForm().fields["kind"], "ended") == "もう終わっているのに残っている"
    assert in_words(StoryForm().fields["account"], "ended") == "ended"
    assert in_words(ReachForm().fields["reach_by"], "pigeon") == "pigeon"


def test_the_last_page_leads_back_to_the_last_question(link):
    assert last_page(link, dict(ANSWERS), [])["back_url"] == question_url(link, STEPS[-1])
