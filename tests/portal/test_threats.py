"""What the threat model says is held by a test, is held by one that exists."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def test_every_test_that_it_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", (ROOT / "docs/threats.md").read_text())

    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_who_found_a_hole_is_told_whom_to_write_to(client, settings) -> None:
    settings.SECURITY_CONTACT = "mailto:security@portal.example"

    answer = client.get("/.well-known/security.txt")
    said = answer.content.decode()

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Contact: mailto:security@portal.example\n" in said
    assert "Preferred-Languages: ja, en\n" in said
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00Z$", said, flags=re.MULTILINE)


def test_without_an_address_nobody_is_sent_astray(client, settings, db) -> None:
    settings.SECURITY_CONTACT = ""

    assert client.get("/.well-known/security.txt").status_code == 404
