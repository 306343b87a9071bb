"""Which face a certificate is set in, and what it refuses."""

import shutil

import pytest

from accounts.documents.faces import NOTO, Face, MissingGlyph, preferred_face, refuse_missing


def test_without_the_registers_face_the_projects_own_is_taken(tmp_path):
    assert preferred_face((tmp_path / "nowhere", tmp_path)) == NOTO
    assert NOTO.path.is_file()


def test_the_registers_face_is_taken_where_it_is_installed(tmp_path):
    installed = tmp_path / "ipamj"
    installed.mkdir()
    shutil.copyfile(NOTO.path, installed / "ipamjm.ttf")

    assert preferred_face((tmp_path / "nowhere", installed)) == Face("IPAmjMincho", installed / "ipamjm.ttf")


def test_each_missing_character_is_named_once():
    texts = ["渡邉\U000e010f", "渡邉\U000e010f ሀ", "佐藤"]

    with pytest.raises(MissingGlyph, match=r"Noto Sans CJK JP: .*U\+9089 U\+E010F.*U\+1200") as refused:
        refuse_missing(NOTO, texts)

    assert refused.value.characters == ["邉\U000e010f", "ሀ"]


def test_control_characters_are_never_drawn():
    with pytest.raises(MissingGlyph, match=r"U\+000A"):
        refuse_missing(NOTO, ["佐藤\n花子"])


def test_what_the_face_has_passes_in_silence():
    refuse_missing(NOTO, ["髙﨑　𠮷子", "グエン　ティ・ミン", "NGUYEN THI MINH", ""])

    assert NOTO.coverage.has(ord("髙"))
