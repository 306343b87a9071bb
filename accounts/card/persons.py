"""Whether the holder of a card is the person of a sign-in: the same rules as for records."""

from typing import Any

from accounts.models import Resident
from links.review.rules import Person, compare

SEXES = {"male": "1", "female": "2", "1": "1", "2": "2"}


def is_same_person(resident: Resident, claims: dict[str, Any]) -> bool:
    """Whether this resident stands on the card: born on the same day, and nothing speaks against it."""
    registered = Person(
        resident.registered_name, resident.name_kana, resident.birth_date, resident.sex, resident.address
    )
    found = compare(registered, on_the_card(claims))
    return (
        found.elements["birth_date"].level == "equal" and found.verdict != "mismatch" and not found.conceals
    )


def on_the_card(claims: dict[str, Any]) -> Person:
    """Name, birth date, sex and address as the provider names them; empty what it does not say."""
    address = claims.get("address")
    formatted = address.get("formatted") if isinstance(address, dict) else ""
    return Person(
        name=text(claims.get("name")),
        kana="",
        birth_date=text(claims.get("birthdate")),
        sex=SEXES.get(text(claims.get("gender")), ""),
        address=text(formatted),
    )


def text(value: object) -> str:
    """The value if it is text of a bearable length."""
    return value if isinstance(value, str) and len(value) <= 1000 else ""
