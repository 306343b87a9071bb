"""The words about an incident in a language, and the address that begins one out of a case."""

from django import template
from django.utils.http import urlencode
from django.utils.translation import get_language, get_language_info

from reports.incidents.statements import LANGUAGES
from reports.models import Report, Statement

register = template.Library()


@register.filter
def in_readers_language(statement: Statement) -> dict[str, str]:
    """Its parts as the reader of the page reads them; English for who reads none of its languages."""
    texts: dict[str, dict[str, str]] = statement.texts
    return texts.get(get_language() or "", texts["en"])


@register.filter
def in_each_language(statement: Statement) -> list[tuple[str, str, str, dict[str, str]]]:
    """Code, name, tag for the page and parts of each language in which it is written."""
    return [
        (
            code,
            get_language_info(code)["name_local"],
            "ja" if code.startswith("ja") else code,
            statement.texts[code],
        )
        for code in LANGUAGES
    ]


@register.filter
def beginning(report: Report) -> str:
    """The query with which the form of a new incident is filled in; empty for a case without a record."""
    link = report.link
    if link is None or report.record_left:
        return ""
    known = {
        "institution": link.institution.code,
        "office": link.entered_by,
        "day": link.linked_on.isoformat(),
    }
    return f"?{urlencode(known | {'cause': report.cause} if report.cause else known)}"
