"""Reads the code in a photo of the paper: drawn anew in a process of its own first, for strangers send it."""

from io import BytesIO

import zxingcpp
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image

from accounts.files.cleaning import FileError, clean
from certificates.refusal import CertificateError

NO_CODE = _("We found no code in the photo. Please take it closer and straight, or type in the number.")


def code_in_photo(content: bytes) -> str:
    """What the QR holds; CertificateError where there is no picture, or no code in it."""
    try:
        picture = Image.open(BytesIO(clean(ContentFile(content)).content)).convert("L")
    except FileError as problem:
        raise CertificateError(str(problem)) from problem
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)  # type: ignore[arg-type]
    texts = [str(barcode.text) for barcode in found if barcode.valid and barcode.text]
    if not texts:
        raise CertificateError(NO_CODE)
    # a paper may lie beside another one with a code
    return next((text for text in texts if "code=" in text), texts[0])
