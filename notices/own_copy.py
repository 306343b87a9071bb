"""Parts of the copy that a person may ask for of everything about them: each room offers its own."""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notices.kinds import KINDS
from notices.models import Delivery, Notice, Preference, PushSubscription

Text = Promise | str
Value = str | int | bool | datetime.date | dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known: its code and value for machines, its label and words for people."""

    code: str
    label: Text | datetime.date
    value: Value
    words: "Text | datetime.date | int | None" = None

    @property
    def read(self) -> "Text | datetime.date | int":
        """What a person reads."""
        if self.words is not None:
            return self.words
        if isinstance(self.value, bool):
            return _("Yes") if self.value else _("No")
        return "" if self.value is None or isinstance(self.value, dict) else self.value


@dataclass(frozen=True, slots=True)
class Section:
    """Everything of one kind, each entry with its facts; `note` says what is left out of it."""

    code: str
    title: Text
    entries: list[list[Fact]]
    note: Text = ""


def sections(resident_id: int, user_id: int) -> list[Section]:
    """What this person was told, where it was sent to this sign-in, and how it wants to be spoken to."""
    notices = Notice.objects.filter(resident=resident_id).order_by("-created_at", "-id")
    told = [notice_facts(notice) for notice in notices.iterator(chunk_size=1000)]
    own = Delivery.objects.filter(Q(recipient=user_id) | Q(recipient=None), resident=resident_id).order_by(
        "-changed_at", "-id"
    )
    sent = [delivery_facts(delivery) for delivery in own.iterator(chunk_size=1000)]
    browsers = PushSubscription.objects.filter(user=user_id).order_by("added_at", "pk")
    chosen = Preference.objects.filter(user=user_id)
    return [
        Section("notices", _("What we told you"), told),
        Section("deliveries", _("Messages that we sent you"), sent),
        Section("browsers", _("Browsers that show notices"), [browser_facts(each) for each in browsers]),
        Section("preferences", _("How you want the portal"), [preference_facts(each) for each in chosen]),
    ]


def notice_facts(notice: Notice) -> list[Fact]:
    """One notice."""
    return [
        Fact("kind", _("What"), notice.kind, KINDS[notice.kind].title),
        Fact("created_at", _("When"), notice.created_at),
        Fact("read_at", _("Opened"), notice.read_at),
    ]


def delivery_facts(delivery: Delivery) -> list[Fact]:
    """One message to this sign-in."""
    return [
        Fact("channel", _("How"), delivery.channel),
        Fact("state", _("State"), delivery.state, delivery.get_state_display()),
        Fact("changed_at", _("When"), delivery.changed_at),
    ]


def browser_facts(browser: PushSubscription) -> list[Fact]:
    """One browser; its keys open nothing for anybody else, and are left out."""
    return [
        Fact("device", _("Device"), browser.device),
        Fact("added_at", _("Since"), browser.added_at),
    ]


def preference_facts(preference: Preference) -> list[Fact]:
    """Language and version, what is left out, and quiet hours."""
    quiet = (preference.quiet_from, preference.quiet_until)
    hours = " – ".join(f"{time:%H:%M}" for time in quiet if time)
    return [
        Fact("switched_off", _("What you can do without"), ", ".join(preference.switched_off)),
        Fact("quiet_hours", _("Quiet hours"), hours),
        Fact("language", _("Language"), preference.language),
        Fact("simple", _("Simple version"), preference.simple),
    ]
