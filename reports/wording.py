"""What residents read about the states of a report: for a record, and for what is no record."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.kinds import Kind, State

# how components/headline.html shows it, what is so, what comes next
Words = tuple[str, Promise, Promise]
NO_MORE = _("Nothing more is to be done.")
STILL_WRONG = _("You told us that it is still wrong. We check it again.")
WORDS: dict[str, Words] = {
    State.RECEIVED: (
        "fixing",
        _("We received your report."),
        _("Our support begins to check it."),
    ),
    State.REOPENED: ("fixing", STILL_WRONG, _("Our support begins to check it.")),
    State.TRIAGED: (
        "fixing",
        _("Our support is checking the record."),
        _("We tell you what we found."),
    ),
    State.WITH_INSTITUTION: (
        "fixing",
        _("We asked %(institution)s."),
        _("%(institution)s answers us, and we tell you."),
    ),
    State.AWAITING_RESIDENT: (
        "needs",
        _("We need your answer."),
        _("Please answer our question on this page."),
    ),
    State.PROPOSED: (
        "fixing",
        _("We have a result. A second member of staff checks it."),
        _("We tell you the result."),
    ),
    State.CORRECTED: ("ok", _("The record was removed from your number."), NO_MORE),
    State.NOT_AN_ERROR: ("ok", _("We checked it: the record is yours."), NO_MORE),
    State.WITHDRAWN: ("ok", _("The report was withdrawn."), NO_MORE),
}
WITHOUT_RECORD: dict[str, Words] = WORDS | {
    State.TRIAGED: ("fixing", _("Our support is checking it."), _("We tell you what we found.")),
    State.CORRECTED: ("ok", _("It was put right."), NO_MORE),
    State.NOT_AN_ERROR: ("ok", _("We checked it: there was nothing to put right."), NO_MORE),
}
ISSUER_IS_TOLD = _("Our support tells %(institution)s, who issued the certificate.")
SOME_ISSUER_IS_TOLD = _("Our support tells the municipality that issued the certificate.")
THE_OFFICE = _("the office")

HISTORY: dict[str, Promise] = {
    State.RECEIVED: _("You sent the report. We stopped the use of the record."),
    State.REOPENED: STILL_WRONG,
    State.TRIAGED: _("Our support began to check."),
    State.WITH_INSTITUTION: _("We asked %(institution)s."),
    State.AWAITING_RESIDENT: _("We asked you a question."),
    State.PROPOSED: _("We had a result. A second member of staff began to check it."),
    State.CORRECTED: _("Two members of staff decided: the record was removed from your number."),
    State.NOT_AN_ERROR: _("Two members of staff decided: the record is yours."),
    State.WITHDRAWN: _("The report was withdrawn."),
}
HISTORY_WITHOUT_RECORD: dict[str, Promise] = HISTORY | {
    State.RECEIVED: _("You sent the report."),
    State.CORRECTED: _("Two members of staff decided: it was put right."),
    State.NOT_AN_ERROR: _("Two members of staff decided: there was nothing to put right."),
}
# how the history begins where the kind of report says more
BEGINNINGS: dict[str, Promise] = {
    Kind.MINE: _(
        "You said that the record is yours. It stays stopped until two members of our staff decide."
    ),
    Kind.SAW_OTHER: _("You told us that you saw another person's information. We hid the record at once."),
}
# what the page says after sending
HIDDEN = _("We stopped the use of the record, and its details are hidden.")
TOLD = _("Your report is in front of our support.")
DONE: dict[str, Promise] = {
    Kind.MINE: BEGINNINGS[Kind.MINE],
    Kind.SAW_OTHER: _(
        "We hid the record at once. Please tell nobody what you saw. You need not write anything down for us."
    ),
}
BY_CODE = _("Somebody made this report with the code of a notice, without signing in.")
GOES_ON = _("Our support went on checking.")
RECORD_LEFT = (
    _("%(institution)s moved the record to another number. It is not on yours any more."),
    _("Our support checks whether everything is right now, and tells you."),
)
