"""Sign-in with the card in a browser: to a real provider and back."""

from collections.abc import Iterator

import pytest

from tests.factories import PASSWORD
from tests.journeys.visitor import Visitor
from tests.provider.running import Running, can_run, provider

pytestmark = pytest.mark.journey


@pytest.fixture
def running(live_server, settings) -> Iterator[Running]:
    """The provider as a process of its own, and a portal that knows it."""
    if not can_run():
        pytest.skip("Node is not installed: the provider cannot run")
    with provider(back=f"{live_server.url}/account/card/back/") as started:
        for name, value in started.settings().items():
            setattr(settings, name, value)
        settings.BASE_URL = live_server.url
        yield started


def choose(visitor: Visitor, who: str) -> Visitor:
    """At the provider: who one is."""
    with visitor.page.expect_navigation(url=f"{visitor.address}/**"):
        visitor.page.get_by_role("button", name=who).first.click()
    return visitor


def test_a_card_is_connected_and_then_opens_the_portal(arrive, resident, resident_user, running):
    visitor = arrive().sign_in(resident_user).open("/account/2fa/").look().press("Use your card to sign in")
    visitor.page.fill("input[name=password]", PASSWORD)
    with visitor.page.expect_navigation():
        visitor.page.press("input[name=password]", "Enter")
    visitor.reads("Have your card and its PIN ready.").look().press("Go on with the card")
    choose(visitor, "見本").reads("From now on you can sign in with your card.", "Stop using the card").look()
    visitor.open("/account/logout/").press("Sign out")

    visitor.open("/account/login/").look().press("Sign in with the My Number card")
    if "/choose/" in visitor.page.url:
        choose(visitor, "見本")

    visitor.reads(resident.name, "Nothing needs you now.")


def test_who_is_not_known_reads_what_to_do_and_gets_no_sign_in(arrive, db, running):
    visitor = arrive().open("/account/login/").press("Sign in with the My Number card")

    choose(visitor, "他所")

    visitor.reads("We do not know yet who you are").look()
    visitor.open("/").finds("Send me a code")


def test_who_stops_can_come_in_another_way(arrive, db, running):
    visitor = arrive().open("/account/login/").press("Sign in with the My Number card")

    choose(visitor, "Stop").reads("You stopped the sign-in with the card. Nothing was changed.").look()

    visitor.press("Go to sign-in").finds("Send me a code")
