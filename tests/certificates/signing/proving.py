"""What somebody has who checks a paper without network."""

from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko_certvalidator import ValidationContext

from certificates.signing import signer


def offline(paper: bytes) -> ValidationContext:
    """What somebody trusts who has our root and no network: the lists come out of the file itself."""
    store = PdfFileReader(BytesIO(paper)).root["/DSS"]
    lists = [each.get_object().data for each in store["/CRLs"]]
    return ValidationContext(trust_roots=[signer.hand().roots[0]], crls=lists, revocation_mode="require")
