"""Where resources stand in a file, and what is not written down with it."""

import pytest

from links.feeds.fhir.offsets import RESOURCES_A_WRITE, Offsets, Place
from tests.links.feeds.feeding import NUMBER


@pytest.mark.parametrize("size", [1, RESOURCES_A_WRITE + 1])
def test_every_resource_is_found_at_its_place(size: int):
    with Offsets() as offsets:
        for place in range(size):
            offsets.note(f"Patient/{place}", place * 100, b"content")
        offsets.finish()

        assert offsets.find(f"Patient/{size - 1}") == Place((size - 1) * 100, differs=False)
        assert offsets.find(f"Patient/{size}") is None


def test_equal_resources_of_one_name_are_one_and_unlike_ones_differ():
    with Offsets() as offsets:
        for at, (name, content) in enumerate([("a", b"1"), ("b", b"1"), ("a", b"1"), ("b", b"2")]):
            offsets.note(name, at, content)
        offsets.finish()

        assert (offsets.find("a"), offsets.find("b")) == (Place(0, differs=False), Place(1, differs=True))


def test_neither_names_nor_contents_are_in_the_table():
    with Offsets() as offsets:
        offsets.note(f"Patient/{NUMBER}", 0, NUMBER.encode())
        offsets.finish()

        dumped = repr(list(offsets._table.execute("SELECT * FROM found")))

    assert NUMBER not in dumped
