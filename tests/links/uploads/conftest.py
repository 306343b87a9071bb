"""A data officer with an intake folder of their own."""

from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from tests import factories
from tests.readers import sign_in


@pytest.fixture(autouse=True)
def intake(settings, tmp_path: Path) -> Path:  # noqa: ANN001
    """The folder in which files lie."""
    settings.INTAKE_DIR = tmp_path / "intake"
    settings.INTAKE_DIR.mkdir()
    return settings.INTAKE_DIR


@pytest.fixture
def officer(db: None) -> User:
    """Who may import."""
    return factories.UserFactory.create(role="data_officer")


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    """The officer at a browser that reads English."""
    return sign_in(client, officer)
