"""What an import did, in figures."""

from dataclasses import asdict, dataclass


@dataclass(slots=True)
class Counts:
    """Rows that are not blank, and what became of them; `removed` counts records missing from the file."""

    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: int = 0

    def summary(self, *, seconds: float) -> str:
        """The one line with which every import ends."""
        return " ".join(f"{name}={count}" for name, count in asdict(self).items()) + f" seconds={seconds:.1f}"
