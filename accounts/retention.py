"""What is over in this room: found by the moment before which it ended, removed a batch at a time."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import (
    Authority,
    Binding,
    Claim,
    ClaimProposal,
    Clearance,
    Invitation,
    KnownDevice,
    Lock,
    Mandate,
    MandateProposal,
    Protection,
)


def devices(*, before: datetime.datetime) -> QuerySet[KnownDevice]:
    """Those on which nobody signed in since."""
    return KnownDevice.objects.filter(seen_at__lt=before)


def claims(*, before: datetime.datetime) -> QuerySet[Claim]:
    """Requests that connected nothing."""
    return Claim.objects.filter(state__in=(Claim.State.REFUSED, Claim.State.OVER), ended_at__lt=before)


def proofs(*, before: datetime.datetime) -> QuerySet[Claim]:
    """Requests that connected a sign-in which belongs to nobody since."""
    bound = Binding.objects.filter(user=OuterRef("user"), resident=OuterRef("resident"))
    since = bound.exclude(ended_at__lt=before)
    return Claim.objects.filter(state=Claim.State.BOUND, ended_at__lt=before).exclude(Exists(since))


def bindings(*, before: datetime.datetime) -> QuerySet[Binding]:
    """Those that ended, and against which no request stands any more."""
    disputed = Claim.objects.filter(against=OuterRef("pk"))
    return Binding.objects.filter(ended_at__lt=before).exclude(Exists(disputed))


def authorities(*, before: datetime.datetime) -> QuerySet[Authority]:
    """Those that somebody ended."""
    return Authority.objects.filter(ended_at__lt=before)


def invitations(*, before: datetime.datetime) -> QuerySet[Invitation]:
    """Codes for helpers that open nothing any more."""
    return Invitation.objects.filter(ended_at__lt=before)


def mandates(*, before: datetime.datetime) -> QuerySet[Mandate]:
    """Requests to act for somebody that were decided, or that nobody followed up."""
    return Mandate.objects.filter(ended_at__lt=before)


def forget_mandates(ids: list[int]) -> int:
    """Remove requests with what staff proposed about them; papers went when they ended."""
    MandateProposal.objects.filter(mandate__in=ids).delete()
    return Mandate.objects.filter(pk__in=ids).delete()[0]


def locks(*, before: datetime.datetime) -> QuerySet[Lock]:
    """Those that a proof lifted."""
    return Lock.objects.filter(lifted_at__lt=before)


def protections(*, before: datetime.datetime) -> QuerySet[Protection]:
    """Those that two people lifted."""
    return Protection.objects.filter(ended_at__lt=before)


def clearances(*, before: datetime.datetime) -> QuerySet[Clearance]:
    """Those that were asked for before, decided or not."""
    return Clearance.objects.filter(proposed_at__lt=before)


def forget_claims(ids: list[int]) -> int:
    """Remove requests with what staff proposed about them."""
    ClaimProposal.objects.filter(claim__in=ids).delete()
    return Claim.objects.filter(pk__in=ids).delete()[0]
