"""Message catalogues without system gettext: extract from code and templates, merge, compile, compare."""

from collections.abc import Iterable, Iterator
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
# languages that are only begun hold the frame and the pages named in portal/languages.py, whole
BEGUN = ("zh_Hans", "zh_Hant", "ko", "vi", "pt_BR", "es")
FRAME = (
    "templates/base.html",
    "templates/404.html",
    "templates/account/confirm_login_code.html",
    "templates/account/login.html",
    "templates/account/logout.html",
    "templates/account/request_login_code.html",
    "templates/accounts/fear.html",
    "templates/accounts/stay.html",
    "templates/allauth/layouts/manage.html",
    "templates/components/ending.html",
    "templates/components/error_summary.html",
    "templates/components/footer.html",
    "templates/components/header.html",
    "templates/components/nav.html",
    "templates/django/forms/label.html",
)
# words of Django and allauth that these pages can say
FORMS = (
    "Code",
    "Enter a valid email address.",
    "Forgot your password?",
    "Incorrect code.",
    "The email address and/or password you specified are not correct.",
    "This field is required.",
    "Too many failed login attempts. Try again later.",
)
# file, message (or its two forms), line
Message = tuple[str, str | tuple[str, ...], int]
ROOMS = ("portal", "accounts", "notices", "links", "reports", "certificates")


def messages(base: Path) -> Iterator[Message]:
    """Every message of the house as (file, message, line)."""
    for room in ROOMS:
        for path in sorted((base / room).rglob("*.py")):
            yield from found_in(path, path.read_bytes(), base)
    for path in sorted([*(base / "templates").rglob("*.html"), *(base / "templates").rglob("*.txt")]):
        yield from found_in(path, templatize(path.read_text(encoding="utf-8")).encode(), base)


def found_in(path: Path, source: bytes, base: Path) -> Iterator[Message]:
    """The messages of one file, its Python given as bytes."""
    for line, message, _comments, _context in extract("python", BytesIO(source), keywords=KEYWORDS):
        if message and "migrations" not in path.parts:
            yield path.relative_to(base).as_posix(), message, line


def template(found: Iterable[Message], language: str) -> Catalog:
    """A catalogue of what of these messages has to be translated into the language."""
    catalogue = Catalog(charset="utf-8")
    for name, message, _line in found:
        if language not in BEGUN or name in FRAME or message in FORMS:
            catalogue.add(message, locations=[(name, 0)])
    return catalogue


def language_of(path: Path) -> str:
    """Which language the catalogue at this path is in."""
    return path.parts[-3]


def catalogue_files(base: Path) -> list[Path]:
    """The catalogues that the house keeps, one a language."""
    return sorted((base / "locale").glob("*/LC_MESSAGES/django.po"))


def update(base: Path) -> None:
    """Bring every catalogue up to the messages of the code; what is gone goes, what is new is empty."""
    found = list(messages(base))
    for path in catalogue_files(base):
        catalogue = read_po(BytesIO(path.read_bytes()))
        fresh = template(found, language_of(path))
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
    found, missing = list(messages(base)), []
    for path in catalogue_files(base):
        known = {message.id: message.string for message in read_po(BytesIO(path.read_bytes()))}
        language = language_of(path)
        wanted = [message.id for message in template(found, language) if message.id]
        missing += [f"{language}: {one!r}" for one in wanted if not filled(known.get(one))]
    return missing


def filled(string: str | tuple[str, ...] | list[str] | None) -> bool:
    """Whether there is a translation, in every plural form."""
    return bool(string) and all([string] if isinstance(string, str) else string or [])
