"""The parts of a run: stretches of keys, each judged and stored in one transaction by whoever takes it.

Whoever takes a part holds its row until all of it is stored: a process that dies gives it back by itself.
"""

from django.db import connection, transaction

from links.models import ReviewPart, ReviewRun
from links.review import walk

STRETCHES = """
SELECT min(id), max(id), count(*) FROM
    (SELECT id, (row_number() OVER (ORDER BY id) - 1) / %s AS place FROM ({keys}) AS scoped) AS placed
GROUP BY place ORDER BY 1
"""


@transaction.atomic(savepoint=False)
def cut(run: ReviewRun) -> None:
    """Cut the links of the run into parts of equal size, once."""
    if run.total is not None:
        return
    keys, parameters = walk.scoped(run).filter(pk__gt=run.reached).values("id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(STRETCHES.format(keys=keys), [walk.BATCH, *parameters])
        stretches = cursor.fetchall()
    ReviewPart.objects.bulk_create(
        ReviewPart(run=run, first=first, last=last) for first, last, _n in stretches
    )
    run.total = run.checked + sum(size for _first, _last, size in stretches)
    run.save(update_fields=["total"])


def take(run: ReviewRun, *, patient: bool = False) -> ReviewPart | None:
    """The next part that nobody has, locked; with patience, one that somebody else may leave undone.

    Its row is asked again once the lock is ours: whoever had it may have done it.
    """
    here = ReviewPart.objects.filter(run=run, run__state=ReviewRun.State.OPEN, done=False)
    skips = connection.features.has_select_for_update_skip_locked and not patient
    return here.order_by("first").select_for_update(of=("self",), skip_locked=skips).first()
