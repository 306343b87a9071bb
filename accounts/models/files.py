"""Files that people hand in."""

from django.conf import settings
from django.db import models

from accounts.identifiers import public_id


class StoredFile(models.Model):
    """A file about one resident, kept outside the web root, opened only by permission of its subject."""

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    resident = models.ForeignKey("accounts.Resident", on_delete=models.PROTECT, related_name="files")
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text="bytes")
    path = models.CharField(max_length=100, unique=True, help_text="below the file store")
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"StoredFile {self.public_id}"
