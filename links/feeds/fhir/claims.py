"""Those to whom a Coverage of JP Core refers: whose insurance it is, through whom, and with which insurer."""

import re
from collections.abc import Callable
from functools import cached_property

from django.utils.translation import gettext_noop as _

from accounts.intake.fields import Context
from links.feeds.fhir.elements import identifier, identifiers, names_of, part, parts, text
from links.feeds.fhir.lines import Json, Unusable

NO_PATIENT = _("The beneficiary of this Coverage is no Patient of this file.")
NO_INSURER = _("A Coverage names no insurer that can be found; its record has none.")

# of JP Core 1.2 and newer, and of what came before
INSURER_SYSTEMS = ("http://jpfhir.jp/fhir/core/mhlw/IdSystem/InsurerNumber", "urn:oid:1.2.392.100495.20.3.61")
PERSONS, ORGANIZATIONS = ("Patient", "RelatedPerson"), ("Organization",)
REFERRED = (*PERSONS, *ORGANIZATIONS)

_LITERAL = re.compile(r"(?:.*/)?([A-Za-z]+)/([^/]+?)(?:/_history/[^/]+)?", re.DOTALL)
_UUID = re.compile(r"urn:uuid:([^/]+)")


class Claim:
    """One Coverage with those to whom it refers: `look_up` finds `Patient/…` in the file, or None."""

    def __init__(
        self,
        coverage: Json,
        look_up: Callable[[str], Json | None],
        *,
        context: Context,
        number_system: str,
    ) -> None:
        self.coverage = coverage
        self.context = context
        self.number_system = number_system
        self._look_up = look_up

    @cached_property
    def holder(self) -> Json:
        """Whose insurance it is; a reference by the individual number itself is a Patient of only that."""
        reference = part(self.coverage, "beneficiary")
        if found := self._referred(reference, PERSONS[:1]):
            return found
        if text(part(reference, "identifier"), "system") == self.number_system:
            return _only(reference)
        raise Unusable(NO_PATIENT)

    @cached_property
    def numbers(self) -> list[Json]:
        """The identifiers of the holder that are individual numbers."""
        found = identifiers(self.holder)
        return [one for one in found if text(one, "system") == self.number_system]

    @cached_property
    def holder_names(self) -> dict[str, str]:
        """The holder's name by representation."""
        return names_of(self.holder)

    @cached_property
    def insured_names(self) -> dict[str, str]:
        """The name of the person through whom the holder is insured, as far as it is known."""
        reference = part(self.coverage, "subscriber")
        found = self._referred(reference, PERSONS)
        return names_of(found or {"name": [{"text": text(reference, "display")}]})

    @cached_property
    def insurer(self) -> tuple[str, str]:
        """Number and name of the first payor that has either."""
        for payor in parts(self.coverage, "payor"):
            found = self._referred(payor, ORGANIZATIONS) or {}
            known = (identifier(one, INSURER_SYSTEMS) for one in (_only(payor), found))
            number = next(filter(None, known), "")
            name = text(found, "name") or text(payor, "display")
            if number or name:
                return number, name
        self.context.warn(NO_INSURER)
        return "", ""

    def _referred(self, reference: Json, kinds: tuple[str, ...]) -> Json | None:
        address = text(reference, "reference")
        if address.startswith("#"):
            inside = parts(self.coverage, "contained")
            wanted = (one for one in inside if one.get("resourceType") in kinds)
            return next((one for one in wanted if one.get("id") == address[1:]), None)
        found = (self._look_up(name) for name in _names(address, kinds))
        return next(filter(None, found), None)


def _only(reference: Json) -> Json:
    """A resource of which nothing is known but the identifier by which it is referred to."""
    return {"identifier": [part(reference, "identifier")]}


def _names(address: str, kinds: tuple[str, ...]) -> list[str]:
    """The `Patient/…` for which an address stands; a uuid does not say what it is."""
    if uuid := _UUID.fullmatch(address):
        return [f"{kind}/{uuid[1]}" for kind in kinds]
    literal = _LITERAL.fullmatch(address)
    return [f"{literal[1]}/{literal[2]}"] if literal and literal[1] in kinds else []
