"""Whoever acts for another is told so on every page, and the trail says so of every deed."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from tests.test_access import AWAY, PAGE, TABLE, at_a_browser, settled, world

__all__ = [
    "settled",
    "world",
]  # the fixtures: the same people and things as in the table of who may open what

CONCERNED = {
    name: row
    for name, row in TABLE.items()
    if row.expected["parent"] in (PAGE, AWAY) and row.expected["neighbour"] == 404
}
PAGES = [name for name, row in CONCERNED.items() if row.method == "get" and row.expected["parent"] == PAGE]
# files, which have no frame
PAGES = [name for name in PAGES if not name.endswith(("_csv", "_json", ":file", ":download"))]


def opened(name, world):
    """What the parent gets at that address."""
    client = at_a_browser(world, "parent")
    row = TABLE[name]
    return getattr(client, row.method)(reverse(name, args=row.args(world)), row.data)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_a_represented_person_carries_the_name(name, world) -> None:
    page = opened(name, world).content.decode()

    assert 'class="band"' in page
    assert f"<strong>{world.person.name}</strong>" in page


@pytest.mark.parametrize("name", CONCERNED)
def test_everything_done_under_authority_says_so(name, world) -> None:
    already = set(AuditEvent.objects.values_list("pk", flat=True))

    opened(name, world)

    written = AuditEvent.objects.exclude(pk__in=already).filter(actor=world.users["parent"])
    assert all(event.on_behalf for event in written.filter(resident=world.person))
