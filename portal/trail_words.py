"""Entries of the trail as sentences: who did what with which thing, and because of what."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import places
from accounts.audit import VERBS
from accounts.models import Resident, User
from accounts.models.audit import STRANGERS
from accounts.trail import who
from certificates.models import Application
from links.models import Institution, Link
from reports.models import Report

# how a sentence begins; elsewhere roles are labels
ROLES = {
    "support": gettext_lazy("A support worker"),
    "supervisor": gettext_lazy("A supervisor of the support workers"),
    "officer": gettext_lazy("A worker of an office or company"),
    "auditor": gettext_lazy("An auditor of this service"),
    "data_officer": gettext_lazy("A data officer of this service"),
}
# whose sentence names its doer itself
WHOLE = {"certificate.checked", "certificate.compared", "certificate.asked_by_post"}
YOU_REPORTED = gettext_lazy("%(who)s %(deed)s because you reported it.")
REASONS = {
    "": gettext_lazy("%(who)s %(deed)s."),
    "reported": gettext_lazy("%(who)s %(deed)s because it was reported."),
    "applied": gettext_lazy("%(who)s %(deed)s because the certificate was applied for."),
    "counter": gettext_lazy("%(who)s %(deed)s because of a request at a counter or by telephone."),
    "call": gettext_lazy("%(who)s %(deed)s because the person called."),
    "case": gettext_lazy("%(who)s %(deed)s to work on a case of the person."),
    "compare_owner": gettext_lazy("%(who)s %(deed)s to find out whose record it is."),
    "move_record": gettext_lazy("%(who)s %(deed)s to have a record moved to its owner."),
    "facts_changed": gettext_lazy("%(who)s %(deed)s because a printed fact changed."),
    "replaced": gettext_lazy("%(who)s %(deed)s because there is a new one."),
    "called_for": gettext_lazy("%(who)s %(deed)s because a call was asked for."),
    "returned": gettext_lazy("%(who)s %(deed)s because it was given back."),
    "lost": gettext_lazy("%(who)s %(deed)s because it was lost or stolen."),
    "letter_back": gettext_lazy("%(who)s %(deed)s because its letter came back."),
}
PAGES = {
    "application": "certificates:application",
    "certificate": "certificates:certificate",
}
NUMBER = re.compile(r"[AR]-[0-9A-Z-]+")


@dataclass(frozen=True, slots=True)
class Things:
    """What the entries of a page are about, as far as it belongs to the person: found in four queries."""

    reader: User
    links: dict[str, Link]
    reports: dict[str, Report]
    numbers: dict[str, Report]
    applications: set[str] = field(default_factory=set)
    offices: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """One entry: its sentence, the thing and its page, and where a problem with it can be reported."""

    sentence: str
    thing: str = ""
    url: str = ""
    report_url: str = ""


def things_of(deeds: list[dict[str, Any]], resident: Resident, reader: User) -> Things:
    """Look up what these entries name."""
    ids = {
        kind: {deed["subject_id"] for deed in deeds if deed["subject_kind"] == kind}
        for kind in ("link", "report")
    }
    purposes = {deed["purpose"] for deed in deeds if NUMBER.fullmatch(deed["purpose"])}
    reports = list(
        Report.objects.about(resident).filter(public_id__in=ids["report"])
        | Report.objects.about(resident).filter(number__in=purposes)
    )
    numbers = {report.number: report for report in reports}
    left = purposes - numbers.keys()
    return Things(
        reader=reader,
        links={
            link.public_id: link for link in Link.objects.filter(resident=resident, public_id__in=ids["link"])
        },
        reports={report.public_id: report for report in reports},
        numbers=numbers,
        applications=set(
            Application.objects.filter(resident=resident, number__in=left).values_list("number", flat=True)
        )
        if left
        else set(),
        # whoever may see no place of the person is told no office
        offices={} if resident.places_hidden else offices_of(deeds),
    )


def offices_of(deeds: list[dict[str, Any]]) -> dict[str, str]:
    """The names of the offices that these entries name, by their codes."""
    codes = {deed["institution"] for deed in deeds if deed.get("institution")}
    known = Institution.objects.filter(code__in=codes) if codes else []
    return {institution.code: institution.name for institution in known}


def place_of(deed: dict[str, Any], things: Things) -> str:
    """From where; which device only where the reader's own sign-in was used, or was tried."""
    own = deed["actor"] == things.reader.pk or deed["verb"] in STRANGERS
    return places.words(deed["place"], with_device=own)


def where(deed: dict[str, Any], things: Things) -> str:
    """From where, and whose record it is, for the line below the sentence."""
    told = (place_of(deed, things), things.offices.get(deed["institution"], ""))
    return " ・ ".join(part for part in told if part)


def case_of(deed: dict[str, Any], things: Things) -> str:
    """The number of the report that it was done for or with; empty where there is none."""
    report = things.reports.get(deed["subject_id"]) or things.numbers.get(deed["purpose"])
    return report.number if report else ""


def told(deed: dict[str, Any], things: Things) -> Told:
    """One entry in plain words; staff by their role only."""
    link, report = things.links.get(deed["subject_id"]), things.reports.get(deed["subject_id"])
    if link:
        startable = link.stands
        return Told(
            sentence=sentence(deed, things, str(link.title)),
            thing=str(link.title),
            url=link.get_absolute_url(),
            report_url=reverse("reports:start", args=[link.public_id]) if startable else "",
        )
    report = report or things.numbers.get(deed["purpose"])
    if report:
        number = _("Report %(number)s") % {"number": report.number}
        return Told(sentence(deed, things, report.number), number, report.get_absolute_url())
    if deed["subject_kind"] in PAGES:
        url = reverse(PAGES[deed["subject_kind"]], args=[deed["subject_id"]])
        return Told(sentence(deed, things), _("The fallback certificate"), url)
    return Told(sentence(deed, things))


def sentence(deed: dict[str, Any], things: Things, thing: str = "") -> str:
    """Who did what, and because of what."""
    does = str(VERBS[deed["verb"]])
    if deed["verb"] in WHOLE:
        return _("%(deed)s.") % {"deed": does}
    if thing:
        does = _("%(deed)s (%(thing)s)") % {"deed": does, "thing": thing}
    # English verbs stand alone with a capital letter; Japanese has none
    words = {"who": doer(deed, things.reader), "deed": does[:1].lower() + does[1:]}
    return str(template(deed, things)) % words


def template(deed: dict[str, Any], things: Things) -> Promise:
    """The sentence for this reason; who reported or helps the person needs none."""
    if deed["actor"] == things.reader.pk or deed["on_behalf"]:
        return REASONS[""]
    purpose = deed["purpose"]
    if report := things.numbers.get(purpose):
        return YOU_REPORTED if report.filed_by_id == things.reader.pk else REASONS["reported"]
    return REASONS["applied"] if purpose in things.applications else REASONS.get(purpose, REASONS[""])


def doer(deed: dict[str, Any], reader: User) -> str:
    """Who did it, as a sentence begins."""
    staff = (
        deed["actor"] is not None and deed["actor"] != reader.pk and not deed["on_behalf"] and deed["role"]
    )
    return str(ROLES[deed["role"]] if staff else who(deed, reader))
