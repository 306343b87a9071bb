"""Browsers that ask to be told: their own person's only, with keys that seal, at services that we know."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Lock
from accounts.recipients import reachable
from notices.channels.sealing import encoded, public_key
from notices.delivering import deliver_all
from notices.models import Delivery, PushSubscription
from notices.recipients import About
from portal.keys import fresh_signing_key
from tests.notices.channels.test_push import Browser
from tests.notices.factories import NoticeFactory

ADD, PAGE = "accounts:browser_add", "accounts:reaching"


@pytest.fixture(autouse=True)
def _pushes(settings):
    settings.PUSH_KEY = fresh_signing_key()


@pytest.fixture
def asked():
    """What the script of the page sends."""
    browser = Browser()
    return {
        "endpoint": "https://fcm.googleapis.com/fcm/send/abc",
        "browser_key": encoded(browser.point),
        "secret": encoded(browser.secret),
    }


def test_a_browser_that_asked_is_told_and_shown_and_can_be_removed(
    reader, resident, resident_user, asked, today
):
    reader.post(reverse(ADD), asked, headers={"user-agent": "Firefox on Windows"})
    found = PushSubscription.objects.get()
    told = [who.pushes for who in reachable([About(resident.pk)], on=today)[0]]
    page = reader.get(reverse(PAGE))

    reader.post(reverse("accounts:browser_remove", args=[found.public_id]))

    assert (found.user, found.device, told) == (resident_user, "Firefox, Windows", [True])
    assertContains(page, "Firefox, Windows")
    assertNotContains(page, found.endpoint)
    assert not PushSubscription.objects.exists()


def test_asking_again_from_the_same_browser_makes_no_second_row(reader, asked):
    for _time in range(2):
        reader.post(reverse(ADD), asked)

    assert PushSubscription.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://169.254.169.254/"},
        {"endpoint": "https://fcm.googleapis.com:port/"},
        {"endpoint": "https://[::1"},
        {"endpoint": ""},
        {"endpoint": "https://fcm.googleapis.com/" + "x" * 1000},
        {"browser_key": "not base64 !"},
        {"browser_key": ""},
        {"browser_key": "鍵"},
        {"secret": "AAAA"},
        {"secret": ""},
    ],
)
def test_what_cannot_be_pushed_to_is_refused_in_words(wrong, reader, asked):
    page = reader.post(reverse(ADD), asked | wrong, follow=True)

    assert page.status_code == 200
    assert "This browser" in page.content.decode() or "ブラウザ" in page.content.decode()
    assert not PushSubscription.objects.exists()


def test_the_eleventh_device_waits_until_one_is_removed(reader, asked):
    for number in range(11):
        reader.post(reverse(ADD), asked | {"endpoint": f"https://fcm.googleapis.com/fcm/send/{number}"})

    assert PushSubscription.objects.count() == 10


def test_while_everything_is_locked_no_device_is_added(reader, resident, resident_user, asked, now):
    Lock.objects.create(resident=resident, locked_at=now, locked_by=resident_user)

    reader.post(reverse(ADD), asked)

    assert not PushSubscription.objects.exists()


def test_nobody_removes_a_neighbours_device(reader, neighbour_user, asked, now):
    theirs = PushSubscription.objects.create(user=neighbour_user, added_at=now, **asked)

    assert reader.post(reverse("accounts:browser_remove", args=[theirs.public_id])).status_code == 404
    assert PushSubscription.objects.exists()


def test_without_a_key_nothing_of_it_is_shown(reader, settings):
    shown = reader.get(reverse(PAGE)).content.decode()
    key = public_key(settings.PUSH_KEY)
    settings.PUSH_KEY = ""

    page = reader.get(reverse(PAGE))

    assert f'data-push="{key}"' in shown
    assertNotContains(page, "data-push")


def test_a_notification_goes_along_with_the_mail_and_does_not_stand_for_it(
    resident, resident_user, asked, now, settings
):
    settings.PUSH_SERVICES = []  # no service is known any more: it will never work
    PushSubscription.objects.create(user=resident_user, added_at=now, **asked)
    notice = NoticeFactory.create(resident=resident, area="health")

    deliver_all([notice])

    states = dict(Delivery.objects.of(notice).values_list("channel", "state"))
    assert states == {"push": Delivery.State.REFUSED, "email": Delivery.State.ACCEPTED}
