"""How each kind is told: whether somebody may do without it, and whether paper follows in the end."""

from dataclasses import dataclass

from notices.kinds import KINDS

# kinds that tell of nothing that has to be done: whoever wants none of them only finds them in the inbox
OPTIONAL = frozenset(
    {
        "record.released",
        "report.moved",
        "report.message",
        "certificate.received",
        "acting.granted",
        "acting.changed",
        "acting.ended",
        "authority.declined",
        "export.failed",
    }
)
# areas of life (accounts.scopes.Area) in which a notice that reached nobody is printed: without insurance
# somebody stands at a clinic and pays everything
PRINTED = {
    "record.withheld": ("health",),
    "certificate.revoked": ("health",),
    "certificate.replaced": ("health",),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """`legal`: nobody can switch it off. `printed`: a letter follows where nothing else arrived."""

    legal: bool
    printed: bool


def policy(kind: str, area: str = "") -> Policy:
    """How a kind is told in an area of life; a warning is never optional."""
    legal = KINDS[kind].warns or kind not in OPTIONAL
    return Policy(legal=legal, printed=area in PRINTED.get(kind, ()))
