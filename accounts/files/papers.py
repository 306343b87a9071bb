"""Writes a PDF anew: the look of its pages, without what acts, is attached or tells of its maker."""

import io
from collections.abc import Iterator

import pikepdf

from accounts.files.jpeg import without_metadata
from accounts.files.kinds import Reason, Refused
from accounts.files.pictures import MOST_PIXELS

MOST_PAGES = 30
# Everything else of a page acts, is attached or describes: annotations, actions, metadata
KEPT_OF_A_PAGE = {
    "/Type",
    "/Contents",
    "/Resources",
    "/MediaBox",
    "/CropBox",
    "/Rotate",
    "/UserUnit",
    "/Group",
}
# What a stream may say of other files and of itself
DROPPED_OF_A_STREAM = ("/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/Alternates", "/AF", "/Metadata")
# What is left of a page has no place for these: who hides one there means harm
ACTIVE = {"/JS", "/JavaScript", "/OpenAction", "/Launch", "/EF", "/EmbeddedFile", "/PS"}
NAMED_BY = ("/S", "/Type", "/Subtype")

# bytes into which one stream of the file may unfold
pikepdf.settings.set_qpdf_limits(flate_max_memory=250_000_000)


def rewritten(content: bytes) -> bytes:
    """The paper as a fresh PDF of the same pages; Refused."""
    try:
        with pikepdf.open(io.BytesIO(content)) as paper, pikepdf.new() as fresh:
            copy_pages(paper, fresh)
            return saved(fresh)
    except pikepdf.PasswordError as problem:
        raise Refused(Reason.LOCKED) from problem
    except (pikepdf.PikepdfError, ValueError) as problem:
        raise Refused(Reason.DAMAGED) from problem


def copy_pages(paper: pikepdf.Pdf, fresh: pikepdf.Pdf) -> None:
    """Every page as it looks, filled-in forms and notes included."""
    if paper.is_encrypted:
        raise Refused(Reason.LOCKED)
    if not 0 < len(paper.pages) <= MOST_PAGES:
        raise Refused(Reason.TOO_MANY_PAGES if paper.pages else Reason.DAMAGED)
    flatten(paper)
    for page in list(paper.pages):
        for key in set(page.obj.keys()) - KEPT_OF_A_PAGE:
            del page.obj[key]
        fresh.pages.append(page)
    for each in everything_in(fresh):
        clean(each)


def flatten(paper: pikepdf.Pdf) -> None:
    """Draw what was filled in and noted into the pages: the fields themselves are left behind."""
    form = paper.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/NeedAppearances" in form:
        # qpdf would leave such fields out, though they show what was filled in
        del form["/NeedAppearances"]
    paper.flatten_annotations()


def everything_in(fresh: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and stream of the file, those inside others too."""
    waiting = list(fresh.objects)
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Stream | pikepdf.Dictionary):
            yield each
            waiting.extend(inner for _key, inner in each.items() if not inner_reference(inner))
        elif isinstance(each, pikepdf.Array):
            waiting.extend(inner for inner in each if not inner_reference(inner))


def inner_reference(value: object) -> bool:
    """Whether it is an object of its own, which the file lists itself."""
    return isinstance(value, pikepdf.Object) and value.is_indirect


def clean(each: pikepdf.Object) -> None:
    """Take from one object what no page needs; Refused where something in it would act."""
    if ACTIVE & {*each.keys(), *(str(each.get(name)) for name in NAMED_BY)}:
        raise Refused(Reason.ACTIVE)
    if isinstance(each, pikepdf.Stream):
        for key in DROPPED_OF_A_STREAM:
            if key in each:
                del each[key]
        if each.get("/Subtype") == "/Image":
            clean_image(each)


def clean_image(image: pikepdf.Object) -> None:
    """Take from a photo on a page what its camera wrote about it; Refused where it is a bomb."""
    if int(image.Width) * int(image.Height) > MOST_PIXELS:
        raise Refused(Reason.TOO_MANY_PIXELS)
    filters, parameters = as_list(image.get("/Filter")), as_list(image.get("/DecodeParms"))
    if filters and filters[-1] == "/DCTDecode":
        packed = len(filters) > 1
        photo = unwrapped(image, filters[:-1]) if packed else image.read_raw_bytes()
        image.write(
            without_metadata(photo),
            filter=pikepdf.Array([pikepdf.Name.DCTDecode]),
            decode_parms=pikepdf.Array(parameters[-1:]) if parameters else None,
        )


def as_list(value: pikepdf.Object | None) -> list[pikepdf.Object]:
    """One or several, as PDF writes both."""
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def unwrapped(image: pikepdf.Object, filters: list[pikepdf.Object]) -> bytes:
    """The JPEG of a stream that was packed once more."""
    image["/Filter"] = pikepdf.Array(filters)
    if "/DecodeParms" in image:
        del image["/DecodeParms"]
    return image.read_bytes()


def saved(fresh: pikepdf.Pdf) -> bytes:
    """The bytes of the file."""
    out = io.BytesIO()
    fresh.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
