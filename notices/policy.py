"""How each kind is told: whether somebody may do without it, whether it waits, whether paper follows."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from notices.kinds import KINDS

# kinds that tell of nothing that has to be done: whoever wants none of them only finds them in the inbox;
# each with the group in which it is chosen
OPTIONAL = {
    "record.linked": "records",
    "record.changed": "records",
    "record.checked": "records",
    "record.released": "records",
    "report.moved": "reports",
    "report.message": "reports",
    "certificate.received": "certificates",
    "acting.granted": "helpers",
    "acting.changed": "helpers",
    "acting.ended": "helpers",
    "authority.declined": "helpers",
    "export.failed": "records",
}
GROUPS = {
    "records": _("Your records: good news"),
    "reports": _("Your reports: steps and messages"),
    "certificates": _("The certificate: your application came in"),
    "helpers": _("Helping other people"),
}
# somebody else may be at work right now: this waits for no morning
URGENT = ("sign_in", "number", "export", "authority", "contact")
# areas of life (accounts.scopes.Area) in which a notice that reached nobody is printed: without insurance
# somebody stands at a clinic and pays everything
PRINTED = {
    "record.withheld": ("health",),
    "certificate.revoked": ("health",),
    "certificate.replaced": ("health",),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """`group`: in which somebody may switch it off, empty where nobody may. `urgent`: at night too.

    `printed`: a letter follows where nothing else arrived.
    """

    group: str
    urgent: bool
    printed: bool

    @property
    def legal(self) -> bool:
        """Whether nobody can switch it off."""
        return not self.group


def policy(kind: str, area: str = "") -> Policy:
    """How a kind is told in an area of life; a warning is never optional."""
    warns = KINDS[kind].warns
    return Policy(
        group="" if warns else OPTIONAL.get(kind, ""),
        urgent=warns and kind.partition(".")[0] in URGENT,
        printed=area in PRINTED.get(kind, ()),
    )
