"""The four questions and what they accept."""

import pytest

from reports.forms import QUESTIONS, MessageForm, ReachForm, SinceForm, StoryForm, WhatForm, answers_of
from reports.kinds import WRONG, Kind, Reach, Since
from tests.reports.factories import ANSWERS


@pytest.mark.parametrize("kind", [kind for kind, _words in WRONG])
def test_each_kind_can_be_chosen(kind):
    assert WhatForm({"kind": kind}).is_valid()


@pytest.mark.parametrize("since", Since.values)
def test_each_time_can_be_chosen(since):
    assert SinceForm({"known_since": since}).is_valid()


@pytest.mark.parametrize(
    ("form", "field"), [(WhatForm, "kind"), (SinceForm, "known_since"), (ReachForm, "reach_by")]
)
def test_a_question_without_an_answer_says_what_to_do(form, field):
    assert form({}).errors[field] == ["ひとつ選んでください。"]


def test_an_answer_that_was_not_offered_is_refused():
    form = WhatForm({"kind": Kind.MINE})

    assert not form.is_valid()


def test_the_story_may_be_left_out():
    assert StoryForm({"account": ""}).is_valid()


def test_the_story_must_not_hold_an_individual_number():
    assert "account" in StoryForm({"account": "番号は６２１４９８３２０２５７です"}).errors


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("090-1234-5678", "090-1234-5678"),
        ("０９０ー１２３４ー５６７８", "090-1234-5678"),
        (" 0312345678 ", "0312345678"),
        ("03(1234)5678", "03(1234)5678"),
        ("+81 90 1234 5678", "+81 90 1234 5678"),
    ],
)
def test_a_telephone_number_is_read_as_people_write_it(typed, kept):
    form = ReachForm({"reach_by": Reach.TELEPHONE, "telephone": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["telephone"] == kept


@pytest.mark.parametrize("typed", ["", "12345", "no telephone", "090-1234-567a", "0" * 20, "621498320257"])
def test_who_wants_to_be_called_must_give_a_number(typed):
    form = ReachForm({"reach_by": Reach.TELEPHONE, "telephone": typed})

    assert "telephone" in form.errors


@pytest.mark.parametrize("typed", ["", "090-1234-5678", "nonsense"])
def test_who_wants_no_call_leaves_no_number(typed):
    form = ReachForm({"reach_by": Reach.PORTAL, "telephone": typed})

    assert form.is_valid()
    assert form.cleaned_data["telephone"] == ""


def test_a_complete_draft_becomes_the_answers():
    assert answers_of(dict(ANSWERS)) == (ANSWERS, "")


@pytest.mark.parametrize(
    ("left_out", "step"),
    [("kind", "what"), ("known_since", "since"), ("account", "story"), ("reach_by", "reach")],
)
def test_the_first_question_without_an_answer_is_found(left_out, step):
    draft = {name: value for name, value in ANSWERS.items() if name != left_out}

    assert answers_of(draft)[1] == step


def test_an_empty_draft_begins_at_the_beginning():
    assert answers_of({}) == ({}, "what")


def test_an_answer_that_is_no_longer_valid_is_asked_again():
    answers, missing = answers_of(ANSWERS | {"known_since": "yesteryear"})

    assert missing == "since"
    assert answers == {"kind": "not_mine"}


def test_an_empty_story_counts_as_answered():
    assert answers_of(ANSWERS | {"account": ""})[1] == ""


def test_no_question_asks_for_what_another_asks():
    names = [name for question in QUESTIONS.values() for name in question.base_fields]

    assert len(names) == len(set(names))


def test_an_empty_message_is_refused():
    assert MessageForm({"text": "  "}).errors["text"] == ["メッセージを書いてください。"]
