"""What is in the copy: each room's part, put together for people (HTML) and for machines (JSON)."""

import datetime
import json
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import own_copy as of_accounts
from accounts.models import Resident, User
from accounts.trail import recorded_since
from certificates import own_copy as of_certificates
from links import own_copy as of_links
from notices import own_copy as of_notices
from notices.own_copy import Fact, Section
from portal.trail_page import entries
from reports import own_copy as of_reports

FORMAT = 1
LEFT_OUT = [
    _("Details of records that are stopped or being checked: they may be another person's."),
    _("Notes that our staff write for each other."),
    _("Data and names of other people, also of those who act for you."),
    _("Your individual number (12 digits). You can see it in the portal."),
    _("Passwords, keys and the register's own codes."),
]


def sections(resident: Resident, user: User, *, at: datetime.datetime) -> list[Section]:
    """Everything that the portal knows about the person, and about the sign-in."""
    return [
        *of_accounts.sections(resident, user),
        *of_links.sections(resident),
        *of_reports.sections(resident, user),
        *of_certificates.sections(resident, user),
        *of_notices.sections(resident.pk, user.pk),
        trail_section(resident, user, at=at),
    ]


def trail_section(resident: Resident, user: User, *, at: datetime.datetime) -> Section:
    """Who did what with the data, entry by entry, as the trail's page tells it."""
    rows = entries(resident, user, QueryDict(), at=at)
    return Section("trail", _("What was done with your data"), [entry_facts(row) for row in rows])


def entry_facts(row: dict[str, Any]) -> list[Fact]:
    """One entry of the trail: its sentence under its moment, the rest for machines only."""
    value = {name: str(value) for name, value in row.items()}
    return [Fact("entry", datetime.datetime.fromisoformat(row["at"]), value, row["sentence"])]


def as_json(parts: list[Section], resident: Resident, *, at: datetime.datetime) -> str:
    """The copy for machines: each section by its code, its entries with their facts by their codes."""
    whole = {
        "format": FORMAT,
        "about": resident.name,
        "made_at": localtime(at).isoformat(timespec="seconds"),
        "trail_recorded_since": localtime(recorded_since(at=at)).date().isoformat(),
        "not_in_it": [str(sentence) for sentence in LEFT_OUT],
        "parts": {part.code: [by_code(entry) for entry in part.entries] for part in parts},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def by_code(entry: list[Fact]) -> dict[str, Any]:
    """The facts by their codes; what there are several of, such as messages, is a list."""
    facts: dict[str, Any] = {}
    for fact in entry:
        value = plain(fact.value)
        if fact.code not in facts:
            facts[fact.code] = [value] if isinstance(value, dict) and "at" in value else value
        elif isinstance(facts[fact.code], list):
            facts[fact.code].append(value)
        else:
            facts[fact.code] = [facts[fact.code], value]
    return facts


def plain(value: object) -> object:
    """A moment on Japan's clock, a day, or what it is."""
    if isinstance(value, datetime.datetime):
        return localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, datetime.date) else value


def as_page(parts: list[Section], resident: Resident, *, at: datetime.datetime) -> str:
    """The copy for people: one page that stands alone and prints well."""
    language = get_language() or "ja"
    context = {
        "html_lang": "ja" if language.startswith("ja") else language,
        "resident": resident,
        "at": at,
        "sections": parts,
        "left_out": LEFT_OUT,
    }
    return render_to_string("portal/own_copy.html", context)
