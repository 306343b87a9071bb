"""A parent or guardian asks to act for somebody by a document: handed in here, or shown at a counter."""

import datetime
from collections.abc import Sequence
from dataclasses import asdict

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit, gates
from accounts.acting.naming import NOT_CONNECTED
from accounts.files import store
from accounts.files.cleaning import Clean, FileError, clean
from accounts.files.kinds import named
from accounts.identity.claiming import ELEMENTS
from accounts.models import Mandate, MandatePaper, Resident, User
from accounts.models.mandates import MOST_PAPERS
from accounts.refusal import AccountError
from links.review.rules import Person

MOST_OPEN = 3
TOO_MANY = _("Three of your requests wait already. Please wait for our answer, or come to a counter.")
TOO_MANY_PAPERS = _("Please choose three files at most.")


def ask(
    *, kind: str, person: Person, files: Sequence["File[bytes]"], by: User, at: datetime.datetime
) -> Mandate:
    """Keep what was stated and handed in, for staff; whether there is such a person nobody learns here."""
    if len(files) > MOST_PAPERS:
        raise AccountError(TOO_MANY_PAPERS)
    try:
        # before the transaction: nobody's write shall wait while a photo is decoded
        fresh = [(clean(file), file.name or "") for file in files]
        papers = [(paper, named(name, paper.content_type)) for paper, name in fresh]
    except FileError as refusal:
        raise AccountError(str(refusal)) from refusal
    return keep(kind=kind, person=person, papers=papers, by=by, at=at)


@transaction.atomic
def keep(
    *, kind: str, person: Person, papers: Sequence[tuple[Clean, str]], by: User, at: datetime.datetime
) -> Mandate:
    """The request with its papers, which lie with whoever asks; AccountError for a guest, or a fourth."""
    own = Resident.objects.select_for_update().filter(pk=asker(by, at=at).pk).get()
    if Mandate.objects.open().filter(user=by).count() >= MOST_OPEN:
        raise AccountError(TOO_MANY)
    stated = {name: value for name, value in asdict(person).items() if name in ELEMENTS}
    mandate = Mandate.objects.create(user=by, kind=kind, stated=stated, asked_at=at)
    for place, (fresh, name) in enumerate(papers, start=1):
        file = store.keep(fresh, name=name, resident_id=own.pk, by=by, at=at)
        MandatePaper.objects.create(mandate=mandate, file=file, place=place)
    subject = ("mandate", mandate.public_id)
    audit.record("authority.asked", by=by, at=at, resident=own, subject=subject)
    return mandate


def asker(user: User, *, at: datetime.datetime) -> Resident:
    """Whoever the sign-in belongs to; AccountError where that is not known well enough."""
    own = Resident.objects.person_of(user)
    if own is None:
        raise AccountError(NOT_CONNECTED)
    gates.require_open(user, at=at)
    return own
