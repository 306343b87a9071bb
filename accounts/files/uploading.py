"""Receives uploads within limits, whatever page they are sent to."""

import io
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from accounts.files.kinds import MOST_BYTES, MOST_FILES

View = TypeVar("View", bound=Callable[..., Any])


def takes_a_file_of_anybody(view: View) -> View:
    """Mark a page to which somebody may send a file without sign-in; the page limits how often."""
    view.takes_a_file_of_anybody = True  # type: ignore[attr-defined]
    return view


class BoundedUploads(FileUploadHandler):
    """Holds at most five files of 10 MB in memory, none of them in clear on a disk, of people who signed in.

    Of a stranger it holds one, where the page is marked by `takes_a_file_of_anybody`.

    Of a larger file only the size is held, and of a sixth that there is one: the form says what is wrong.
    """

    begun = 0
    held: io.BytesIO

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; the request ends here for one that is more than one too many."""
        super().new_file(*args, **kwargs)
        self.begun += 1
        if self.begun > (MOST_FILES + 1 if self.of_somebody_known() else 1):
            raise StopUpload
        if not (self.of_somebody_known() or self.for_anybody()):
            raise SkipFile
        self.held = io.BytesIO()

    def of_somebody_known(self) -> bool:
        """Whether the sender signed in."""
        user = getattr(self.request, "user", None)
        return bool(user and user.is_authenticated)

    def for_anybody(self) -> bool:
        """Whether the page takes a file without sign-in."""
        match = getattr(self.request, "resolver_match", None)
        return match is not None and getattr(match.func, "takes_a_file_of_anybody", False)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hold it while the file is within the limits."""
        if self.begun > MOST_FILES or start + len(raw_data) > MOST_BYTES:
            self.held = io.BytesIO()
        else:
            self.held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file with its real size."""
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held,
            self.field_name,
            self.file_name or "",
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
