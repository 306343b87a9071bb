"""What this room knows about one person, for the copy that the person may ask for."""

from collections.abc import Callable, Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Authority,
    Binding,
    Card,
    Claim,
    Invitation,
    KnownDevice,
    Mandate,
    Resident,
    ResidentChange,
    Telephone,
    User,
)
from accounts.scopes import Area, Deed
from notices.own_copy import Fact, Section

# of the register's fields those that say something about the person; its keys are not among them
REGISTER = {
    "name": _("Name"),
    "name_kana": _("Name in kana"),
    "common_name": _("Common name"),
    "former_surname": _("Former surname"),
    "birth_date": _("Date of birth"),
    "sex": _("Sex"),
    "postal_code": _("Postal code"),
    "address": _("Address"),
    "previous_address": _("Previous address"),
    "moved_in_on": _("Lives there since"),
    "relationship": _("Relation to the head of the household"),
    "residence_expires_on": _("Period of stay until"),
    "protected": _("Address is under protection"),
    "died_on": _("Died on"),
}
ELEMENTS = ("name", "kana", "birth_date", "sex", "address")


def sections(resident: Resident, user: User) -> list[Section]:
    """The register's entry, the sign-in with all that belongs to it, and who may act for whom."""
    return [
        Section("register", _("You in the resident register"), [register_facts(resident)]),
        Section(
            "register_changes", _("What changed in the register"), entries(change_facts, changes(resident))
        ),
        Section("sign_in", _("Your sign-in"), [sign_in_facts(user)]),
        Section("addresses", _("Your mail addresses"), entries(address_facts, addresses(user))),
        Section(
            "telephones",
            _("Your telephone for notices"),
            entries(telephone_facts, Telephone.objects.filter(user=user)),
        ),
        Section(
            "keys", _("How you sign in"), entries(key_facts, keys(user)) + entries(card_facts, cards(user))
        ),
        Section("sessions", _("Where you are signed in"), entries(session_facts, user.sessions.all())),
        Section("devices", _("Devices that we know again"), entries(device_facts, devices(user))),
        Section("bindings", _("Sign-ins that were connected with you"), bindings(resident, user)),
        Section("claims", _("Requests to connect a sign-in with you"), claims(resident, user)),
        Section("acts_for_you", _("Who may act for you"), entries(authority_facts, resident.agents.all())),
        Section(
            "mandates", _("Whom you asked to act for by a document"), entries(mandate_facts, asked_by(user))
        ),
        Section(
            "invitations", _("Codes that you made for helpers"), entries(invitation_facts, made_by(resident))
        ),
        Section(
            "you_act_for", _("For whom you may act"), entries(authority_facts, acted_for(user)), NO_NAMES
        ),
    ]


NO_NAMES = _("Names of other people are not in the copy.")


def entries(facts: Callable[[Any], list[Fact]], rows: Iterable[Any]) -> list[list[Fact]]:
    """The facts of each row."""
    return [facts(row) for row in rows]


def register_facts(resident: Resident) -> list[Fact]:
    """What the register says, empty fields left out."""
    known = [(field, getattr(resident, field)) for field in REGISTER]
    words = {"sex": resident.get_sex_display()}
    return [
        Fact(field, REGISTER[field], value, words.get(field))
        for field, value in known
        if value not in ("", None)
    ]


def changes(resident: Resident) -> Iterable[ResidentChange]:
    """Latest first."""
    return ResidentChange.objects.filter(resident=resident).order_by("-at", "-id")


def change_facts(change: ResidentChange) -> list[Fact]:
    """When, and which fields became what."""
    told = [Fact("at", _("When"), change.at)]
    for code, side, label in (("before", change.before, _("Before")), ("after", change.after, _("After"))):
        kept = {field: str(value) for field, value in side.items() if field in REGISTER and value}
        words = " / ".join(f"{REGISTER[field]}: {value}" for field, value in kept.items())
        told.append(Fact(code, label, kept, words))
    return told


def sign_in_facts(user: User) -> list[Fact]:
    """The sign-in itself."""
    return [
        Fact("email", _("Email address"), user.email),
        Fact("name", _("Name"), user.name),
        Fact("joined_at", _("Since"), user.joined_at),
        Fact("last_login", _("Last signed in"), user.last_login),
        Fact("has_password", _("Has a password"), user.has_usable_password()),
    ]


def addresses(user: User) -> Any:
    """In the order in which they came."""
    return EmailAddress.objects.filter(user=user).order_by("pk")


def address_facts(address: EmailAddress) -> list[Fact]:
    """One mail address."""
    return [
        Fact("email", _("Email address"), address.email),
        Fact("verified", _("Proven"), address.verified),
        Fact("primary", _("We write to this one"), address.primary),
    ]


def telephone_facts(telephone: Telephone) -> list[Fact]:
    """The number for text messages, and one whose code was not entered yet."""
    return [
        Fact("number", _("Mobile telephone number"), telephone.number),
        Fact("shared", _("Other people read this telephone too"), telephone.shared),
        Fact("proven_at", _("Proven"), telephone.proven_at),
        Fact("waiting", _("Waits for its code"), telephone.waiting),
    ]


def keys(user: User) -> Any:
    """Passkeys, apps, recovery codes: that there are such, never what is in them."""
    return Authenticator.objects.filter(user=user).order_by("created_at", "pk")


