"""Names in kanji, kana or Latin letters: the register's bracket form, and how two names relate."""

import re
from functools import lru_cache
from typing import NamedTuple

from links.review.rules.kana import SEPARATORS, is_kana
from links.review.rules.latin import compare_tokens, is_latin, tokens
from links.review.rules.letters import agreement, one_letter_apart, only_fillers
from links.review.rules.text import CACHE, clean, spelled_out

BRACKETS = str.maketrans("〔【{<《〕】}>》", "[[[[[]]]]]")
FORMER = re.compile(
    r"^(?P<surname>[^\[\](_]+)[\[(](?:旧[氏姓])?[ :]*(?P<former>[^\])]+)[\])](?P<given>[^\[(_]+.*)$"
)
FORMER_BEHIND = re.compile(r"^(?P<name>.+?)[\[(]旧[氏姓][ :]*(?P<former>[^ \])]+)[\])]$")
COMMON = re.compile(r"[\[(](?:通称名?)?[ :]*([^()\[\]]+)[\])]")
LABEL = "通称"
# no brackets, no fillers: nothing that would need to be taken apart
PLAIN = re.compile("[ \u3041-\u30fa々ー\u3400-\u9fff\U00020000-\U0003ffff]*[\u3041-\u9fff]")
SAME = ("equal", "variant", "clerk", "filler")


class Alternative(NamedTuple):
    """One of the names a person goes by: its words, its script, and which name it is.

    `kind` is registered, other_script (the kanji behind a Latin name), former_surname or common_name;
    `script` kanji, kana or latin.
    """

    words: tuple[str, ...]
    script: str
    kind: str


class NameFinding(NamedTuple):
    """How two names relate.

    `level` is equal, variant, filler, clerk, other or missing; `surname` and `given` same, slip,
    other or unknown; `kind` says which of the registered names it was compared with; `loose` that
    Latin words came in another order or one was left out; `unread` that no letter of the given
    name could be read.
    """

    level: str
    surname: str
    given: str
    kind: str = "registered"
    loose: bool = False
    unread: bool = False
    registered: str = ""
    claimed: str = ""


MISSING = NameFinding("missing", "unknown", "unknown")
STRENGTH = {"missing": 0, "other": 1, "clerk": 4, "filler": 5, "variant": 6, "equal": 7}


@lru_cache(maxsize=CACHE)
def alternatives(name: str) -> tuple[Alternative, ...]:
    """Every name that a field in the register's form holds, the registered one first."""
    text = clean(name).translate(BRACKETS)
    if "[" not in text and "(" not in text and "_" not in text:
        return _written(text, "registered")
    if former := FORMER.match(text):
        return _with_former(former["surname"], former["former"], former["given"])
    if former := FORMER_BEHIND.match(text):
        surname, _space, given = former["name"].partition(" ")
        return _with_former(surname, former["former"], given)
    brackets = COMMON.findall(text)
    first, *halves = COMMON.sub(" ", text).split("_")
    second = "common_name" if LABEL in brackets else "other_script"
    registered = (
        *_written(first, "registered"),
        *(part for half in halves for part in _written(half, second)),
    )
    return (*registered, *(part for inside in brackets for part in _bracketed(inside, registered)))


def _bracketed(inside: str, registered: tuple[Alternative, ...]) -> tuple[Alternative, ...]:
    """What a bracket behind the name says: a common name, or a former surname where it is one word only."""
    words = registered[0].words if registered else ()
    former = f"{inside} {' '.join(words[1:])}" if len(words) > 1 and " " not in inside else ""
    return (*_written(inside, "common_name"), *_written(former, "former_surname")) if inside != LABEL else ()


def _with_former(surname: str, former: str, given: str) -> tuple[Alternative, ...]:
    """The name with its present surname, and with the former one."""
    present = alternatives(f"{surname} {given}")
    return (*present, *_written(f"{former} {re.split('[_(]', given)[0]}", "former_surname"))


