"""What was done with one person's data: the page, its filter, and the same as files."""

import csv
import datetime
import io
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditEvent, Resident, User
from accounts.models.audit import LOOK, AuditEventQuerySet
from accounts.trail import recorded_since
from portal.trail_gathering import Line, gathered
from portal.trail_words import Things, case_of, place_of, things_of, told, where

LINES_A_PAGE = 50
ALL = "all"
COLUMNS = ("at", "sentence", "thing", "on_behalf", "role", "verb", "place", "institution")
FIELDS = (
    "verb",
    "actor",
    "role",
    "on_behalf",
    "purpose",
    "subject_kind",
    "subject_id",
    "place",
    "institution",
)
# beside the deed itself, what makes lines of the page differ
APART = ("subject_kind", "subject_id", "place", "institution")


class TrailFilter(forms.Form):
    """What the reader wants to see of it; whatever was not offered counts as not chosen."""

    period = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=[
            (ALL, gettext_lazy("At any time")),
            ("30", gettext_lazy("In the last 30 days")),
            ("365", gettext_lazy("In the last year")),
        ],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[
            (ALL, gettext_lazy("Everything")),
            ("looks", gettext_lazy("Somebody looked at something")),
            ("changes", gettext_lazy("Something was changed or sent")),
        ],
    )
    who = forms.ChoiceField(
        label=gettext_lazy("Who"),
        choices=[
            (ALL, gettext_lazy("Everyone")),
            ("you", gettext_lazy("You")),
            ("staff", gettext_lazy("People who work for this service")),
            ("others", gettext_lazy("Others: family, helpers, the person concerned")),
            ("service", gettext_lazy("This service by itself")),
        ],
    )

    def __init__(self, asked: QueryDict) -> None:
        offered = {name: dict(field.choices) for name, field in self.base_fields.items()}  # type: ignore[attr-defined]
        super().__init__(
            {name: asked[name] if asked.get(name) in of else ALL for name, of in offered.items()}
        )

    def chosen(self) -> dict[str, str]:
        """What was chosen."""
        return {name: value for name, value in self.data.items() if value != ALL}

    def of(self, events: AuditEventQuerySet, *, reader: User, at: datetime.datetime) -> AuditEventQuerySet:
        """The events that were asked for."""
        chosen = self.chosen()
        if days := chosen.get("period"):
            events = events.since(at - datetime.timedelta(days=int(days)))
        if kind := chosen.get("kind"):
            events = events.looks() if kind == "looks" else events.changes()
        return events.done_by(chosen["who"], reader) if "who" in chosen else events


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Everything that the page shows; `query` is what was chosen, for links to other pages and files."""

    resident: Resident
    since: datetime.datetime
    form: TrailFilter
    chosen: bool
    query: str
    page: "Page[Any]"
    lines: list[Line]


def trail_page(resident: Resident, reader: User, asked: QueryDict, *, at: datetime.datetime) -> TrailPage:
    """The page that was asked for, latest first."""
    form = TrailFilter(asked)
    events = form.of(readable(resident, reader), reader=reader, at=at)
    page = Paginator(events.day_by_day(*APART), LINES_A_PAGE).get_page(asked.get("page"))
    deeds = list(page.object_list)
    things = things_of(deeds, resident, reader)
    tell = partial(line, things=things)
    query = QueryDict(mutable=True)
    query.update(form.chosen())
    return TrailPage(
        resident=resident,
        since=recorded_since(at=at),
        form=form,
        chosen=bool(query),
        query=query.urlencode(),
        page=page,
        lines=gathered(deeds, tell, partial(case_of, things=things)),
    )


def readable(resident: Resident, reader: User) -> AuditEventQuerySet:
    """What this reader may read of it: when somebody signed in is for themselves alone."""
    own = Resident.objects.behind(reader).filter(pk=resident.pk)
    return AuditEvent.objects.about(resident).for_agents_unless(own)


def line(deed: dict[str, Any], things: Things) -> Line:
    """One line of the page, before others are gathered under it."""
    return Line(
        told(deed, things),
        deed["last_at"],
        deed["times"],
        where(deed, things),
        bool(LOOK.search(deed["verb"])),
    )


def entries(
    resident: Resident, reader: User, asked: QueryDict, *, at: datetime.datetime
) -> list[dict[str, Any]]:
    """Every single entry that was asked for, as files tell it: each with COLUMNS."""
    events = TrailFilter(asked).of(readable(resident, reader), reader=reader, at=at)
    deeds = list(events.values("at", *FIELDS))
    things = things_of(deeds, resident, reader)
    return [entry(deed, things) for deed in deeds]


def entry(deed: dict[str, Any], things: Things) -> dict[str, Any]:
    """One entry of a file: no name, no key of ours."""
    words = told(deed, things)
    kept = {name: deed[name] for name in ("on_behalf", "role", "verb")}
    at = localtime(deed["at"]).isoformat(timespec="seconds")
    told_of = {"place": place_of(deed, things), "institution": things.offices.get(deed["institution"], "")}
    return {"at": at, "sentence": words.sentence, "thing": words.thing, **kept, **told_of}


def as_csv(rows: list[dict[str, Any]]) -> str:
    """The entries for spreadsheets, with headings in the reader's language."""
    headings = (
        _("When"),
        _("What was done"),
        _("With what"),
        _("With authority to act"),
        _("Role"),
        _("Code"),
        _("From where"),
        _("Office"),
    )
    out = io.StringIO()
    # by this mark spreadsheets know Japanese
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        values = row | {"on_behalf": _("Yes") if row["on_behalf"] else _("No")}
        writer.writerow(values[name] for name in COLUMNS)
    return out.getvalue()


def as_json(rows: list[dict[str, Any]], resident: Resident, *, at: datetime.datetime) -> dict[str, Any]:
    """The entries for machines."""
    return {
        "about": resident.name,
        "recorded_since": localtime(recorded_since(at=at)).date().isoformat(),
        "made_at": localtime(at).isoformat(timespec="seconds"),
        "entries": rows,
    }
