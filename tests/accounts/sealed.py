"""A trail of some events, sealed; and those who tamper with it, past the triggers."""

import datetime

from accounts import audit, sealing
from accounts.models import AuditEvent, Resident, Seal, User

NOON = datetime.datetime(2026, 11, 20, 3, 0, tzinfo=datetime.UTC)  # noon in Japan
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)


def looked(
    resident: Resident, by: User | None, *, times: int = 1, at: datetime.datetime = NOON
) -> list[AuditEvent]:
    """So many events about somebody, a minute apart, not sealed yet."""
    return [
        audit.record(
            "record.viewed",
            by=by,
            at=at + number * MINUTE,
            resident=resident,
            subject=("link", f"record-{number}"),
            purpose="R-7K3M-92QX",
        )
        for number in range(times)
    ]


def sealed(
    resident: Resident, by: User | None, *, times: int = 5, at: datetime.datetime = NOON
) -> list[Seal]:
    """The same, sealed an hour later."""
    looked(resident, by, times=times, at=at)
    sealing.seal_waiting(at=at + 60 * MINUTE)
    return list(Seal.objects.order_by("position"))
