"""Ways to reach a person beside the inbox (the Notice row itself), in the order in which they are tried."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notices.channels import email, push, sms
from notices.channels.message import Answer, Message
from notices.recipients import Recipient


@dataclass(frozen=True, slots=True)
class Channel:
    """One way: what it is called, where it leads for somebody (empty: nowhere), and what hands over.

    `send_all` takes messages as they come and gives an answer for each in their order; it asks for no message
    that it does not hand over. Where it hands the same `message.key` over twice, the provider or the reader
    can see that it is one message. `arrives`: whether what was accepted has reached somebody; where not, it
    goes along with the next channel.
    """

    words: Promise
    address: Callable[[Recipient], str]
    send_all: Callable[[Iterable[Message]], Iterator[Answer]]
    arrives: bool = True


CHANNELS = {
    "push": Channel(
        _("Notification"), lambda who: str(who.user_id) if who.pushes else "", push.send_all, arrives=False
    ),
    "email": Channel(_("Email"), lambda recipient: recipient.email, email.send_all),
    "sms": Channel(_("Text message"), lambda recipient: recipient.phone, sms.send_all),
}
# What each is called where people read how a notice went out
WORDS: dict[str, Promise] = {code: channel.words for code, channel in CHANNELS.items()} | {
    "letter": _("Letter")
}
