"""What a person does with a copy of their data: ask for it, fetch it, throw it away."""

import datetime

from django.db import IntegrityError, transaction

from accounts import audit, gates
from accounts.files import store
from accounts.models import Resident, User
from notices.actions import tell
from portal.models import Export
from portal.privacy.making import end
from portal.privacy.refusal import NOT_READY, UNDER_WAY, UNKNOWN, PrivacyError
from portal.tasks import make_export


@transaction.atomic
def ask(*, by: User, language: str, at: datetime.datetime) -> Export:
    """Have a copy made of everything about the person of this sign-in; of two, the database takes one."""
    resident = own_person(by, at=at)
    try:
        with transaction.atomic():
            export = Export.objects.create(
                user=by, resident=resident, language=language, asked_at=at, due_at=at
            )
    except IntegrityError as problem:
        raise PrivacyError(UNDER_WAY) from problem
    subject = ("export", export.public_id)
    audit.record("export.asked", by=by, at=at, resident=resident, subject=subject)
    # a broker that is away is left to the sweep
    transaction.on_commit(lambda: make_export.delay(export_id=export.pk), robust=True)
    return export


@transaction.atomic
def fetch(*, by: User, at: datetime.datetime) -> bytes:
    """The copy that lies ready, opened; written in the trail and told, for it is everything at once."""
    resident = own_person(by, at=at)
    ready = Export.objects.of(by).open().filter(state=Export.State.READY)
    export = ready.filter(ready_at__gt=at - Export.LIES_FOR).select_for_update(of=("self",)).first()
    if export is None or export.file is None:
        raise PrivacyError(NOT_READY)
    content = store.content_of(export.file)
    subject = ("export", export.public_id)
    audit.record("export.fetched", by=by, at=at, resident=resident, subject=subject)
    tell(resident_id=resident.pk, kind="export.fetched", subject=subject, at=at)
    return content


def throw_away(*, by: User, at: datetime.datetime) -> None:
    """The copy goes at once; nothing where there is none."""
    export = Export.objects.of(by).open().first()
    if export:
        end(export, Export.State.OVER, at=at)


def own_person(by: User, *, at: datetime.datetime) -> Resident:
    """The person of the sign-in; PrivacyError where it shows nobody, and while it is closed."""
    resident = Resident.objects.person_of(by)
    if resident is None:
        raise PrivacyError(UNKNOWN)
    if found := gates.closed(by, at=at):
        raise PrivacyError(found.words)
    return resident
