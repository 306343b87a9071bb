"""What is told about a sign-in, and about what it opens."""

from django.utils.translation import gettext_lazy as _

from notices.kinds.words import Kind

SIGN_INS = {
    "sign_in.changed": Kind(
        _("How you sign in was changed"),
        _(
            "A password, a passkey or a mail address was changed. We signed you out on all other devices. "
            "That was not you? Please call us at once."
        ),
        warns=True,
    ),
    "sign_in.letter": Kind(
        _("A letter with a code goes to your address"),
        _(
            "Somebody wants to connect a sign-in with you. We sent a code to your registered address. "
            "That was not you? Please call us at once. Without the code nobody sees anything."
        ),
        warns=True,
    ),
    "sign_in.connected": Kind(
        _("A sign-in is connected with you"),
        _(
            "For 7 days it opens no details and gets no certificate. "
            "That was not you? Please call us at once."
        ),
        warns=True,
    ),
    "sign_in.disputed": Kind(
        _("Two sign-ins say to be the same person"),
        _(
            "Our staff check whose is the right one. Until then details are hidden. "
            "Please call us, or come to a counter with an identity document."
        ),
    ),
    "sign_in.decided": Kind(
        _("We decided whose sign-in is the right one"),
        _("Please sign in to see what we decided. Something is wrong? Please call us at once."),
    ),
    "sign_in.locked": Kind(
        _("Everything of yours is locked"),
        _(
            "Somebody who signed in as you pressed “Lock everything”. Nobody opens or changes anything now. "
            "To open it, please prove once more who you are. That was not you? Please call us at once."
        ),
    ),
    "sign_in.unlocked": Kind(
        _("What you locked is open again"),
        _("Somebody proved to be you, by card, letter or counter. That was not you? Please call us at once."),
    ),
    "sign_in.new_device": Kind(
        _("Somebody signed in on a new device"),
        _(
            "Somebody signed in as you on a device that we did not know. The portal shows all devices, "
            "and you can sign out there. That was not you? Please call us at once."
        ),
        warns=True,
    ),
    "sign_in.address_left": Kind(
        _("We do not write to this address any more"),
        _(
            "The mail address of your sign-in was changed. "
            "Notices and codes go to another address from now on. That was not you? Please call us at once."
        ),
    ),
    "number.opened": Kind(
        _("Your individual number was shown"),
        _(
            "Somebody who signed in as you looked at your individual number in the portal. "
            "That was not you? Please call us at once."
        ),
        warns=True,
    ),
    "sign_in.deleted": Kind(
        _("Your sign-in is deleted"),
        _(
            "Nobody can sign in with it any more, and nobody sees your data by it. "
            "That was not you? Please call us at once."
        ),
        warns=True,
    ),
    "contact.telephone_changed": Kind(
        _("Your telephone for notices was changed"),
        _("A telephone for text messages was named or taken away. That was not you? Please call us at once."),
        warns=True,
    ),
    "contact.letter_returned": Kind(
        _("A letter to you came back"),
        _(
            "We sent a letter to your registered address, and it came back. We post nothing there any more. "
            "Is your address right? Please ask the counter of your municipality."
        ),
    ),
    "export.ready": Kind(
        _("The copy of your data is ready"),
        _("You can fetch it in the portal for 7 days. That was not you? Please call us at once."),
        warns=True,
    ),
    "export.fetched": Kind(
        _("The copy of your data was fetched"),
        _(
            "Somebody who signed in as you fetched a copy of everything that we know about you. "
            "That was not you? Please call us at once."
        ),
        warns=True,
    ),
    "export.failed": Kind(
        _("We could not make the copy of your data"),
        _("Please ask for it once more in the portal. If it fails again, please call us."),
    ),
}
