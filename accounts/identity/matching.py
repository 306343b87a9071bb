"""Who in the register somebody is, by the rules with which records are reviewed."""

from django.utils.timezone import localdate

from accounts.models import Resident
from accounts.models.protection import covered
from links.review.rules import Comparison, Person, compare

MOST_SHOWN = 5
FORMS = ("name", "kana")
AGREEING = ("equal", "same", "variant", "filler", "near")


def is_same(comparison: Comparison) -> bool:
    """Whether it is this person beyond doubt: the birth date equal, the address sent and the same."""
    elements = comparison.elements
    return (
        comparison.verdict == "match"
        and elements["birth_date"].level == "equal"
        and elements["address"].level == "same"
    )


def compared(person: Person) -> list[tuple[Resident, Comparison]]:
    """Everyone of the register who was born on that day, compared; one query."""
    born = Resident.objects.filter(birth_date=person.birth_date).order_by("pk")
    return [(who, compare(who.as_person(), person)) for who in born.iterator()]


def only_one(person: Person) -> Resident | None:
    """The one living person who it is; None where it is nobody or several, or somebody under protection.

    Whoever asks must not learn which: everybody born on that day is compared, found or not.
    """
    same = [who for who, comparison in compared(person) if is_same(comparison)]
    # asked about nobody too, for the same work
    alone = may_bind_alone(same[0] if len(same) == 1 else Resident())
    return same[0] if alone else None


def may_bind_alone(resident: Resident) -> bool:
    """Whether no counter is needed: a protection brings one there, and the dead have no sign-in."""
    free = Resident.objects.filter(pk=resident.pk, died_on=None).exclude(covered(on=localdate()))
    return free.exists()


def like(person: Person) -> list[tuple[Resident, Comparison]]:
    """Those whom staff have to look at, the likeliest first: called alike, and born on that day."""
    alike = [
        (who, comparison)
        for who, comparison in compared(person)
        if who.died_on is None and any(comparison.elements[form].level in AGREEING for form in FORMS)
    ]
    return sorted(alike, key=lambda found: not is_same(found[1]))[:MOST_SHOWN]
