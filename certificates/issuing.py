"""Makes the certificate of an application, drawn once as a proof, before anything is saved."""

import datetime

from django.utils.translation import gettext_lazy as _

from accounts.documents.faces import MissingGlyph
from accounts.models import Resident, User
from certificates.answers import Known
from certificates.documents.render import PageTooFull
from certificates.insurers import insurer_of, limit_of
from certificates.keys import NoKey
from certificates.known import known_of
from certificates.models import Application, Certificate, Insurer
from certificates.paper import complete, fill, pdf_of
from certificates.refusal import CertificateError
from certificates.schemes import Scheme
from certificates.validity import NothingLeft, Terms, Validity, valid_until
from links.models import Link

NOT_LEFT_TO_US = _("The insurer issues its certificates itself. Nothing is issued here in its name.")


def drawn(application: Application, *, by: User | None, today: datetime.date) -> Certificate:
    """The unsaved certificate of an application; CertificateError if it cannot be made."""
    optional = application.stated.get("items") == "all"
    certificate = drawn_for(application.resident, application.link, by=by, today=today, optional=optional)
    certificate.application = application
    return certificate


def drawn_for(
    resident: Resident,
    link: Link,
    *,
    by: User | None,
    today: datetime.date,
    follows: datetime.date | None = None,
    optional: bool = False,
) -> Certificate:
    """An unsaved certificate with its last day, facts and code; CertificateError if it cannot be made.

    `follows`: the last day of the one that it renews; `optional`: with what is printed on request only.
    """
    if not complete(link):
        raise CertificateError(
            _("The insurer's record lacks number, insurer or first day. Please ask the insurer.")
        )
    known = known_of(resident, link, today=today)
    if known.scheme is None:
        raise CertificateError(_("The insurer's number is not one of a health insurance."))
    insurer = insurer_of(link)
    if insurer is None or not insurer.issues_here:
        raise CertificateError(NOT_LEFT_TO_US)
    validity = last_day(known, known.scheme, insurer, follows=follows)
    certificate = Certificate(
        resident=resident,
        link=link,
        issued_on=today,
        issued_by=by,
        valid_until=validity.until,
        valid_until_rule=validity.rule.value,
    )
    prove(certificate, optional=optional)
    return certificate


def last_day(
    known: Known,
    scheme: Scheme,
    insurer: Insurer | None = None,
    *,
    follows: datetime.date | None = None,
) -> Validity:
    """Until when a certificate of today is valid, and by which rule, the insurer's own among them."""
    begins_on = follows + datetime.timedelta(days=1) if follows else known.today
    terms = Terms(
        issued_on=known.today,
        birth_on=known.birth_on,
        scheme=scheme,
        insurer_until=limit_of(insurer, begins_on=begins_on),
        residence_ends_on=known.residence_ends_on,
        entitled_until=known.entitled_until,
        follows=follows,
    )
    try:
        return valid_until(terms)
    except NothingLeft as problem:
        raise CertificateError(_("A certificate would be over before its first day.")) from problem


def prove(certificate: Certificate, *, optional: bool = False) -> None:
    """Write facts and code, and draw the page: what cannot be drawn or signed is not issued."""
    try:
        fill(certificate, optional=optional)
        pdf_of(certificate)
    except MissingGlyph as problem:
        text = _("Nothing was issued: the typeface lacks a character. %(what)s") % {"what": problem}
        raise CertificateError(text) from problem
    except PageTooFull as problem:
        raise CertificateError(_("Nothing was issued: name or insurer do not fit on one page.")) from problem
    except NoKey as problem:
        raise CertificateError(
            _("Nothing was issued: the signing key is missing. Please tell the operator.")
        ) from problem
