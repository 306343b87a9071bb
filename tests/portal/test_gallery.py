"""The gallery shows every component in its states, and only to developers."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse

from tests.portal.test_components import SIGNS

COMPONENTS = {path.name for path in (Path(settings.BASE_DIR) / "templates/components").glob("*.html")}


@pytest.fixture
def gallery(client, db):  # noqa: ANN001, ANN201
    """The page as developers see it."""
    return client.get("/gallery/")


@pytest.mark.urls("tests.portal.gallery_urls")
def test_no_component_is_missing_there(gallery):
    drawn = {str(template.name).removeprefix("components/") for template in gallery.templates}

    assert sorted(COMPONENTS - drawn) == []


@pytest.mark.urls("tests.portal.gallery_urls")
def test_each_state_stands_there(gallery):
    html = gallery.content.decode()

    states = [
        *(f"status-{sign}" for sign in SIGNS),
        *(f'class="headline {kind}"' for kind in ("needs", "fixing", "ok")),
        *(f'class="banner {tone}"' for tone in ("info", "ok", "attention", "wrong")),
        *(f'class="button{kind}"' for kind in ("", " main", " danger", " quiet")),
        *(f"chip-{tone}" for tone in ("wrong", "attention", "ok", "info")),
    ]
    assert [state for state in states if state not in html] == []


def test_without_debug_it_is_not_there(client, db):
    with pytest.raises(NoReverseMatch):
        reverse("portal:gallery")
    assert client.get("/gallery/").status_code == 404
