"""What accounts do by themselves."""

import datetime

from celery import shared_task
from django.utils import timezone

from accounts.files import store

# longer than any transaction: what has no row by then never gets one
ONE_DAY = datetime.timedelta(days=1)


@shared_task(ignore_result=True)
def sweep_files() -> int:
    """Remove stored bytes whose transaction was rolled back, or whose removal was cut off; how many."""
    return store.sweep(before=timezone.now() - ONE_DAY)
