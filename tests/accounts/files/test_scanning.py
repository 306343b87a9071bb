"""Where there is a virus scanner, nothing is taken that it knows, or while it is away."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator

import pytest
from django.core.files.base import ContentFile

from accounts.files.cleaning import HARMFUL, NOT_NOW, FileError, clean
from tests import handed_in


def read(line: socket.socket, count: int) -> bytes:
    """Exactly so many bytes."""
    return line.recv(count, socket.MSG_WAITALL)


def stream(line: socket.socket) -> bytes:
    """The file, as INSTREAM sends it."""
    assert read(line, 10) == b"zINSTREAM\0"
    content = b""
    while length := struct.unpack("!I", read(line, 4))[0]:
        content += read(line, length)
    return content


@pytest.fixture
def scanner(settings) -> Iterator[Callable[[bytes], list[bytes]]]:
    """A clamd that gives this answer; the files that it was sent."""
    server = socket.create_server(("127.0.0.1", 0))
    settings.VIRUS_SCANNER = f"127.0.0.1:{server.getsockname()[1]}"
    threads = []

    def answering(answer: bytes) -> list[bytes]:
        sent: list[bytes] = []

        def serve() -> None:
            line, _peer = server.accept()
            with line:
                sent.append(stream(line))
                line.sendall(answer)

        threads.append(threading.Thread(target=serve))
        threads[-1].start()
        return sent

    yield answering
    for thread in threads:
        thread.join(timeout=30)
    server.close()


def test_a_file_in_which_it_finds_nothing_is_taken(scanner) -> None:
    photo, sent = handed_in.jpeg(), scanner(b"stream: OK\0")

    taken = clean(ContentFile(photo, name="photo.jpg"))

    assert taken.content_type == "image/jpeg"
    assert sent == [photo]


def test_a_large_file_comes_to_it_whole(scanner) -> None:
    photo = handed_in.jpeg() + b"\0" * 300_000
    sent = scanner(b"stream: OK\0")

    clean(ContentFile(photo, name="photo.jpg"))

    assert sent == [photo]


def test_what_it_knows_is_refused_and_written_down_without_the_name_of_the_file(scanner, caplog) -> None:
    scanner(b"stream: Eicar-Test-Signature FOUND\0")

    with pytest.raises(FileError, match=str(HARMFUL)):
        clean(ContentFile(handed_in.jpeg(), name="secret.jpg"))

    assert "Eicar-Test-Signature" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK but\0"])
def test_any_other_answer_takes_nothing(scanner, answer) -> None:
    scanner(answer)

    with pytest.raises(FileError, match=str(NOT_NOW)):
        clean(ContentFile(handed_in.jpeg(), name="photo.jpg"))


def test_while_it_is_away_nothing_is_taken(settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.VIRUS_SCANNER = f"127.0.0.1:{server.getsockname()[1]}"

    with pytest.raises(FileError, match=str(NOT_NOW)):
        clean(ContentFile(handed_in.jpeg(), name="photo.jpg"))
