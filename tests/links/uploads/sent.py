"""Files on their way in, as far as a test wants them."""

import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from links.models import Job, Upload
from links.uploads import actions, spool, working
from links.uploads.receiving import Received
from tests.accounts.intake.files import NUMBER
from tests.links.feeds.feeding import HEADER, STRANGER, row

FEED = {
    "kind": "feed",
    "institution_code": "PN0001",
    "category": "pension",
    "format": "csv",
    "complete": False,
    "max_removed": 5.0,
}
REGISTER_ROWS = """individual_number,resident_code,name,birth_date,address
{number},1000000001,見本　花子,1985-04-02,埼玉県さいたま市浦和区高砂３丁目１５番４号
"""


def lines(*rows: str) -> bytes:
    """A pension feed of these rows."""
    return "\n".join([HEADER, *rows]).encode()


def received(content: bytes, name: str = "pension.csv") -> Received:
    """The content as the upload handler gives it."""
    sealed = spool.fresh()
    with sealed.create() as out:
        out.write(content)
    return Received(sealed, head=content[:8], name=name, size=len(content))


def begun(by: User, **fields: Any) -> Upload:
    """An upload whose file did not come yet."""
    return actions.begin(by=by, at=timezone.now(), **(FEED | fields))


def begun_register(by: User, **fields: Any) -> Upload:
    """The same for the register."""
    kept = {"kind": "register", "as_of": datetime.date(2026, 10, 1), "allow_number_change": False}
    return actions.begin(by=by, at=timezone.now(), **(kept | fields))


def sent(by: User, content: bytes | None = None, *, upload: Upload | None = None, **fields: Any) -> Job:
    """An upload whose file came: the check of it, which nobody did yet."""
    upload = upload or begun(by, **fields)
    file = received(lines(row("A1")) if content is None else content)
    return actions.receive(upload=upload, file=file, by=by, at=timezone.now())


def done(job: Job) -> Job:
    """The job, after a worker was at it."""
    working.carry_out(job.pk)
    return Job.objects.select_related("upload", "feed_import", "asked_by").get(pk=job.pk)


def checked(by: User, content: bytes | None = None, **fields: Any) -> Job:
    """A file that was checked."""
    return done(sent(by, content, **fields))


def confirmed(check: Job, by: User) -> Job:
    """The import of a file that was checked, which nobody did yet."""
    assert check.upload
    return actions.confirm(upload=check.upload, seen=check.public_id, by=by, at=timezone.now())


def imported(by: User, content: bytes | None = None, **fields: Any) -> Job:
    """A file that was imported."""
    return done(confirmed(checked(by, content, **fields), by))


def refusal(job: Job) -> str:
    """The message id with which it was refused."""
    assert job.state == Job.State.REFUSED
    return str(job.outcome["refusal"]["reason"])


def register_of(number: str = NUMBER) -> bytes:
    """A register of one person."""
    return REGISTER_ROWS.format(number=number).encode()


__all__ = ["NUMBER", "STRANGER", "row"]
