"""Takes a large file out of a request: sealed piece by piece, never in clear on a disk or whole in memory."""

from io import BytesIO
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from accounts.intake.sealed import SealedFile
from links.uploads import spool

HEAD = 8


class Received(UploadedFile):
    """A file that was sent: sealed, with its first bytes; of one that is too large nothing was kept."""

    def __init__(self, sealed: SealedFile | None, *, head: bytes, name: str, size: int) -> None:
        super().__init__(BytesIO(), name=name, size=size)
        self.sealed = sealed
        self.head = head

    def discard(self) -> None:
        """Delete it."""
        if self.sealed:
            self.sealed.delete()


class SealedUploads(FileUploadHandler):
    """Takes one file of the request, however large the others are."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.sealed: SealedFile | None = None
        self.out: BinaryIO | None = None
        self.head = b""
        self.begun = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the first file, and leave out any other."""
        super().new_file(*args, **kwargs)
        if self.begun:
            raise SkipFile
        self.begun = True
        self.sealed = spool.fresh()
        self.out = self.sealed.create()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal it, unless the file is too large by now: then only its size is counted on."""
        if start < HEAD:
            self.head = (self.head + raw_data)[:HEAD]
        if start + len(raw_data) > settings.IMPORT_MOST_BYTES:
            self.drop()
        elif self.out:
            self.out.write(raw_data)

    def file_complete(self, file_size: int) -> Received:
        """The file with its real size."""
        if self.out:
            self.out.close()
        # it is whole: another file that is left out would have Django call the upload interrupted
        sealed, self.out, self.sealed = self.sealed, None, None
        return Received(sealed, head=self.head, name=self.file_name or "", size=file_size)

    def upload_interrupted(self) -> None:
        """The sender went away."""
        self.drop()

    def drop(self) -> None:
        """Delete what was kept so far, and keep no more."""
        if self.out and self.sealed:
            self.out.close()
            self.sealed.delete()
        self.out = self.sealed = None
