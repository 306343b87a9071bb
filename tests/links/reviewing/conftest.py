"""Runs of the review with something to read."""

import pytest
from django.utils import translation

from accounts.models import User
from links.models import Institution, ReviewRun
from tests import factories
from tests.links.review.factories import feed_of, own_record, reviewed


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def data_officer(db) -> User:
    """Who runs the review."""
    return factories.UserFactory.create(role="data_officer")


@pytest.fixture
def wrong_feed(institution) -> Institution:
    """An institution whose tax feed is so wrong that the brake stops it: 25 of 100 records."""
    feed_of(100, wrong=25, institution=institution)
    return institution


@pytest.fixture
def stopped_run(wrong_feed) -> ReviewRun:
    """A run over it."""
    return reviewed()


@pytest.fixture
def withholding_run(institution) -> ReviewRun:
    """A run that withheld two of three records of one feed, and found one of another institution right."""
    feed_of(3, wrong=2, institution=institution)
    own_record(factories.ResidentFactory.create(), category="tax")
    return reviewed()
