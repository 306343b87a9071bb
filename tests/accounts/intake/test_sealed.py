"""Large files that are sealed while they come in."""

import io
import random
import stat
from pathlib import Path

import pytest
import tink

from accounts.intake.sealed import ADDED, PIECE, SealedFile
from tests.accounts.intake.files import NUMBER

SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 77]


def sealed(folder: Path, content: bytes) -> SealedFile:
    """A file with this content."""
    file = SealedFile.at(folder / "one")
    with file.create() as out:
        out.write(content)
    return file


def opened(file: SealedFile) -> bytes:
    """What is in it."""
    with file.open() as content:
        return content.read()


def change(file: SealedFile, content: bytes) -> None:
    """Write other bytes beneath the seal."""
    file.path.write_bytes(content)


@pytest.mark.parametrize("size", SIZES)
def test_what_was_written_is_read_again(tmp_path: Path, size: int):
    content = random.Random(size).randbytes(size)

    assert opened(sealed(tmp_path, content)) == content


def test_nothing_of_it_is_on_the_disk_in_clear(tmp_path: Path):
    file = sealed(tmp_path, NUMBER.encode() * 100_000)

    assert NUMBER.encode() not in file.path.read_bytes()
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600


def test_it_is_read_from_any_place(tmp_path: Path):
    lines = [f"{place:09}\n".encode() for place in range(40_000)]
    file = sealed(tmp_path, b"".join(lines))

    with file.open() as content:
        for place in (39_999, 0, 6_553, 6_554, 20_000):
            content.seek(10 * place)
            assert content.readline() == lines[place]
            assert content.tell() == 10 * (place + 1)
        assert content.seek(-10, io.SEEK_END) == 399_990
        assert content.read() == lines[-1]
        content.seek(500_000)
        assert content.read() == b""


def test_many_small_writes_are_one_content(tmp_path: Path):
    file = SealedFile.at(tmp_path / "one")

    with file.create() as out:
        for place in range(50_000):
            out.write(b"%05d" % place)

    assert opened(file) == b"".join(b"%05d" % place for place in range(50_000))


def test_writing_it_again_leaves_nothing_of_what_it_held(tmp_path: Path):
    file = sealed(tmp_path, b"first" * PIECE)

    with file.create() as out:
        out.write(b"second")

    assert opened(file) == b"second"


def cut_at_a_piece(content: bytes) -> bytes:
    return content[: PIECE + ADDED]


def cut_to_nothing(content: bytes) -> bytes:
    return b""


def one_bit(content: bytes) -> bytes:
    return content[:100] + bytes([content[100] ^ 1]) + content[101:]


def swapped(content: bytes) -> bytes:
    first, second = content[: PIECE + ADDED], content[PIECE + ADDED : 2 * (PIECE + ADDED)]
    return second + first + content[2 * (PIECE + ADDED) :]


def longer(content: bytes) -> bytes:
    return content + content[: PIECE + ADDED]


@pytest.mark.parametrize("damage", [cut_at_a_piece, cut_to_nothing, one_bit, swapped, longer])
def test_a_file_that_was_tampered_with_is_not_read(tmp_path: Path, damage):
    file = sealed(tmp_path, b"x" * 3 * PIECE)

    change(file, damage(file.path.read_bytes()))

    with pytest.raises(tink.TinkError):
        opened(file)


def test_a_file_does_not_open_with_the_key_of_another(tmp_path: Path):
    file = sealed(tmp_path, b"content")
    moved = tmp_path / "two"
    file.path.rename(moved)

    with pytest.raises(tink.TinkError):
        opened(SealedFile(moved, file.key))
    with pytest.raises(tink.TinkError):
        opened(SealedFile(moved, SealedFile.at(moved).key))


def test_deleting_it_twice_is_no_error(tmp_path: Path):
    file = sealed(tmp_path, b"content")

    file.delete()
    file.delete()

    assert not file.path.exists()
