"""The faces that papers may be set in: IPAmj Mincho where it is installed, else Noto Sans CJK JP."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import noto_cjk_sans_jp_regular

from accounts.documents.coverage import Coverage, read_coverage

# Debian's fonts-ipamj-mincho and its copies: 54,578 characters, the repertoire of the resident register
IPAMJ_FOLDERS = (
    Path("/usr/share/fonts/truetype/ipamj"),
    Path("/usr/share/fonts/ipa-mj-mincho-fonts"),
    Path("/usr/local/share/fonts/ipamj"),
)


@dataclass(frozen=True)
class Face:
    """A font family and the file that holds it."""

    family: str
    path: Path

    @property
    def coverage(self) -> Coverage:
        """What the face can draw, read once."""
        return _coverage(self.path)


NOTO = Face("Noto Sans CJK JP", Path(str(noto_cjk_sans_jp_regular.FONT_PATH)))


class MissingGlyph(ValueError):
    """The face lacks a character of the paper; the text names each for staff."""

    def __init__(self, face: Face, missing: list[str]) -> None:
        self.characters = missing
        named = ", ".join(f"{cluster} ({code_points(cluster)})" for cluster in missing)
        super().__init__(f"{face.family}: {named}")


def code_points(cluster: str) -> str:
    """Return a character and its selector as U+ numbers."""
    return " ".join(f"U+{ord(character):04X}" for character in cluster)


def preferred_face(folders: tuple[Path, ...] = IPAMJ_FOLDERS) -> Face:
    """Return IPAmj Mincho from the first folder that has it, else the face that comes with the project."""
    for folder in folders:
        for path in sorted(folder.glob("ipamjm*.ttf")):
            return Face("IPAmjMincho", path)
    return NOTO


def refuse_missing(face: Face, texts: list[str]) -> None:
    """Raise MissingGlyph if any text holds a character that the face would draw as a blank box."""
    missing = {cluster: None for text in texts for cluster in face.coverage.missing(text)}
    if missing:
        raise MissingGlyph(face, list(missing))


@lru_cache(maxsize=4)
def _coverage(path: Path) -> Coverage:
    return read_coverage(path)
