"""What a face can draw."""

import struct

import pytest

from accounts.documents.coverage import Coverage, clusters, read_coverage
from accounts.documents.faces import NOTO

ADOBE_IVS, REGISTER_IVS = "\U000e0101", "\U000e010f"


def font(*subtables):
    """Return the bytes of a font that has a character map and nothing else."""
    header = struct.pack(">HH", 0, len(subtables))
    place, records, bodies = 4 + 8 * len(subtables), b"", b""
    for body in subtables:
        records += struct.pack(">HHI", 0, 4, place + len(bodies))
        bodies += body
    cmap = header + records + bodies
    directory = (
        b"\0\1\0\0" + struct.pack(">HHHH", 1, 0, 0, 0) + b"cmap" + struct.pack(">III", 0, 28, len(cmap))
    )
    return directory + cmap


def characters(*groups):
    """Return a subtable of format 12."""
    body = b"".join(struct.pack(">III", *group) for group in groups)
    return struct.pack(">HHIII", 12, 0, 16 + len(body), 0, len(groups)) + body


def u24(number):
    """Return three bytes."""
    return number.to_bytes(3, "big")


def sequences(selector, default, other):
    """Return a subtable of format 14 with one selector."""
    ranges = struct.pack(">I", len(default)) + b"".join(u24(start) + bytes([more]) for start, more in default)
    mapped = struct.pack(">I", len(other)) + b"".join(u24(char) + struct.pack(">H", 9) for char in other)
    first, second = (21 if default else 0), (21 + len(ranges) if other else 0)
    record = u24(selector) + struct.pack(">II", first, second)
    return struct.pack(">HII", 14, 21 + len(ranges) + len(mapped), 1) + record + ranges + mapped


def test_a_face_has_the_characters_of_its_groups_and_no_others(tmp_path):
    path = tmp_path / "face.ttf"
    path.write_bytes(font(characters((0x41, 0x43, 1), (0x20BB7, 0x20BB7, 7))))

    coverage = read_coverage(path)

    assert coverage.missing("ABC𠮷") == []
    assert coverage.missing("A@D𠮸") == ["@", "D", "𠮸"]


def test_a_group_that_points_to_the_blank_box_counts_as_missing(tmp_path):
    path = tmp_path / "face.ttf"
    path.write_bytes(font(characters((0x41, 0x41, 0))))

    assert read_coverage(path).missing("A") == ["A"]


def test_a_sequence_is_drawn_if_the_face_names_it_as_default_or_as_a_form_of_its_own(tmp_path):
    path = tmp_path / "face.ttf"
    forms = sequences(0xE010F, default=[(0x8FBA, 1)], other=[0x9089])
    path.write_bytes(font(characters((0x8FBA, 0x9089, 1)), forms))

    coverage = read_coverage(path)

    assert coverage.missing(f"邉{REGISTER_IVS}辺{REGISTER_IVS}辻{REGISTER_IVS}") == []  # U+9089 U+8FBA U+8FBB
    assert coverage.missing(f"邉{ADOBE_IVS}") == [f"邉{ADOBE_IVS}"]


def test_a_file_without_a_full_character_map_is_refused(tmp_path):
    path = tmp_path / "face.ttf"
    path.write_bytes(font(struct.pack(">HHH", 4, 6, 0)))

    with pytest.raises(ValueError, match="no full Unicode character map"):
        read_coverage(path)


def test_a_file_that_is_no_font_is_refused(tmp_path):
    path = tmp_path / "face.ttf"
    path.write_bytes(b"\0" * 40)

    with pytest.raises(ValueError, match="no character map"):
        read_coverage(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("髙﨑", ["髙", "﨑"]),
        (f"渡邉{REGISTER_IVS}", ["渡", f"邉{REGISTER_IVS}"]),
        (f"{ADOBE_IVS}邉", [ADOBE_IVS, "邉"]),
        (f"邉{ADOBE_IVS}{REGISTER_IVS}", [f"邉{ADOBE_IVS}", REGISTER_IVS]),
        ("葛\ufe00", ["葛\ufe00"]),
    ],
)
def test_a_text_is_split_into_characters_with_their_selectors(text, expected):
    assert clusters(text) == expected


def test_the_face_that_comes_with_the_project_draws_rare_names_but_not_the_registers_own_forms():
    assert NOTO.coverage.missing(f"髙﨑　𠮷子 渡邉{ADOBE_IVS}") == []
    assert NOTO.coverage.missing(f"渡邉{REGISTER_IVS}") == [f"邉{REGISTER_IVS}"]


def test_an_empty_coverage_has_nothing():
    assert Coverage((), (), frozenset()).missing("A") == ["A"]
