"""Applications and certificates of one person, for the copy that the person may ask for."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Resident, User
from certificates.models import Application, Certificate, Draft
from notices.own_copy import Fact, Section

HIDDEN = _(
    "What a certificate printed from a record that is stopped or being checked is not in the copy: "
    "it may be another person's."
)


def sections(resident: Resident, user: User) -> list[Section]:
    """What was applied for, what was issued, and what this sign-in began to answer."""
    applications = Application.objects.filter(resident=resident).order_by("-received_at", "-pk")
    issued = (
        Certificate.objects.filter(resident=resident).select_related("link").order_by("-issued_on", "-pk")
    )
    drafts = Draft.objects.filter(user=user, resident=resident).order_by("pk")
    return [
        Section("applications", _("Your applications"), [application_facts(each) for each in applications]),
        Section("certificates", _("Your certificates"), [certificate_facts(each) for each in issued], HIDDEN),
        Section(
            "application_drafts", _("Applications that you began"), [draft_facts(each) for each in drafts]
        ),
    ]


def application_facts(application: Application) -> list[Fact]:
    """One application."""
    return [
        Fact("number", _("Number"), application.number),
        Fact("reason", _("Reason"), application.reason, application.get_reason_display()),
        Fact("stated", _("What you stated"), texts(application.stated), told(application.stated)),
        Fact("state", _("State"), application.state, application.get_state_display()),
        Fact("received_at", _("Received"), application.received_at),
        Fact("decided_at", _("Decided"), application.decided_at),
        Fact("answer", _("Answer"), application.answer),
    ]


def certificate_facts(certificate: Certificate) -> list[Fact]:
    """One certificate; what it printed only while the record behind it may be seen."""
    facts = [
        Fact("number", _("Number"), certificate.number),
        Fact("issued_on", _("Issued on"), certificate.issued_on),
        Fact("valid_until", _("Valid until"), certificate.valid_until),
        Fact("revoked_at", _("Revoked"), certificate.revoked_at),
        Fact("revocation", _("Why"), certificate.revocation, certificate.get_revocation_display()),
    ]
    link = certificate.link
    if not link.shows_details or link.resident_id != certificate.resident_id:
        return facts
    printed = certificate.facts.get("printed", {})
    return [*facts, Fact("printed", _("What it prints"), texts(printed), told(printed))]


def draft_facts(draft: Draft) -> list[Fact]:
    """One application that was not sent yet."""
    return [
        Fact("answers", _("What you stated"), texts(draft.answers), told(draft.answers)),
        Fact("changed_at", _("Last changed"), draft.changed_at),
    ]


def texts(values: dict[str, object]) -> dict[str, str]:
    """The same as texts, empty ones left out."""
    return {key: str(value) for key, value in values.items() if value not in ("", None)}


def told(values: dict[str, object]) -> str:
    """The same in one line."""
    return " / ".join(texts(values).values())
