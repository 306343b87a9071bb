"""How a record's state is said to residents: a shape (tone) and words, never colour alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from links.models import Link


@dataclass(frozen=True, slots=True)
class Status:
    """A sign of the sprite and the words beside it."""

    tone: str
    words: Promise


WITHHELD = Status("withheld", _("Stopped while we check it"))
NOT_CHECKED = Status("waiting", _("Not checked yet"))
GONE = Status("ended", _("No longer linked to your number"))
BEING_CHECKED = Status("waiting", _("Our staff are checking it"))
ENDED = Status("ended", _("Ended"))
CONFIRMED = Status("ok", _("You confirmed it"))
BY_VERDICT = {
    Link.Verdict.MATCH: Status("ok", _("Matches your data")),
    Link.Verdict.UNVERIFIABLE: Status("attention", _("Please check: is this yours?")),
    Link.Verdict.REVIEW: BEING_CHECKED,
    Link.Verdict.MISMATCH: BEING_CHECKED,
}


def status_of(link: Link) -> Status:
    """What is said about the record first: gone, withheld, unchecked, concealed, ended, then the verdict."""
    if not link.stands:
        return GONE
    if link.held:
        return WITHHELD
    if not link.was_checked:
        return NOT_CHECKED
    if not link.shows_details:
        return BEING_CHECKED
    if link.status == Link.Status.ENDED:
        return ENDED
    if link.settled_as == Link.Settlement.RIGHT:
        return BY_VERDICT[Link.Verdict.MATCH]
    return CONFIRMED if link.confirmed_at else BY_VERDICT[Link.Verdict(link.verdict)]


def asks_resident(link: Link) -> bool:
    """Whether only the resident can say if it is theirs, and has not said so yet."""
    return (
        link.verdict == Link.Verdict.UNVERIFIABLE
        and link.shows_details
        and not link.settled_as
        and link.status == Link.Status.ACTIVE
        and link.confirmed_at is None
    )
