"""What is told to whoever helps somebody, and to whom they help; and about who looks."""

from django.utils.translation import gettext_lazy as _

from notices.kinds.words import Kind

HELPERS = {
    "authority.used": Kind(
        _("Somebody who may act for you did so for the first time"),
        _(
            "The portal shows what they looked at. You can end it there in one step. "
            "Something is wrong? Please call us at once."
        ),
        warns=True,
    ),
    "look.first": Kind(
        _("Somebody at work looked at your data for the first time"),
        _(
            "The portal shows which office it was, when and why, and each look after this one. "
            "You did not expect that? Please call us."
        ),
        warns=True,
    ),
    "authority.invited": Kind(
        _("A code for a helper was made"),
        _(
            "Whoever has the code can ask to help you. You can take it back in the portal. "
            "That was not you? Please call us at once."
        ),
        warns=True,
    ),
    "authority.declined": Kind(
        _("Your offer was declined"),
        _("Whoever entered your code does not want to help. You can make a new code in the portal."),
    ),
    "authority.granted": Kind(
        _("Somebody may act for you now"),
        _(
            "The portal shows who it is, what they may do, and until when. "
            "Something is wrong? Please call us at once."
        ),
        warns=True,
    ),
    "authority.changed": Kind(
        _("What your helper may do was changed"),
        _("The portal shows what they may do now. That was not you? Please call us at once."),
        warns=True,
    ),
    "authority.ended": Kind(
        _("Somebody acts for you no longer"),
        _("The portal shows who it was, and why it ended."),
    ),
    "authority.grown": Kind(
        _("You are 15: your parents act for you here no longer"),
        _(
            "You can sign in yourself. You need help? You can name a helper in the portal. "
            "You have no sign-in yet? Please call us, or come to a counter with an identity document."
        ),
    ),
    "acting.granted": Kind(
        _("You may act for somebody now"),
        _("The portal shows for whom, what you may do, and until when."),
    ),
    "acting.changed": Kind(
        _("What you may do for somebody was changed"),
        _("The portal shows what you may do now."),
    ),
    "acting.ended": Kind(
        _("You act for somebody no longer"),
        _("The portal shows for whom you acted."),
    ),
    "acting.refused": Kind(
        _("You may not act for the person whom you named"),
        _("Our staff checked your request. Please call us if you think that this is wrong."),
    ),
    # says nothing of what: whoever reads the mail must not learn of a protection
    "protection.changed": Kind(
        _("Something about your data was written down"),
        _("Please look in the portal who looked at your data. You did not expect that? Please call us."),
    ),
}
