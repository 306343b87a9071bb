"""What the residents' pages show."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Resident, User
from accounts.scopes import Area, Deed
from certificates.answers import Answers, Known, facts, steps, wishes
from certificates.documents.render import Size
from certificates.eligibility import By
from certificates.eligibility import verdict as judge
from certificates.facts import Card
from certificates.known import insurance_of
from certificates.models import Application, Certificate
from certificates.models.certificates import ARRIVES_WITHIN
from certificates.wording import ANSWERS, ENDS, HEADLINES, QUESTIONS, REASONS, SIZES

Context = dict[str, Any]


def standing(resident: Resident) -> Context:
    """What the person already has: a valid certificate, or an application that waits."""
    valid = Certificate.objects.valid(on=timezone.localdate()).filter(resident=resident)
    return {
        "running": valid.order_by("-valid_until").first(),
        "held": any(not link.shows_details for link in [insurance_of(resident)] if link),
        "waiting": Application.objects.open().filter(resident=resident).first(),
    }


def declaration(resident: Resident, *, own: bool) -> Context:
    """The lines of the declaration; the insurer is filled in for oneself only, never from a held record."""
    link = insurance_of(resident)
    details = link.details if own and link and link.shows_details else {}
    lines = [
        {"key": _("Name"), "value": f"{resident.name}　{resident.name_kana}"},
        {"key": _("Date of birth"), "day": resident.born_on},
        {"key": _("Address"), "value": ""},
        {"key": _("Telephone"), "value": ""},
        {"key": _("Insurer, or employer"), "value": details.get("insurer_name", "")},
        {"key": _("Symbol and number, if you know them"), "value": symbol_and_number(details)},
        {"key": _("Share that you usually pay (10, 20 or 30 percent)"), "value": ""},
        {"key": _("Date"), "value": ""},
        {"key": _("Signature"), "value": ""},
    ]
    return {"resident": resident, "lines": lines, "held": bool(link and not link.shows_details)}


def symbol_and_number(details: dict[str, str]) -> str:
    """Both as on a card, as far as they were sent."""
    return " ".join(
        filter(None, (details.get("symbol"), details.get("number"), details.get("branch_number")))
    )


def question(resident: Resident, step: str, asked: list[str]) -> Context:
    """One question among those that this person is asked."""
    place = asked.index(step)
    before = (
        reverse("certificates:question", args=[resident.public_id, asked[place - 1]])
        if place
        else reverse(f"certificates:{'verdict' if step == 'items' else 'start'}", args=[resident.public_id])
    )
    return {
        "step": place + 1,
        "total": len(asked),
        "back_url": before,
        "assurance": _("Nobody is told before you send. Your answers are kept."),
    }


def verdict(resident: Resident, known: Known, answers: Answers) -> Context:
    """The verdict in words, and what follows from it."""
    found = judge(facts(known, answers))
    return {
        "resident": resident,
        "headline": HEADLINES[found.kind, found.by],
        "reason": REASONS[found.rule],
        "day": found.rule_on,
        "kind": "ok" if found.kind in ("not_needed", "posted") else "needs",
        "may_apply": found.may_apply,
        "posted": found.kind == "posted",
        "card_may_be_gone": known.card is Card.VALID and found.rule in ("card_works", "not_beside_card"),
        "by_employer": found.by is By.EMPLOYER and found.rule != "not_beside_card",
        "back_url": reverse("certificates:question", args=[resident.public_id, steps(known, answers)[-1]]),
    }


def check_answers(resident: Resident, known: Known, answers: Answers) -> Context:
    """Everything that will be sent, each answer with the way to change it."""
    found = judge(facts(known, answers))
    reason = Application.Reason(found.reason).label if found.reason else ""
    rows = [
        {"key": _("For"), "value": resident.name},
        {"key": _("Date of birth"), "day": resident.born_on},
        {"key": _("Reason"), "value": reason},
    ]
    return {
        "resident": resident,
        "rows": rows,
        "answers": answer_rows(resident, known, answers),
        "held": known.insurance_held,
    }


def answer_rows(resident: Resident, known: Known, answers: Answers) -> list[Context]:
    """The answers in words, with the question's address."""
    return [
        {
            "key": QUESTIONS[step],
            "value": ANSWERS.get(step, {}).get(answers[step], answers[step]),
            "url": reverse("certificates:question", args=[resident.public_id, step]),
            "action": _("Change"),
        }
        for step in [*steps(known, answers), *wishes(answers)]
        if step in answers
    ]


def application(found: Application) -> Context:
    """One application and how far it is."""
    return {
        "application": found,
        "resident": found.resident,
        "certificate": (paper := getattr(found, "certificate", None)),
        "arrives_by": timezone.localdate(paper.posted_at) + ARRIVES_WITHIN
        if paper and paper.posted_at
        else None,
    }


def others(user: User, resident: Resident) -> list[Resident]:
    """The other people for whom the user may apply: a family applies one after the other."""
    today = timezone.localdate()
    allowed = Resident.objects.permitted_to(user, Deed.APPLY, Area.HEALTH, on=today)
    return list(allowed.exclude(pk=resident.pk).order_by("pk")[:20])


def size_of(text: str) -> Size:
    """The size of paper that an address names, A4 where it names none."""
    return Size(text) if text in set(Size) else Size.A4


def certificate(found: Certificate, *, valid: bool) -> Context:
    """One certificate; if it is not valid, why."""
    over = "expired" if found.valid_until < timezone.localdate() else "facts_changed"
    return {
        "certificate": found,
        "resident": found.resident,
        "valid": valid,
        "other_sizes": [(size.value, words) for size, words in SIZES.items() if size is not Size.A4],
        "why_not": "" if valid else ENDS[found.revocation or over],
    }
