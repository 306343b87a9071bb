"""What people fill in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certificates.forms import CheckForm, QuestionForm, ReturnForm
from certificates.wording import ANSWERS, QUESTIONS


@pytest.mark.parametrize("step", list(ANSWERS))
def test_each_question_offers_its_answers_and_takes_each(step):
    for code in ANSWERS[step]:
        form = QuestionForm({"answer": code}, step=step)

        assert form.is_valid()
        assert form.stored() == code


@pytest.mark.parametrize("step", list(QUESTIONS))
def test_each_question_is_its_own_heading_and_has_a_hint(step):
    field = QuestionForm(step=step)["answer"]

    assert field.label == str(QUESTIONS[step])
    assert field.help_text


@pytest.mark.parametrize("step", list(QUESTIONS))
@pytest.mark.parametrize("value", ["", "golden", "<script>"])
def test_no_other_answer_is_taken(step, value):
    form = QuestionForm({"answer": value}, step=step)

    assert not form.is_valid()
    assert form.errors["answer"]


def test_a_day_is_kept_in_iso_form():
    form = QuestionForm({"answer": "2026-05-31"}, step="expired_on")

    assert form.is_valid()
    assert form.stored() == "2026-05-31"


@pytest.mark.parametrize("value", ["2026-02-30", "31", "yesterday", "2026-13-01"])
def test_a_day_that_does_not_exist_says_how_to_write_one(value):
    form = QuestionForm({"answer": value}, step="expired_on")

    assert not form.is_valid()
    assert "2026-05-31" in form.errors["answer"][0]


def test_a_day_that_is_not_over_has_not_expired():
    today = timezone.localdate()

    assert not QuestionForm({"answer": str(today)}, step="expired_on").is_valid()
    assert QuestionForm({"answer": str(today - timedelta(days=1))}, step="expired_on").is_valid()


def test_a_return_has_a_reason_of_readable_length():
    assert ReturnForm({"reason": "記号がありません。"}).is_valid()
    assert not ReturnForm({"reason": "  "}).is_valid()
    assert not ReturnForm({"reason": "x" * 2001}).is_valid()


def test_a_return_holds_no_individual_number():
    assert "reason" in ReturnForm({"reason": "番号 6214 9832 0257"}).errors


def test_a_code_may_be_a_number_a_token_or_an_address():
    for code in ["C-7K3M-92QX", "a.b.c", "https://portal.example/certificates/check/?code=a.b.c"]:
        assert CheckForm({"code": code}).is_valid()
    assert not CheckForm({"code": ""}).is_valid()
    assert not CheckForm({"code": "x" * 2001}).is_valid()
