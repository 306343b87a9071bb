"""What is told about reports and calls."""

from django.utils.translation import gettext_lazy as _

from notices.kinds.words import Kind

REPORTS = {
    "report.received": Kind(
        _("We received your report"),
        _("We stopped the record while we check it. The portal shows the next step and its latest date."),
        warns=True,
    ),
    "report.noted": Kind(
        _("We received your report"),
        _("We check it now. The portal shows the next step and its latest date."),
        warns=True,
    ),
    "report.by_code": Kind(
        _("A report was made with the code of a notice"),
        _(
            "We stopped what the notice was about for 5 working days. Was it you? "
            "Please sign in and confirm the report. Then it stays stopped until we have checked it."
        ),
    ),
    "report.moved": Kind(
        _("Your report moved a step on"),
        _("The portal shows what happened and what comes next."),
    ),
    "report.needs_you": Kind(
        _("We need an answer from you"),
        _("We asked you a question about your report. Please answer it in the portal."),
    ),
    "report.reminder": Kind(
        _("Our question still waits for you"),
        _("We asked you a question about your report. The portal shows until when you can answer."),
    ),
    "report.message": Kind(
        _("You have a message about your report"),
        _("Support wrote to you. Please read the message in the portal."),
    ),
    "report.withdrawn": Kind(
        _("Your report was withdrawn"),
        _(
            "We do not check the record any more because of it. "
            "If you did not want this, please report again."
        ),
        warns=True,
    ),
    "report.closed": Kind(
        _("Your report is finished"),
        _("The portal shows what we changed and why. If it is still wrong, you can tell us within 90 days."),
    ),
    "report.reopened": Kind(
        _("We check your report again"),
        _("You told us that it is still wrong. The portal shows the next step and its latest date."),
        warns=True,
    ),
    "report.hold_lapsed": Kind(
        _("A hold on your data has ended"),
        _(
            "Somebody made a report with the code of a notice, and nobody confirmed it in 5 working days. "
            "Our support goes on checking. You can stop the record again in the portal."
        ),
    ),
    "call.not_reached": Kind(
        _("We could not reach you by telephone"),
        _("You asked to be called back. Please call us, or ask for a call again in the portal."),
    ),
}
