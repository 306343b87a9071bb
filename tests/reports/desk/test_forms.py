"""What staff write: clear about who reads it."""

import pytest

from reports.desk.filters import QueueFilter
from reports.desk.forms import (
    AskInstitutionForm,
    AskResidentForm,
    NoteForm,
    ProposeForm,
    ReplyForm,
    SendBackForm,
    StepForm,
)
from reports.kinds import Cause
from tests.reports.factories import CORRECTION, RELEASE


@pytest.mark.parametrize("correction", [CORRECTION, RELEASE])
def test_a_complete_proposal_is_accepted(correction):
    form = ProposeForm(correction | {"version": 1})

    assert form.is_valid(), form.errors
    assert form.cleaned_data == correction | {"version": 1, "request": ""}


@pytest.mark.parametrize("left_out", CORRECTION)
def test_each_part_of_a_proposal_is_needed(left_out):
    form = ProposeForm(CORRECTION | {"version": 1, left_out: ""})

    assert list(form.errors) == [left_out]


@pytest.mark.parametrize("cause", Cause)
def test_only_not_an_error_releases_a_record(cause):
    form = ProposeForm(RELEASE | {"version": 1, "cause": cause})

    assert form.is_valid() == (cause == Cause.NOT_AN_ERROR)


@pytest.mark.parametrize("cause", Cause)
def test_every_other_cause_removes_it(cause):
    form = ProposeForm(CORRECTION | {"version": 1, "cause": cause})

    assert form.is_valid() == (cause != Cause.NOT_AN_ERROR)


@pytest.mark.parametrize("form", [AskInstitutionForm, AskResidentForm, ReplyForm, SendBackForm, NoteForm])
def test_an_empty_text_says_what_to_do(form):
    assert form({"version": 1, "text": " "}).errors["text"] == ["文を書いてください。"]


@pytest.mark.parametrize("form", [AskInstitutionForm, AskResidentForm, ReplyForm, SendBackForm, NoteForm])
def test_no_text_of_staff_may_hold_an_individual_number(form):
    assert "text" in form({"version": 1, "text": "番号 6214 9832 0257"}).errors


@pytest.mark.parametrize("form", [AskResidentForm, ReplyForm])
def test_what_the_resident_reads_says_so(form):
    assert "住民がこの文を読みます" in str(form().fields["text"].help_text)


def test_a_note_says_that_the_resident_never_sees_it():
    assert str(NoteForm().fields["text"].help_text) == "住民には見えません。"


def test_a_step_names_the_version_on_which_it_was_decided():
    assert not StepForm({}).is_valid()
    assert StepForm({"version": "3"}).is_valid()


def test_an_unknown_filter_is_refused(db):
    assert not QueueFilter({"state": "lost"}).is_valid()
    assert QueueFilter({}).is_valid()
