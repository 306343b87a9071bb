"""Both sides of an authority are told: each as the person whom their own inbox is about."""

import datetime

from accounts.models import Authority
from accounts.owners import tell_owner
from notices.actions import tell


def tell_subject(authority: Authority, kind: str, *, at: datetime.datetime) -> None:
    """Tell the person for whom somebody acts, and who stands in their place."""
    subject = ("authority", authority.public_id)
    tell(resident_id=authority.subject_id, kind=kind, subject=subject, at=at)


def tell_agent(authority: Authority, kind: str, *, at: datetime.datetime) -> None:
    """Tell whoever acts, in their own inbox: the other one may not be theirs to read any more."""
    tell_owner(user=authority.agent, kind=kind, at=at, subject=("authority", authority.public_id))
