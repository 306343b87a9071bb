"""What is told about records."""

from django.utils.translation import gettext_lazy as _

from notices.kinds.words import Kind

RECORDS = {
    "record.linked": Kind(
        _("A new record is linked to your number"),
        _("We checked whose it is. The portal shows what it is and which office linked it."),
    ),
    "record.changed": Kind(
        _("One of your records was changed"),
        _("The office that keeps it sent other data. The portal shows what changed, and when."),
    ),
    "record.checked": Kind(
        _("We checked one of your records again"),
        _("The result is another one than before. The portal shows what was compared."),
    ),
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
}
