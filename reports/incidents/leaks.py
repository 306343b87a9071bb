"""Drafts of the report to the privacy commission: the items of its rules, filled in from what is known.

The law on individual numbers, article 29-4, and the commission's rules: a preliminary report promptly (its
guideline says within 3 to 5 days of discovery), a final one within 30 days.
"""

import datetime

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from links.categories import CATEGORIES
from reports.incidents.actions import MEANWHILE, note, require
from reports.kinds import Cause
from reports.models import Incident, LeakReport, Plan
from reports.moving import ReportError

# the rules' items in their order
ITEMS: dict[str, Promise] = {
    "outline": gettext_lazy("Outline"),
    "items": gettext_lazy("Which personal data"),
    "number": gettext_lazy("Number of people"),
    "cause": gettext_lazy("Cause"),
    "secondary": gettext_lazy("Secondary damage, or the danger of it"),
    "response": gettext_lazy("What is done for the people affected"),
    "publication": gettext_lazy("How the public is told"),
    "prevention": gettext_lazy("Measures so that it does not happen again"),
    "other": gettext_lazy("Other points of reference"),
}
SENT_ALREADY = gettext_lazy("This report went to the commission already. It cannot be changed any more.")


def draft(incident: Incident) -> dict[str, str]:
    """Every item as far as the incident knows it, in Japanese; what only people know stays in brackets."""
    with translation.override("ja"):
        return {
            "outline": outline(incident),
            "items": items(incident),
            "number": number(incident),
            "cause": str(Cause(incident.cause).label),
            "secondary": _("［none known, or what is known］"),
            "response": response(incident),
            "publication": publication(incident),
            "prevention": _("［what the office and we change］"),
            "other": incident.number,
        }


def outline(incident: Incident) -> str:
    """Who linked what to whom, and when it was discovered."""
    return _(
        "%(institution)s linked records to other people's numbers. Linked on: %(day)s. Found on: %(found)s."
    ) % {
        "institution": incident.institution.name,
        "day": date_format(incident.day) if incident.day else _("［day］"),
        "found": date_format(incident.discovered_on),
    }


def items(incident: Incident) -> str:
    """The kinds of records, and what of them could be seen."""
    kinds = incident.records.filter(link__isnull=False).values_list("link__category", flat=True).distinct()
    names = "、".join(sorted(str(CATEGORIES[kind]) for kind in kinds))
    return _("%(kinds)s: institution, reference and the details of the record") % {"kinds": names or "–"}


def number(incident: Incident) -> str:
    """Exactly how many people, and how many records."""
    return _("%(people)s people, %(records)s records") % {
        "people": incident.people.count(),
        "records": incident.records.count(),
    }


def response(incident: Incident) -> str:
    """What was done with the records, and how many people were told."""
    done = incident.plans.filter(phase=Plan.Phase.DONE, undoes=None).order_by("pk")
    deeds = " ".join(str(plan.get_remedy_display()) for plan in done) or _("［what was done］")
    told = incident.people.filter(told_at__isnull=False).count()
    return f"{deeds} " + _("People told: %(told)s.") % {"told": told}


def publication(incident: Incident) -> str:
    """Since when there is a public page."""
    first = incident.statements.published().last()
    if first is None or first.decided_at is None:
        return _("［on which day］")
    return _("Public page since %(day)s") % {"day": date_format(first.decided_at)}


def current(incident: Incident, stage: str) -> dict[str, str]:
    """What was written; a fresh draft where nobody wrote yet."""
    kept = incident.leak_reports.filter(stage=stage).first()
    return dict(kept.answers) if kept else draft(incident)


@transaction.atomic
def write(
    *, incident: Incident, stage: str, answers: dict[str, str], by: User, at: datetime.datetime
) -> LeakReport:
    """Keep the draft; refused once it went to the commission."""
    require("incidents.work", by)
    values = {"answers": answers, "changed_at": at, "changed_by": by}
    kept, new = LeakReport.objects.select_for_update(of=("self",)).get_or_create(
        incident=incident, stage=stage, defaults=values
    )
    if kept.sent_at:
        raise ReportError(SENT_ALREADY)
    if not new:
        LeakReport.objects.filter(pk=kept.pk).update(**values)
    note(incident, "leak_report.written", by=by, at=at)
    return kept


@transaction.atomic
def send(*, incident: Incident, stage: str, receipt: str, by: User, at: datetime.datetime) -> None:
    """Note that it went to the commission, through its own form, with the number that it gave."""
    require("incidents.approve", by)
    waiting = LeakReport.objects.filter(incident=incident, stage=stage, sent_at=None)
    if not waiting.update(sent_at=at, sent_by=by, receipt=receipt):
        raise ReportError(MEANWHILE)
    note(incident, "leak_report.sent", by=by, at=at)
