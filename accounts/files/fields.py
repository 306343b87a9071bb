"""The field by which people hand in files."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

# what the file chooser offers; what is taken is decided by the bytes
OFFERED = "image/jpeg,image/png,image/heic,image/heif,application/pdf"


class SeveralFiles(forms.FileInput):
    """A chooser from which several files can be taken at once."""

    allow_multiple_selected = True


class FilesField(forms.Field):
    """Any number of files, none included; whoever keeps them judges each by itself."""

    widget = SeveralFiles

    def __init__(self, **settings: Any) -> None:
        super().__init__(required=False, widget=SeveralFiles(attrs={"accept": OFFERED}), **settings)

    def clean(self, value: Any) -> list[UploadedFile]:
        """The files in the order in which they were chosen."""
        return list(value or [])
