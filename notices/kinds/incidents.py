"""What is told to everybody whom an incident concerns."""

from django.utils.translation import gettext_lazy as _

from notices.kinds.words import Kind

INCIDENTS = {
    "incident.affects_you": Kind(
        _("An incident concerns your data"),
        _(
            "An office made the same mistake with the records of several people. "
            "Your data are among them. The portal shows what happened and what we do."
        ),
    ),
    "incident.taken_back": Kind(
        _("We took back what we did because of an incident"),
        _("Your record is again as it was before. The portal shows what happened."),
    ),
}
