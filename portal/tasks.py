"""Background work of the whole service."""

from celery import shared_task
from django.db import connection
from django.utils import timezone

from notices.partitions import PartitionError, make_ahead
from portal import figures, scorecards
from portal.models import Export
from portal.privacy import forgetting, making


@shared_task
def compute_figures() -> None:
    """Compute the public figures of today, and a scorecard for each institution."""
    today = timezone.localdate()
    figures.compute(day=today)
    scorecards.compute(day=today)


@shared_task(autoretry_for=(PartitionError,), retry_kwargs={"countdown": 600, "max_retries": 6})
def make_partitions() -> None:
    """Make the partitions of the months ahead; what stands in the way is tried again, then logged."""
    make_ahead(connection, on=timezone.localdate())


@shared_task(ignore_result=True)
def make_export(*, export_id: int) -> None:
    """Make the copy that somebody asked for; repeating it makes no second one."""
    making.make(export_id)


@shared_task(ignore_result=True)
def repeat_exports() -> None:
    """Queue again what was never queued or whose worker was lost, and remove what lay for seven days."""
    now = timezone.now()
    making.end_outlived(at=now)
    for export_id in Export.objects.due(at=now).values_list("pk", flat=True):
        make_export.delay(export_id=export_id)


@shared_task(ignore_result=True)
def forget_old() -> None:
    """Remove what is over by the rules; a night that was cut short is made up by the next."""
    for _rule, _count in forgetting.forget_old(at=timezone.now()):
        pass
