"""Ways to reach a person beside the inbox (the Notice row itself): each has a code and one function."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notices.channels import email
from notices.channels.message import Message

# A channel hands over one message, or raises Unreachable (try again) or Refused (never will). Where it hands
# the same `message.key` over twice, the provider or the reader can see that it is one message.
CHANNELS: dict[str, Callable[[Message], None]] = {"email": email.send}
# What each is called where staff read how a notice went out
WORDS: dict[str, Promise] = {"email": _("Email")}
