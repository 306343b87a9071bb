"""Files as people hand them in, honest and hostile."""

import io
import struct
import zlib
from pathlib import Path

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, PngImagePlugin

# what a camera writes about place and owner
CAMERA, ABOUT = "CAMERA-OF-THE-RESIDENT", "TAKEN-AT-HOME"
NORTH, EAST = (35.0, 41.0, 22.0), (139.0, 41.0, 30.0)
TURNED = (Path(__file__).parent / "accounts" / "files" / "turned.heic").read_bytes()


def drawing(width: int = 64, height: int = 48) -> Image.Image:
    """A picture, red in its upper left quarter."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste((200, 0, 0), (0, 0, width // 2, height // 2))
    return picture


def telltale(*, orientation: int = 1) -> Image.Exif:
    """Where and with what a photo was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = CAMERA, orientation
    exif.get_ifd(0x8825).update({1: "N", 2: NORTH, 3: "E", 4: EAST})
    return exif


def jpeg(picture: Image.Image | None = None, *, orientation: int = 1) -> bytes:
    """A photo with place, camera, profile and comment."""
    out = io.BytesIO()
    about = {"exif": telltale(orientation=orientation), "comment": ABOUT, "icc_profile": ABOUT.encode()}
    (picture or drawing()).save(out, "JPEG", xmp=f"<xmp>{ABOUT}</xmp>".encode(), **about)
    return out.getvalue()


def png(picture: Image.Image | None = None) -> bytes:
    """A screenshot with texts and place."""
    out, texts = io.BytesIO(), PngImagePlugin.PngInfo()
    texts.add_text("Comment", ABOUT)
    texts.add_itxt("Camera", CAMERA, zip=True)
    (picture or drawing()).save(out, "PNG", pnginfo=texts, exif=telltale())
    return out.getvalue()


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of a few kilobytes that claims billions of pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def unfolding(size: int) -> bytes:
    """A small paper whose table of objects has so many bytes once it is unfolded."""
    packing = zlib.compressobj(1)
    million = b"\0" * 1_000_000
    table = b"".join(packing.compress(million) for _each in range(size // 1_000_000)) + packing.flush()
    head = b"%PDF-1.7\n"
    about = b"1 0 obj\n<</Type/XRef/W[1 2 1]/Size 75000000/Root 2 0 R/Filter/FlateDecode/Length %d>>" % len(
        table
    )
    return head + about + b"stream\n" + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def paper(pages: int = 1) -> pikepdf.Pdf:
    """A paper with a line of text on each page, open for changes."""
    pdf = pikepdf.new()
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=(595, 842))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = Stream(pdf, f"BT /F1 24 Tf 72 700 Td (Page {number}) Tj ET".encode())
    return pdf


def written(pdf: pikepdf.Pdf, **how: object) -> bytes:
    """The bytes of a paper."""
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def program() -> Dictionary:
    """An action that runs a script."""
    return Dictionary(S=Name.JavaScript, JS="app.alert('HARM')")


def active_paper() -> bytes:
    """A paper with whatever acts or hides: scripts, a launch, an attachment, a link, metadata."""
    pdf = paper()
    page = pdf.pages[0].obj
    launch = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.Launch, F="HARM")
    )
    page.Annots = Array([pdf.make_indirect(launch)])
    page.AA = Dictionary(O=program())
    pdf.Root.OpenAction = program()
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=["start", program()]))
    pdf.attachments["HARM.exe"] = b"MZ HARM"
    with pdf.open_metadata() as metadata:
        metadata["dc:description"] = ABOUT
    pdf.docinfo["/Author"] = CAMERA
    return written(pdf)


def form(value: str = "FILLED") -> bytes:
    """A form with one filled-in field."""
    pdf = paper()
    resources = pdf.pages[0].obj.Resources
    look = Stream(pdf, f"/Tx BMC BT /F1 12 Tf 2 4 Td ({value}) Tj ET EMC".encode())
    look.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 20], Resources=resources))
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T="name",
        V=value,
        F=4,
        Rect=[72, 600, 272, 620],
        AA=Dictionary(K=program()),
    )
    field.AP = Dictionary(N=look)
    kept = pdf.make_indirect(field)
    pdf.pages[0].obj.Annots = Array([kept])
    pdf.Root.AcroForm = Dictionary(Fields=[kept], NeedAppearances=True)
    return written(pdf)


def scan(photo: bytes, *, packed: bool = False) -> bytes:
    """A paper that is a photo."""
    pdf = paper()
    image = Stream(pdf, zlib.compress(photo) if packed else photo)
    image.update(
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=64,
            Height=48,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceRGB,
        )
    )
    image.Filter = Array([Name.FlateDecode, Name.DCTDecode]) if packed else Name.DCTDecode
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=image)
    return written(pdf)


def upload(content: bytes | None = None, name: str = "photo.jpg") -> SimpleUploadedFile:
    """A file as a form receives it."""
    return SimpleUploadedFile(name, jpeg() if content is None else content)
