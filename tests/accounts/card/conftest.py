"""The provider as a process, and a resident in front of it."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Card, User
from tests.provider.running import CLIENT_ID, Running, answer_for, can_run, provider

PORTAL = "http://localhost:8000"


@pytest.fixture(scope="session")
def process() -> Iterator[Running]:
    """The real provider behind a proxy that can doctor what it says."""
    if not can_run():
        pytest.skip("Node is not installed: the provider cannot run")
    with provider(back=f"{PORTAL}/account/card/back/", doctored=True) as running:
        yield running


@pytest.fixture
def running(process: Running, settings) -> Iterator[Running]:  # noqa: ANN001
    """The portal knows the provider, which says the truth unless the test has it doctored."""
    for name, value in process.settings().items():
        setattr(settings, name, value)
    settings.BASE_URL = PORTAL
    yield process
    process.doctors.clear()


@pytest.fixture
def card(resident_user: User, running: Running, now) -> Card:  # noqa: ANN001
    """The resident's card opens the resident's sign-in."""
    subject = f"{CLIENT_ID}-hanako"
    return Card.objects.create(user=resident_user, issuer=running.issuer, subject=subject, connected_at=now)


@pytest.fixture
def question(client: Client, running: Running) -> Callable[[], str]:
    """The address at the provider to which the portal sends this browser."""
    return lambda: client.get(reverse("accounts:card")).url


@pytest.fixture
def come_back(client: Client, question) -> Callable:  # noqa: ANN001
    """The browser goes to the provider, somebody chooses who they are, and it comes back."""

    def came(who: str = "hanako", **changed: str | None):  # noqa: ANN202
        answer = answer_for(question(), who) | changed
        sent = {name: value for name, value in answer.items() if value is not None}
        return client.get(reverse("accounts:card_back"), sent)

    return came


@pytest.fixture
def come_back_to_connect(client: Client, running: Running) -> Callable:
    """The same for somebody who is signed in and connects a card."""

    def came(who: str = "hanako"):  # noqa: ANN202
        answer = answer_for(client.get(reverse("accounts:card_connect_go")).url, who)
        return client.get(reverse("accounts:card_back"), answer)

    return came
