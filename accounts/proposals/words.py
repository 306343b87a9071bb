"""What is said wherever one member of staff proposes and another one decides."""

from django.utils.translation import gettext_lazy as _

PROPOSED = _("The proposal waits for a second person.")
WENT_BACK = _("The proposal went back.")
WAITS = _("A proposal waits for a second person already.")
NOTHING_WAITS = _("Nothing waits for a decision here. Somebody decided already, or it was sent back.")
OWN_PROPOSAL = _("You proposed this yourself. Another person must decide.")
REASON = _("Reason for the second person")
