"""Files that people hand in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id


class StoredFile(models.Model):
    """A file about one resident, kept outside the web root, opened only by permission of its subject.

    Its subject is the row of another room that points to it; that room asks who may open it.
    """

    class ContentType(models.TextChoices):
        JPEG = "image/jpeg", _("Photo (JPEG)")
        PNG = "image/png", _("Picture (PNG)")
        PDF = "application/pdf", _("Paper (PDF)")
        ZIP = "application/zip", _("Copy of one's data (ZIP)")

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    resident = models.ForeignKey("accounts.Resident", on_delete=models.PROTECT, related_name="files")
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100, blank=True, help_text="as its owner calls it, for reading only")
    content_type = models.CharField(max_length=40, choices=ContentType)
    size = models.PositiveIntegerField(help_text="bytes")
    path = models.CharField(max_length=100, unique=True, help_text="below the file store")
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    content_type__in=["image/jpeg", "image/png", "application/pdf", "application/zip"]
                ),
                name="files_are_pictures_papers_or_copies",
            )
        ]

    def __str__(self) -> str:
        return f"StoredFile {self.public_id}"

    @property
    def is_picture(self) -> bool:
        """Whether a browser shows it by itself."""
        return self.content_type in (self.ContentType.JPEG, self.ContentType.PNG)

    @property
    def extension(self) -> str:
        """How its name ends when it is saved."""
        return {"image/jpeg": "jpg", "image/png": "png", "application/zip": "zip"}.get(
            self.content_type, "pdf"
        )
