"""What is told about the fallback certificate."""

from django.utils.translation import gettext_lazy as _

from notices.kinds.words import Kind

CERTIFICATES = {
    "certificate.expires_in_60": Kind(
        _("Your fallback certificate is valid for 60 days more"),
        _("The portal shows its last day. You still need one after that? You can apply again there."),
    ),
    "certificate.expires_in_14": Kind(
        _("Your fallback certificate is valid for 14 days more"),
        _("You still need one? Please apply again in the portal."),
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
}
