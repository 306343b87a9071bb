"""What the pages for several members of a family show."""

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.answers import wishes
from certificates.family import Member, said
from certificates.forms import FamilyForm
from certificates.models import Application
from certificates.views.pages import Context
from certificates.wording import ANSWERS, HEADLINES, QUESTIONS, REASONS


def choice(form: FamilyForm) -> Context:
    """Whom to choose from."""
    return {"form": form, "assurance": _("Nobody is told before you send. Your answers are kept.")}


def question(member: Member, members: list[Member], step: str) -> Context:
    """One question about one of them, and how far one is."""
    asked = member.steps_with(step)
    place, who = asked.index(step), member.resident
    before = address("question", who.public_id, asked[place - 1]) if place else address("")
    return _place_of(member, members) | {
        "step": place + 1,
        "total": len(asked),
        "back_url": before,
        "assurance": _("Nobody is told before you send. Your answers are kept."),
    }


def verdict(member: Member, members: list[Member]) -> Context:
    """One person's answer in words."""
    found = member.verdict
    if found is None:
        raise ValueError("Not every question is answered.")
    last = member.steps_with("help")[-1]
    return _place_of(member, members) | {
        "headline": HEADLINES[found.kind, found.by],
        "reason": REASONS[found.rule],
        "day": found.rule_on,
        "kind": "ok" if found.kind in ("not_needed", "posted") else "needs",
        "may_apply": found.may_apply,
        "back_url": address("question", member.resident.public_id, last),
    }


def wish(step: str, asked: list[str]) -> Context:
    """One question that is asked once for all."""
    place = asked.index(step)
    return {
        "step": place + 1,
        "total": len(asked),
        "back_url": address("wish", asked[place - 1]) if place else address(""),
        "assurance": _("This is for everybody for whom you apply now."),
    }


def check(members: list[Member]) -> Context:
    """Everybody with what follows for them, and what was wished for all who apply."""
    wished = said(members)
    shown = [step for step in wishes(wished) if step in wished]
    return {
        "people": [_row(member) for member in members],
        "wishes": [_answer(step, wished[step], address("wish", step)) for step in shown],
        "any": any(member.may_apply for member in members),
        "back_url": address(""),
    }


def _row(member: Member) -> Context:
    found = member.verdict
    row: Context = {"resident": member.resident, "waiting": member.waiting, "may_apply": member.may_apply}
    if found is None:
        return row
    answers = member.draft.answers
    return row | {
        "headline": HEADLINES[found.kind, found.by],
        "why": REASONS[found.rule],
        "posted": found.kind == "posted" and found.may_apply,
        "reason": Application.Reason(found.reason).label if found.reason and found.may_apply else "",
        "answers": [
            _answer(step, answers[step], address("question", member.resident.public_id, step))
            for step in member.steps_with("help")
            if step in answers
        ],
    }


def _answer(step: str, value: str, url: str) -> Context:
    words = ANSWERS.get(step, {}).get(value, value)
    return {"key": QUESTIONS[step], "value": words, "url": url, "action": _("Change")}


def _place_of(member: Member, members: list[Member]) -> Context:
    return {"resident": member.resident, "place": members.index(member) + 1, "people": len(members)}


def address(name: str, *args: str) -> str:
    """One of the pages for several."""
    return reverse(f"certificates:together_{name}" if name else "certificates:together", args=args)
