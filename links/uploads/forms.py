"""What staff fill in to import a file, or to undo an import."""

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.free_text import FreeText
from links.categories import CATEGORIES
from links.feeds.store import MAX_REMOVED_PERCENT
from links.models import Institution
from links.models.institutions import CODE
from links.uploads.receiving import Received

# ZIP (every newer spreadsheet is one), older spreadsheets, gzip, 7z, xz, bzip2
PACKED = (b"PK", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"7z\xbc\xaf", b"\xfd7zXZ", b"BZh")
PACKED_FILE = _("This is a packed file or a spreadsheet. Please save it as CSV, and choose that file.")
TOO_LARGE = _("This file has %(size)s, and %(most)s is the most here. Please import it on the server.")
EMPTY = _("This file is empty. Please choose another one.")
FHIR_CATEGORY = "health_insurance"
NOT_IN_FHIR = _("In FHIR there is only health insurance. Please choose that, or CSV.")
NOT_YET = _("This day has not come yet.")
NO_FILE = _("Please choose a file first.")
NOT_A_CODE = _("A code has letters, digits, hyphens and underscores, at most 32.")
LIMIT = _("Stop where more records than this would disappear or change their holder (percent)")
# more suggestions would make the page heavy
MOST_SUGGESTIONS = 200


class Percent(forms.FloatField):
    """A share from 0 to 100."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(min_value=0, max_value=100, **settings)


class FeedForm(forms.Form):
    """How a feed is to be read."""

    institution_code = forms.CharField(
        label=_("Institution's code"),
        help_text=_("Letters, digits, hyphens and underscores. A new code makes a new institution."),
        max_length=32,
        validators=[CODE],
        error_messages={"invalid": NOT_A_CODE},
        widget=forms.TextInput(attrs={"list": "institutions", "autocomplete": "off", "spellcheck": "false"}),
    )
    category = forms.ChoiceField(label=_("What the file holds"), choices=[("", "―"), *CATEGORIES.items()])
    format = forms.ChoiceField(
        label=_("Form of the file"),
        choices=[("csv", _("CSV")), ("fhir", _("FHIR (NDJSON), health insurance only"))],
        initial="csv",
        widget=forms.RadioSelect,
    )
    complete = forms.BooleanField(
        label=_("The file holds every record of this institution and kind"),
        help_text=_("What it lacks is then marked as removed by the institution."),
        required=False,
    )
    max_removed = Percent(label=LIMIT, initial=MAX_REMOVED_PERCENT)

    def clean(self) -> dict[str, Any]:
        """One kind of record comes in FHIR."""
        chosen = self.cleaned_data
        if chosen.get("format") == "fhir" and chosen.get("category", FHIR_CATEGORY) != FHIR_CATEGORY:
            self.add_error("category", NOT_IN_FHIR)
        return chosen

    def suggestions(self) -> list[Institution]:
        """Institutions that are known."""
        return list(Institution.objects.order_by("code")[:MOST_SUGGESTIONS])


class RegisterForm(forms.Form):
    """How the register is to be read."""

    as_of = forms.DateField(
        label=_("The day that the register describes"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    allow_number_change = forms.BooleanField(
        label=_("Individual numbers may have changed"),
        help_text=_("Numbers change only after a leak. Without this, such a row is rejected."),
        required=False,
    )

    def clean_as_of(self) -> datetime.date:
        """A day that has come."""
        day: datetime.date = self.cleaned_data["as_of"]
        if day > timezone.localdate():
            raise ValidationError(NOT_YET)
        return day


class FileForm(forms.Form):
    """The file itself."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.ndjson,text/csv,text/plain"}),
        error_messages={"required": NO_FILE, "missing": NO_FILE, "invalid": NO_FILE},
    )

    def clean_file(self) -> Received:
        """A file that is there, is not too large and looks like text."""
        file: Received = self.cleaned_data["file"]
        if file.sealed is None:
            most = filesizeformat(settings.IMPORT_MOST_BYTES)
            raise ValidationError(TOO_LARGE, params={"size": filesizeformat(file.size or 0), "most": most})
        if not file.size:
            raise ValidationError(EMPTY)
        if file.head.startswith(PACKED):
            raise ValidationError(PACKED_FILE)
        return file


class LimitForm(forms.Form):
    """Another limit for the same file."""

    max_removed = Percent(label=LIMIT)


class RollBackForm(forms.Form):
    """Why an import is undone."""

    reason = FreeText(label=_("Reason"), help_text=_("Staff read it here later; residents do not."))
