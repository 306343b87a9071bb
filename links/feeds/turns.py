"""One import of a feed at a time: a constraint is the referee, a lock tells who still lives.

The row of an import is committed before its work begins, so that everybody sees that it runs. Whoever is
killed leaves that row open; the next one finds that nobody holds its lock, and closes it.
"""

import datetime

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.intake.refusal import FeedRefused
from links.models import FeedImport

ALREADY_RUNNING = _(
    "Another import of this institution and category is running. Please wait until it is done."
)
STOPPED = _("The import was stopped in the middle. Nothing was stored; please run it again.")
# the first key of this service's advisory locks on imports; the second is the import's own
LOCK_SPACE = 0x464545
# a server notices within half a second that a client was killed, and whoever comes next waits that long
NOTICES_DEATH_EVERY = "500ms"
WAITS_FOR_DEATH = "3s"


def begin(begun: FeedImport) -> FeedImport:
    """Save the open import; FeedRefused where another one of this feed is running."""
    for _attempt in range(2):
        try:
            with transaction.atomic():
                begun.save(force_insert=True)
        except IntegrityError:
            _close_dead(begun)
        except OperationalError as problem:
            if "database is locked" not in str(problem):
                raise
            raise FeedRefused(ALREADY_RUNNING) from problem
        else:
            return begun
    raise FeedRefused(ALREADY_RUNNING)


def hold(begun: FeedImport) -> None:
    """Show that we live, until the transaction ends; FeedRefused where somebody took us for dead before."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL client_connection_check_interval = '{NOTICES_DEATH_EVERY}'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", _key(begun))
    if not FeedImport.objects.filter(pk=begun.pk, state=FeedImport.State.OPEN).exists():
        raise FeedRefused(ALREADY_RUNNING)


def refuse(begun: FeedImport, reason: str, *, at: datetime.datetime) -> None:
    """Close an import of which nothing was stored, unless somebody did already."""
    FeedImport.objects.filter(pk=begun.pk, state=FeedImport.State.OPEN).update(
        state=FeedImport.State.REFUSED, refusal=reason, finished_at=at
    )


def _close_dead(wanted: FeedImport) -> None:
    with transaction.atomic():
        running = FeedImport.objects.filter(
            institution=wanted.institution_id, category=wanted.category, state=FeedImport.State.OPEN
        )
        for other in running:
            if _nobody_holds(other):
                refuse(other, gettext(STOPPED), at=timezone.now())


def _nobody_holds(other: FeedImport) -> bool:
    """Whether its process is gone. On SQLite whoever may write at all is alone with the database."""
    if connection.vendor != "postgresql":
        return True
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{WAITS_FOR_DEATH}'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", _key(other))
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    except OperationalError:
        return False
    return True


def _key(feed_import: FeedImport) -> tuple[int, int]:
    return LOCK_SPACE, feed_import.pk % (1 << 31)
