"""The pages that watch over notices."""

import datetime

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from notices import watching
from notices.kinds import KINDS
from notices.models import FanOut
from notices.watching import figures
from tests.factories import UserFactory
from tests.notices.factories import DeliveryFactory, NoticeFactory

PAGE = "portal:outbox"
SECOND = datetime.timedelta(seconds=1)


def sent(now, *, after=1, bulk=False, **fields):
    """A message that came to its state so many seconds after its notice."""
    notice = NoticeFactory.create(bulk=bulk, created_at=now - 60 * SECOND, settled_at=now)
    changed_at = notice.created_at + after * SECOND
    return DeliveryFactory.create(notice=notice, changed_at=changed_at, due_at=None, **fields)


@pytest.fixture
def watcher(client, supervisor):
    client.force_login(supervisor)
    return client


def test_without_a_message_there_is_no_share(db):
    found = figures()

    assert (found.messages, found.quick, found.states, found.failures) == (0, None, [], [])
    assert (found.single.waiting, found.single.oldest) == (0, None)


def test_the_share_is_of_single_messages_accepted_within_ten_seconds(now, db):
    sent(now, state="accepted")
    sent(now, state="delivered", after=10)
    sent(now, state="accepted", after=11)
    sent(now, state="accepted", after=50, bulk=True)
    sent(now, state="refused")

    assert figures().quick == pytest.approx(2 / 3)


def test_failures_are_counted_by_channel_and_reason(now, db):
    for _time in range(2):
        sent(now, state="refused", reason="HTTP 422", channel="sms")
    sent(now, state="given_up", reason="SMTPDataError 451")
    sent(now, state="accepted")

    found = figures()

    assert found.failures == [("sms", "HTTP 422", 2), ("email", "SMTPDataError 451", 1)]
    assert found.messages == 4


def test_both_lanes_are_counted_and_counting_ends_somewhere(now, db, monkeypatch):
    monkeypatch.setattr(watching, "COUNTED", 2)
    old = NoticeFactory.create(created_at=now - 9 * SECOND, due_at=now - 9 * SECOND)
    NoticeFactory.create_batch(3, bulk=True, created_at=now)
    NoticeFactory.create(settled_at=now)

    found = figures()

    assert (found.single.waiting, found.single.oldest, found.single.is_more) == (1, old.created_at, False)
    assert (found.bulk.waiting, found.bulk.is_more) == (2, True)


@pytest.mark.parametrize("others", [1, 30])
def test_the_figures_cost_the_same_however_many_messages(others, now, db, django_assert_num_queries):
    for _each in range(others):
        sent(now, state="accepted")

    with django_assert_num_queries(6):
        figures()


def test_the_pace_is_set_and_fan_outs_pause(watcher, supervisor):
    watcher.post(reverse(PAGE), {"a_second": "200", "paused": "on"})

    found = FanOut.objects.get()
    assert (found.a_second, found.paused_by) == (200, supervisor)
    assertContains(watcher.get(reverse(PAGE)), 'value="200"')


@pytest.mark.parametrize("typed", ["0", "-1", "5001", "", "many"])
def test_a_pace_that_is_none_is_refused(typed, watcher):
    page = watcher.post(reverse(PAGE), {"a_second": typed})

    assert page.status_code == 200
    assert not FanOut.objects.exists()


def test_an_auditor_sees_the_figures_and_sets_nothing(client, db):
    client.force_login(UserFactory.create(role="auditor"))

    page = client.get(reverse(PAGE))

    assertNotContains(page, 'name="a_second"')
    assert client.post(reverse(PAGE), {"a_second": "200"}).status_code == 403
    assert not FanOut.objects.exists()


def test_every_kind_can_be_read_in_every_whole_language(watcher):
    page = watcher.get(reverse("portal:notice_kinds"))

    for kind in KINDS:
        assertContains(page, kind)
    text = page.content.decode()
    assert (text.count('<div lang="en">'), text.count('<div lang="ja">')) == (len(KINDS), 2 * len(KINDS))