def key_facts(key: Authenticator) -> list[Fact]:
    """One of them."""
    name = key.wrap().name if key.type == Authenticator.Type.WEBAUTHN else ""
    return [
        Fact("kind", _("Kind"), key.type, key.get_type_display()),
        Fact("name", _("Name"), name),
        Fact("created_at", _("Since"), key.created_at),
        Fact("last_used_at", _("Last used"), key.last_used_at),
    ]


def cards(user: User) -> Iterable[Card]:
    """The card, where one is connected."""
    return Card.objects.filter(user=user)


def card_facts(card: Card) -> list[Fact]:
    """That it is connected, and by whom."""
    return [
        Fact("kind", _("Kind"), "card", _("My Number card")),
        Fact("issuer", _("Checked by"), card.issuer),
        Fact("connected_at", _("Since"), card.connected_at),
    ]


def session_facts(session: Any) -> list[Fact]:
    """One browser that is signed in."""
    return [
        Fact("device", _("Device"), session.device),
        Fact("started_at", _("Since"), session.started_at),
        Fact("ends_at", _("Until"), session.expire_date),
    ]


def devices(user: User) -> Iterable[KnownDevice]:
    """Latest first."""
    return KnownDevice.objects.filter(user=user).order_by("-seen_at", "pk")


def device_facts(device: KnownDevice) -> list[Fact]:
    """All that is known of a device beside the digest of its mark."""
    return [Fact("seen_at", _("Last signed in there"), device.seen_at)]


def bindings(resident: Resident, user: User) -> list[list[Fact]]:
    """Every sign-in that ever was this person's; of another one only that it was."""
    return [
        [
            Fact("own", _("This sign-in"), binding.user_id == user.pk),
            Fact("method", _("How"), binding.method, binding.get_method_display()),
            Fact("assurance", _("How sure that is"), binding.assurance, binding.get_assurance_display()),
            Fact("bound_at", _("Since"), binding.bound_at),
            Fact("ended_at", _("Until"), binding.ended_at),
        ]
        for binding in Binding.objects.filter(resident=resident).order_by("bound_at", "pk")
    ]


def claims(resident: Resident, user: User) -> list[list[Fact]]:
    """Requests of this sign-in with what it stated, and those of others about the person without that."""
    own = Claim.objects.filter(user=user) | Claim.objects.filter(resident=resident)
    return [claim_facts(claim, own=claim.user_id == user.pk) for claim in own.order_by("opened_at", "pk")]


def claim_facts(claim: Claim, *, own: bool) -> list[Fact]:
    """One request."""
    told = [
        Fact("own", _("This sign-in"), own),
        Fact("method", _("How"), claim.method, claim.get_method_display()),
        Fact("state", _("State"), claim.state, claim.get_state_display()),
        Fact("opened_at", _("Since"), claim.opened_at),
        Fact("ended_at", _("Until"), claim.ended_at),
    ]
    stated = {key: str(claim.stated[key]) for key in ELEMENTS if own and claim.stated.get(key)}
    return (
        [*told, Fact("stated", _("What you stated"), stated, " / ".join(stated.values()))] if stated else told
    )


def acted_for(user: User) -> Iterable[Authority]:
    """What this sign-in may or might do for others."""
    return Authority.objects.filter(agent=user).order_by("starts_on", "pk")


def authority_facts(authority: Authority) -> list[Fact]:
    """Kind, time and what a helper may do; the other side's name is theirs."""
    scope = authority.scope.order_by("deed", "area")
    return [
        Fact("kind", _("Kind"), authority.kind, authority.get_kind_display()),
        Fact("starts_on", _("Since"), authority.starts_on),
        Fact("ends_on", _("Until"), authority.ends_on),
        Fact("ended_at", _("Ended"), authority.ended_at),
        *[
            Fact("may", row.get_deed_display(), f"{row.deed} {row.area}", row.get_area_display())
            for row in scope
        ],
    ]


def asked_by(user: User) -> Iterable[Mandate]:
    """Requests to act for somebody by a document."""
    return Mandate.objects.filter(user=user).order_by("asked_at", "pk")


def mandate_facts(mandate: Mandate) -> list[Fact]:
    """One request; whom it names belongs to somebody else, and is gone when it is decided."""
    return [
        Fact("number", _("Number of the request"), mandate.number),
        Fact("kind", _("Kind"), mandate.kind, mandate.get_kind_display()),
        Fact("state", _("State"), mandate.state, mandate.get_state_display()),
        Fact("asked_at", _("Since"), mandate.asked_at),
        Fact("ended_at", _("Until"), mandate.ended_at),
    ]


def made_by(resident: Resident) -> Iterable[Invitation]:
    """Codes by which the person named helpers."""
    return Invitation.objects.filter(subject=resident).order_by("made_at", "pk")


def invitation_facts(invitation: Invitation) -> list[Fact]:
    """One code: what was offered, until when, and what became of it; never the code."""
    return [
        Fact("state", _("State"), invitation.state, invitation.get_state_display()),
        Fact("made_at", _("Since"), invitation.made_at),
        Fact("ended_at", _("Until"), invitation.ended_at),
        *[
            Fact("may", deed.label, f"{deed} {area}", Area(area).label)
            for deed in Deed
            for area in invitation.scope.get(deed, ())
        ],
    ]
