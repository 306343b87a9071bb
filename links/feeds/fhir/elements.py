"""Elements of FHIR R4 as text: what is missing is empty, what has another form raises Unusable."""

import datetime
import re
from collections.abc import Collection

from django.utils.timezone import localtime
from django.utils.translation import gettext_noop as _

from links.feeds.fhir.lines import Json, Unusable

NOT_FORMED = _("This element has another form than FHIR R4 gives it.")

REPRESENTATION = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation"
KANJI, KANA, LATIN, UNMARKED = "IDE", "SYL", "ABC", ""
OTHER_NAMES = ("old", "maiden", "nickname", "anonymous")

_KATAKANA = re.compile(r"[\u30a1-\u30ff\uff66-\uff9f\s]+")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T.*")


def text(of: Json, name: str) -> str:
    """A text, a code, an address or a date."""
    value = of.get(name)
    if value is None or isinstance(value, str):
        return value or ""
    raise Unusable(NOT_FORMED)


def part(of: Json, name: str) -> Json:
    """An element with parts."""
    value = of.get(name)
    if value is None or isinstance(value, dict):
        return value or {}
    raise Unusable(NOT_FORMED)


def parts(of: Json, name: str) -> list[Json]:
    """An element with parts that may repeat."""
    value = of.get(name)
    if value is None:
        return []
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        return value
    raise Unusable(NOT_FORMED)


def texts(of: Json, name: str) -> list[str]:
    """A text that may repeat."""
    value = of.get(name)
    if value is None:
        return []
    if isinstance(value, list) and all(one is None or isinstance(one, str) for one in value):
        return list(filter(None, value))
    raise Unusable(NOT_FORMED)


def extension(of: Json, url: str, value: str) -> str:
    """The value of the first extension of that name."""
    return next((text(one, value) for one in parts(of, "extension") if one.get("url") == url), "")


def identifiers(of: Json) -> list[Json]:
    """The identifiers that have a value and are in use."""
    return [one for one in parts(of, "identifier") if text(one, "value") and text(one, "use") != "old"]


def identifier(of: Json, systems: Collection[str]) -> str:
    """The first identifier of one of those systems."""
    return next((text(one, "value") for one in identifiers(of) if text(one, "system") in systems), "")


def codes(of: Json, name: str) -> list[tuple[str, str]]:
    """The (system, code) pairs of a concept."""
    return [(text(one, "system"), text(one, "code")) for one in parts(part(of, name), "coding")]


def day(value: str) -> str:
    """The day in Japan as ISO 8601, with 00 for what a partial date leaves out; anything else as it came."""
    if partial := _PARTIAL.fullmatch(value):
        return f"{partial[1]}-{partial[2] or '00'}-00"
    moment = _MOMENT.fullmatch(value)
    return _day_in_japan(value, otherwise=moment[1]) if moment else value


def _day_in_japan(value: str, *, otherwise: str) -> str:
    try:
        at = datetime.datetime.fromisoformat(value)
        return str(localtime(at).date() if at.tzinfo else at.date())
    except (ValueError, OverflowError):  # 9999-12-31 stands for no end, and Japan is a day ahead
        return otherwise


def names_of(person: Json) -> dict[str, str]:
    """The person's name in each representation that it has: the official one, or else the first."""
    found: dict[str, str] = {}
    names = [one for one in parts(person, "name") if text(one, "use") not in OTHER_NAMES]
    for name in sorted(names, key=lambda one: text(one, "use") != "official"):
        if written := _written(name):
            found.setdefault(_representation(name, written), written)
    return found


def _representation(name: Json, written: str) -> str:
    """IDE, SYL or ABC; a name that does not say it is kana where it has nothing else."""
    marked = extension(name, REPRESENTATION, "valueCode")
    return marked or (KANA if _KATAKANA.fullmatch(written) else UNMARKED)


def _written(name: Json) -> str:
    family, given = text(name, "family"), texts(name, "given")
    if family and given:
        return "　".join([family, *given])
    return text(name, "text") or "　".join([*filter(None, [family]), *given])


def address_of(person: Json) -> str:
    """Where the person lives now, as one text."""
    places = [one for one in parts(person, "address") if text(one, "use") != "old"]
    places.sort(key=lambda one: text(one, "use") != "home")
    return next(filter(None, map(_place, places)), "")


def _place(place: Json) -> str:
    return text(place, "text") or "".join([text(place, "state"), text(place, "city"), *texts(place, "line")])
