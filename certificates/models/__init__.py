"""Everything that this room keeps."""

from certificates.models.applications import Application, ApplicationQuerySet, Draft
from certificates.models.batches import Batch, Item
from certificates.models.certificates import Certificate, CertificateQuerySet
from certificates.models.insurers import Insurer, Seat

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "Batch",
    "Certificate",
    "CertificateQuerySet",
    "Draft",
    "Insurer",
    "Item",
    "Seat",
]
