"""How long a sign-in lasts: 15 minutes without a page opened, 12 hours in all. Django's engine, on our table.

The end stands in the row (expire_date), so it holds whatever a browser keeps, and removing the row ends it.
"""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import Session

IDLE = datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
AT_MOST = datetime.timedelta(hours=12)
# an end is moved only once it would move by this much: most requests write nothing
WORTH_WRITING = datetime.timedelta(seconds=30)
DEVICE = "device"


class SessionStore(DatabaseSessionStore):
    """Sessions that know whose they are and when they end."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our own table."""
        return Session

    def load(self) -> dict[str, Any]:
        """What the session holds; its row is kept, for it says until when."""
        self.row = cast("Session | None", self._get_session_from_db())  # type: ignore[attr-defined]
        return self.decode(self.row.session_data) if self.row else {}

    def create(self) -> None:
        """A new key, which a sign-in makes, is a new session: the twelve hours begin again."""
        self.row = None
        super().create()

    def renew(self) -> None:
        """Another key for the same session: whoever copied the one before has nothing."""
        before = self.row
        self.cycle_key()
        if before and self.row:
            self.row.public_id, self.row.started_at = before.public_id, before.started_at
            self.modified = True

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row as it will be stored: the same session as before, and never beyond its end."""
        row = cast("Session", super().create_model_instance(data))
        if self.row:
            row.public_id, row.started_at = self.row.public_id, self.row.started_at
        row.user_id, row.device = data.get(SESSION_KEY), data.get(DEVICE, "")
        row.expire_date = min(row.expire_date, row.started_at + AT_MOST)
        self.row = row
        return row

    def extend(self, *, at: datetime.datetime) -> None:
        """Somebody is there: the session ends in 15 minutes from now, unless its 12 hours are over before."""
        if self.row is None:
            return
        end = min(at + IDLE, self.row.started_at + AT_MOST)
        if end - self.row.expire_date > WORTH_WRITING and self._put_off(end):
            self.row.expire_date = end

    def _put_off(self, end: datetime.datetime) -> bool:
        """Whether the new end could be written: on SQLite a page does not wait for a file that goes in."""
        try:
            with without_waiting():
                # an UPDATE of a row that somebody ended meanwhile does not bring it back
                Session.objects.filter(pk=self.session_key).update(expire_date=end)
        except OperationalError as problem:
            if "database is locked" not in str(problem):
                raise
            return False
        return True


@contextmanager
def without_waiting() -> Iterator[None]:
    """SQLite does not wait for whoever writes; other databases lock rows, not everything."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")


def stay_signed_in(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Each page that somebody opens puts the end of their session off."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            cast("SessionStore", request.session).extend(at=timezone.now())
        return get_response(request)

    return middleware


def end_of(request: HttpRequest) -> datetime.datetime | None:
    """When this session ends unless a page is opened before; None where nobody is signed in."""
    if not hasattr(request, "session") or not request.user.is_authenticated:
        return None
    row = cast("SessionStore", request.session).row
    return row.expire_date if row else None
