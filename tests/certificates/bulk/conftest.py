"""Letters of these tests lie in a folder of their own."""

import pytest


@pytest.fixture(autouse=True)
def letters_dir(settings, tmp_path):
    """Where the files for the letter shop lie."""
    settings.LETTERS_DIR = tmp_path
    return tmp_path
