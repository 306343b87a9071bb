"""Message catalogues without system gettext: extract from code and templates, merge, compile, compare."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}
ROOMS = ("portal", "accounts", "notices", "links", "reports", "certificates")


def messages(base: Path) -> Iterator[tuple[str, str | tuple[str, ...], int]]:
    """Every message of the house as (file, message, line)."""
    for room in ROOMS:
        for path in sorted((base / room).rglob("*.py")):
            yield from found_in(path, path.read_bytes(), base)
    for path in sorted([*(base / "templates").rglob("*.html"), *(base / "templates").rglob("*.txt")]):
        yield from found_in(path, templatize(path.read_text(encoding="utf-8")).encode(), base)


def found_in(path: Path, source: bytes, base: Path) -> Iterator[tuple[str, str | tuple[str, ...], int]]:
    """The messages of one file, its Python given as bytes."""
    for line, message, _comments, _context in extract("python", BytesIO(source), keywords=KEYWORDS):
        if message and "migrations" not in path.parts:
            yield path.relative_to(base).as_posix(), message, line


def template(base: Path) -> Catalog:
    """A catalogue of everything that has to be translated."""
    catalogue = Catalog(charset="utf-8")
    for name, message, _line in messages(base):
        catalogue.add(message, locations=[(name, 0)])
    return catalogue


def catalogue_files(base: Path) -> list[Path]:
    """The catalogues that the house keeps, one a language."""
    return sorted((base / "locale").glob("*/LC_MESSAGES/django.po"))


def update(base: Path) -> None:
    """Bring every catalogue up to the messages of the code; what is gone goes, what is new is empty."""
    fresh = template(base)
    for path in catalogue_files(base):
        catalogue = read_po(BytesIO(path.read_bytes()))
        catalogue.update(fresh, no_fuzzy_matching=True, update_creation_date=False)
        written = BytesIO()
        write_po(written, catalogue, width=100, sort_output=True, ignore_obsolete=True, include_lineno=False)
        path.write_bytes(written.getvalue())


def compile_all(base: Path) -> None:
    """Write the binary catalogue beside each .po file."""
    for path in catalogue_files(base):
        written = BytesIO()
        write_mo(written, read_po(BytesIO(path.read_bytes())))
        path.with_suffix(".mo").write_bytes(written.getvalue())


def gaps(base: Path) -> list[str]:
    """What a catalogue lacks: `language: message` for each missing or empty translation."""
    wanted = [message.id for message in template(base) if message.id]
    missing = []
    for path in catalogue_files(base):
        known = {message.id: message.string for message in read_po(BytesIO(path.read_bytes()))}
        language = path.parts[-3]
        missing += [f"{language}: {one!r}" for one in wanted if not filled(known.get(one))]
    return missing


def filled(string: str | tuple[str, ...] | list[str] | None) -> bool:
    """Whether there is a translation, in every plural form."""
    return bool(string) and all([string] if isinstance(string, str) else string or [])
