"""Identifiers: 128 random bits in addresses, letters that are not misread on the telephone."""

import re

from accounts.identifiers import SPEAKABLE, public_id, speakable


def test_a_public_id_fits_its_column_and_an_address() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", public_id())


def test_public_ids_do_not_repeat_and_no_command_takes_one_for_an_option() -> None:
    drawn = {public_id() for _one in range(1000)}

    assert len(drawn) == 1000
    assert not [each for each in drawn if each.startswith("-")]


def test_a_number_can_be_read_out() -> None:
    assert re.fullmatch(rf"R-[{SPEAKABLE}]{{4}}-[{SPEAKABLE}]{{4}}", speakable("R"))


def test_a_number_may_have_more_groups() -> None:
    assert speakable("C", groups=4).count("-") == 4


def test_no_letter_is_mistaken_for_another() -> None:
    assert len(SPEAKABLE) == 32
    assert not set("ILOU") & set(SPEAKABLE)


def test_numbers_do_not_repeat() -> None:
    assert len({speakable("R") for _one in range(1000)}) == 1000