def _written(text: str, kind: str) -> tuple[Alternative, ...]:
    """One name as an alternative; none for an empty text."""
    if is_latin(text):
        return (Alternative(tokens(text), "latin", kind),) if tokens(text) else ()
    words = tuple(spelled_out(text.translate(SEPARATORS)).split())
    if not words or only_fillers("".join(words)):
        return ()
    return (Alternative(words, "kana" if is_kana(text) else "kanji", kind),)


def kinds(name: str) -> frozenset[str]:
    """The kinds of name that the field holds."""
    return frozenset(alternative.kind for alternative in alternatives(name))


def scripts(name: str) -> frozenset[str]:
    """The scripts that the field's names are written in."""
    return frozenset(alternative.script for alternative in alternatives(name))


def compare_names(registered: str, claimed: str) -> NameFinding:
    """How the claimed name relates to that registered name which it fits best."""
    plain = clean(registered)
    if plain == clean(claimed) and PLAIN.fullmatch(plain):
        return NameFinding("equal", "same", "same", registered=plain, claimed=plain)
    found = MISSING
    for one in alternatives(registered):
        for other in alternatives(claimed):
            candidate = _compare(one, other)
            if _strength(candidate) > _strength(found):
                found = candidate
    return found


def _strength(finding: NameFinding) -> tuple[int, bool, int]:
    """Orders findings: the stronger the agreement, the greater."""
    parts = (finding.surname, finding.given)
    return STRENGTH[finding.level], not finding.loose, 2 * parts.count("same") + parts.count("slip")


def _compare(one: Alternative, other: Alternative) -> NameFinding:
    """How two names relate; names in different scripts cannot be compared."""
    if one.script != other.script:
        return MISSING
    texts = " ".join(one.words), " ".join(other.words)
    if one.script == "latin":
        level, surname, given, loose = compare_tokens(one.words, other.words)
        return NameFinding(level, surname, given, one.kind, loose, False, *texts)
    level = agreement("".join(one.words), "".join(other.words))
    if level == "other":
        return NameFinding(level, *_parts(one.words, other.words), one.kind, False, False, *texts)
    unread = level == "filler" and _unread(one.words, other.words)
    return NameFinding(level, "same", "same", one.kind, False, unread, *texts)


def _unread(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True where nothing of the given name can be read on one side."""
    cut = len((one if len(one) > 1 else other)[0])
    givens = "".join(one)[cut:], "".join(other)[cut:]
    return any(given and only_fillers(given) for given in givens)


def _parts(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, str]:
    """How surname and given name relate, where the whole name differs."""
    if _surname_alone(one, other) or _surname_alone(other, one):
        return "same", "unknown"
    if len(one) == 1 and len(other) == 1:
        return _unsplit(one[0], other[0])
    found = [(part_level(a[0], b[0]), part_level(a[1], b[1])) for a in _splits(one) for b in _splits(other)]
    return max(
        found,
        key=lambda levels: 2 * levels.count("same") + levels.count("slip"),
        default=("unknown", "unknown"),
    )


def _surname_alone(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """True where all that was written is the surname of the other."""
    return len(short) == 1 < len(full) and agreement(short[0], full[0]) in SAME


def _splits(words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Surname and given name: as the words say, or every way to cut a single word."""
    if len(words) > 1:
        return [(words[0], "".join(words[1:]))]
    return [(words[0][:at], words[0][at:]) for at in range(1, len(words[0]))]


def _unsplit(one: str, other: str) -> tuple[str, str]:
    """What can be said of two names whose words are not set apart: whether both ends differ."""
    starts = agreement(one[0], other[0]) != "other"
    ends = agreement(one[-1], other[-1]) != "other"
    if not ends:
        return ("same" if starts else "other"), "other"
    return "unknown", "unknown"


def part_level(one: str, other: str) -> str:
    """How two surnames, or two given names, relate: same, slip, other or unknown (unreadable)."""
    if only_fillers(one) or only_fillers(other):
        return "unknown"
    if agreement(one, other) in SAME:
        return "same"
    return "slip" if one_letter_apart(one, other) or len(one) == len(other) == 1 else "other"


@lru_cache(maxsize=CACHE)
def shown(name: str) -> str:
    """The names in a field, as they are shown when nothing could be compared with them."""
    return " / ".join(" ".join(found.words) for found in alternatives(name))
