"""The steps that staff may take: one table, from which come the buttons, their forms and their rights."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.proposals.words import PROPOSED, WENT_BACK
from reports import actions
from reports.desk.forms import (
    AskInstitutionForm,
    AskResidentForm,
    AssignForm,
    NoteForm,
    OutcomeForm,
    ProposeForm,
    ReplyForm,
    SendBackForm,
    StepForm,
)
from reports.kinds import CLOSED, UNTAKEN, Kind, State
from reports.models import Proposal, Report

OPEN = tuple(state for state in State if state not in CLOSED)
CHECKED = (State.TRIAGED, State.WITH_INSTITUTION, State.AWAITING_RESIDENT)


def always(report: Report) -> bool:
    """Whatever the case is about."""
    return True


def has_record(report: Report) -> bool:
    """It is about a record of the number."""
    return report.link_id is not None


def has_no_record(report: Report) -> bool:
    """It is about something else."""
    return report.link_id is None


def has_paper_out(report: Report) -> bool:
    """The resident still has a paper with another person's data."""
    return report.kind == Kind.PRINTED and report.printout.is_out


@dataclass(frozen=True, slots=True)
class Verb:
    """One step: the words on its button and after it, its form, its action, its right, from where to where.

    `leads_to` holds the states of the table that it may enter, none where it leaves the case as it stands.
    `takes` says whether it goes with what the case is about. `tone` is outward where the resident reads what
    is written, inward where only staff do.
    """

    words: Promise
    done: Promise
    form: type[forms.Form]
    act: Callable[..., Any]
    begins_at: tuple[State, ...]
    leads_to: tuple[State, ...] = ()
    right: str = "desk.work"
    look: str = ""
    tone: str = ""
    names_institution: bool = False
    takes: Callable[[Report], bool] = always

    @property
    def on_the_case(self) -> bool:
        """Whether it is a button of its own: what is written into the conversation has its form already."""
        return bool(self.leads_to) or self.form in (StepForm, AssignForm)

    @property
    def takes_standard(self) -> bool:
        """Whether it can begin with a standard reply."""
        return self.tone == "outward"


VERBS = {
    "take": Verb(
        words=_("Take this case"),
        done=_("The case is yours."),
        form=StepForm,
        act=actions.take,
        begins_at=UNTAKEN,
        leads_to=(State.TRIAGED,),
        look="main",
    ),
    "approve": Verb(
        words=_("Approve the correction"),
        done=_("The correction was carried out. The resident is told."),
        form=StepForm,
        act=actions.approve,
        begins_at=(State.PROPOSED,),
        leads_to=(State.WITH_INSTITUTION, State.CORRECTED, State.NOT_AN_ERROR),
        right="desk.approve",
        look="main",
    ),
    "send-back": Verb(
        words=_("Send it back"),
        done=WENT_BACK,
        form=SendBackForm,
        act=actions.send_back,
        begins_at=(State.PROPOSED,),
        leads_to=(State.TRIAGED,),
        right="desk.approve",
        tone="inward",
    ),
    "propose": Verb(
        words=_("Propose a correction"),
        done=PROPOSED,
        form=ProposeForm,
        act=actions.propose,
        begins_at=CHECKED,
        leads_to=(State.PROPOSED,),
        look="main",
        takes=has_record,
    ),
    "outcome": Verb(
        words=_("Propose to close the case"),
        done=PROPOSED,
        form=OutcomeForm,
        act=actions.propose,
        begins_at=CHECKED,
        leads_to=(State.PROPOSED,),
        look="main",
        takes=has_no_record,
    ),
    "paper-back": Verb(
        words=_("The paper came back"),
        done=_("We noted that the paper came back. The resident is told."),
        form=StepForm,
        act=actions.take_paper_back,
        begins_at=OPEN,
        takes=has_paper_out,
    ),
    "institution": Verb(
        words=_("Ask the institution"),
        done=_("The case waits for the institution."),
        form=AskInstitutionForm,
        act=actions.ask_institution,
        begins_at=(State.TRIAGED, State.AWAITING_RESIDENT),
        leads_to=(State.WITH_INSTITUTION,),
        tone="inward",
        names_institution=True,
    ),
    "resident": Verb(
        words=_("Ask the resident"),
        done=_("Your question was sent to the resident."),
        form=AskResidentForm,
        act=actions.ask_resident,
        begins_at=(State.TRIAGED, State.WITH_INSTITUTION),
        leads_to=(State.AWAITING_RESIDENT,),
        tone="outward",
    ),
    "resume": Verb(
        words=_("Go on checking"),
        done=_("The case is being checked again."),
        form=StepForm,
        act=actions.take,
        begins_at=(State.WITH_INSTITUTION, State.AWAITING_RESIDENT),
        leads_to=(State.TRIAGED,),
    ),
    "assign": Verb(
        words=_("Give it to somebody"),
        done=_("The case is in other hands now."),
        form=AssignForm,
        act=actions.assign,
        begins_at=OPEN,
    ),
    "reply": Verb(
        words=_("Send to the resident"),
        done=_("Your message was sent to the resident."),
        form=ReplyForm,
        act=actions.reply,
        begins_at=OPEN,
        tone="outward",
    ),
    "note": Verb(
        words=_("Keep the note"),
        done=_("The note was kept."),
        form=NoteForm,
        act=actions.note,
        begins_at=OPEN,
        tone="inward",
    ),
}


@dataclass(frozen=True, slots=True)
class Button:
    """A step that may be taken now: its code, words and look; `at_once`: it needs nothing to be written."""

    code: str
    words: Promise
    look: str
    at_once: bool


def may_take(verb: Verb, report: Report, user: User) -> bool:
    """Whether the person may take the step from where the case stands."""
    return report.state in verb.begins_at and user.may(verb.right) and verb.takes(report)


def buttons(report: Report, user: User, proposal: Proposal | None) -> list[Button]:
    """The next allowed steps, nothing else; who proposed a correction gets none that decides about it."""
    own = proposal is not None and proposal.proposed_by_id == user.pk
    return [
        Button(code, verb.words, verb.look, at_once=verb.form is StepForm)
        for code, verb in VERBS.items()
        if verb.on_the_case and may_take(verb, report, user) and not (own and verb.right == "desk.approve")
    ]
