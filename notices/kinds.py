"""What can be told: each kind's title and text. No personal data, no sign-in link: these go out by mail."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """The words of one kind of notice. `warns`: somebody else may have done it, so it carries a code."""

    title: Promise
    text: Promise
    warns: bool = False


# for people whose mail somebody else may read
NEUTRAL = Kind(_("There is a message for you"), _("You can read it in the portal."))
KINDS = {
    "record.withheld": Kind(
        _("We stopped one of your records"),
        _(
            "One record may belong to another person. "
            "We stopped its use and hide its details. We ask the office."
        ),
        warns=True,
    ),
    "record.released": Kind(
        _("One of your records is free again"),
        _("We checked the record. It is yours. You can see its details again."),
    ),
    "record.arrived": Kind(
        _("A record of yours came to your number"),
        _(
            "An office had linked it to another number by mistake. "
            "The portal shows how long, and how often it was opened there."
        ),
    ),
    "report.received": Kind(
        _("We received your report"),
        _("We stopped the record while we check it. The portal shows the next step and its latest date."),
        warns=True,
    ),
    "report.noted": Kind(
        _("We received your report"),
        _("We check it now. The portal shows the next step and its latest date."),
        warns=True,
    ),
    "report.by_code": Kind(
        _("A report was made with the code of a notice"),
        _(
            "We stopped what the notice was about for 5 working days. Was it you? "
            "Please sign in and confirm the report. Then it stays stopped until we have checked it."
        ),
    ),
    "report.moved": Kind(
        _("Your report moved a step on"),
        _("The portal shows what happened and what comes next."),
    ),
    "report.needs_you": Kind(
        _("We need an answer from you"),
        _("We asked you a question about your report. Please answer it in the portal."),
    ),
    "report.reminder": Kind(
        _("Our question still waits for you"),
        _("We asked you a question about your report. The portal shows until when you can answer."),
    ),
    "report.message": Kind(
        _("You have a message about your report"),
        _("Support wrote to you. Please read the message in the portal."),
    ),
    "report.withdrawn": Kind(
        _("Your report was withdrawn"),
        _(
            "We do not check the record any more because of it. "
            "If you did not want this, please report again."
        ),
        warns=True,
    ),
    "report.closed": Kind(
        _("Your report is finished"),
        _("The portal shows what we changed and why. If it is still wrong, you can tell us within 90 days."),
    ),
    "report.reopened": Kind(
        _("We check your report again"),
        _("You told us that it is still wrong. The portal shows the next step and its latest date."),
        warns=True,
    ),
    "report.hold_lapsed": Kind(
        _("A hold on your data has ended"),
        _(
            "Somebody made a report with the code of a notice, and nobody confirmed it in 5 working days. "
            "Our support goes on checking. You can stop the record again in the portal."
        ),
    ),
    "incident.affects_you": Kind(
        _("An incident concerns your data"),
        _(
            "An office made the same mistake with the records of several people. "
            "Your data are among them. The portal shows what happened and what we do."
        ),
    ),
    "incident.taken_back": Kind(
        _("We took back what we did because of an incident"),
        _("Your record is again as it was before. The portal shows what happened."),
    ),
    "call.not_reached": Kind(
        _("We could not reach you by telephone"),
        _("You asked to be called back. Please call us, or ask for a call again in the portal."),
    ),
    "certificate.received": Kind(
        _("We received your application for the certificate"),
        _("Your insurer checks it now. The portal shows the next step."),
        warns=True,
    ),
    "certificate.issued": Kind(
        _("Your fallback certificate is ready"),
        _("You can download it in the portal. Show it at the clinic."),
        warns=True,
    ),
    "certificate.posted": Kind(
        _("A fallback certificate comes by post"),
        _(
            "It goes to your registered address in the next days. You need not do anything. "
            "You can also download it in the portal."
        ),
    ),
    "certificate.replaced": Kind(
        _("You have a new fallback certificate"),
        _(
            "Something printed on the old one was corrected. Please do not use the old one. "
            "The new one is in the portal."
        ),
        warns=True,
    ),
    "certificate.asked_by_post": Kind(
        _("Somebody asked for a fallback certificate for you"),
        _(
            "They did so without signing in. It goes by post to your registered address. "
            "That was not you? Please call us. Your present certificate stays valid."
        ),
        warns=True,
    ),
    "certificate.returned": Kind(
        _("Your application came back"),
        _("Something is missing. The portal shows what to do."),
    ),
    "certificate.revoked": Kind(
        _("Your fallback certificate is no longer valid"),
        _("Something printed on it changed. Please do not use it. The portal shows what to do."),
    ),
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
