"""What accounts do by themselves."""

import datetime

from celery import shared_task
from django.utils import timezone

from accounts import heads, sealing
from accounts.acting import closing, ending
from accounts.files import store
from accounts.joining import forget_unproven
from accounts.models import Claim
from accounts.sessions import SessionStore

# longer than any transaction: what has no row by then never gets one
ONE_DAY = datetime.timedelta(days=1)


@shared_task(ignore_result=True)
def sweep_files() -> int:
    """Remove stored bytes whose transaction was rolled back, or whose removal was cut off; how many."""
    return store.sweep(before=timezone.now() - ONE_DAY)


@shared_task(ignore_result=True)
def sweep_claims() -> int:
    """End claims, mandates and codes that nobody followed up, and forget what was stated; how many."""
    now = timezone.now()
    others = ending.sweep_offers(at=now) + closing.sweep(at=now)
    return others + Claim.objects.outlived(at=now).update(state=Claim.State.OVER, ended_at=now, stated={})


@shared_task(ignore_result=True)
def end_authority() -> int:
    """End authority, and sign-ins of the dead, that stand on nothing any more; how many authorities."""
    return ending.end_due(at=timezone.now())


@shared_task(ignore_result=True)
def sweep_sign_ins() -> int:
    """Delete sign-ins whose address nobody proved; how many."""
    return forget_unproven(at=timezone.now())


@shared_task(ignore_result=True)
def sweep_sessions() -> None:
    """Remove the rows of sessions that came to their end."""
    SessionStore.clear_expired()


@shared_task(ignore_result=True)
def seal_trail() -> int:
    """Seal the events that wait for it; how many."""
    return sealing.seal_waiting(at=timezone.now())


@shared_task(ignore_result=True)
def sign_head() -> None:
    """Seal what was committed late too, and sign where the trail ends today."""
    now = timezone.now()
    sealing.seal_waiting(at=now, whole=True)
    heads.make_head(at=now)
