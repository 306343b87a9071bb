"""What can be told: each kind's title and text. No personal data, no sign-in link: these go out by mail."""

from django.utils.translation import gettext_lazy as _

from notices.kinds.certificates import CERTIFICATES
from notices.kinds.helpers import HELPERS
from notices.kinds.incidents import INCIDENTS
from notices.kinds.records import RECORDS
from notices.kinds.reports import REPORTS
from notices.kinds.sign_ins import SIGN_INS
from notices.kinds.words import Kind

# for people whose mail somebody else may read
NEUTRAL = Kind(_("There is a message for you"), _("You can read it in the portal."))
KINDS = RECORDS | REPORTS | CERTIFICATES | SIGN_INS | HELPERS | INCIDENTS
