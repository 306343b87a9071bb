"""From where something was done: the way in and the kind of device, never an address on the network."""

import pytest
from django.test import RequestFactory

from accounts import audit, places, sealing, tasks
from accounts.actions import bind
from accounts.models import AuditEvent, Binding
from links import actions
from links.models import Officer
from portal.celery import stand_again, stand_in_task
from tests import factories
from tests.readers import sign_in

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"


def test_a_page_says_its_kind_of_device(client, link, resident_user) -> None:
    sign_in(client, resident_user).get(link.get_absolute_url(), headers={"user-agent": IPHONE})

    event = AuditEvent.objects.get(verb="record.viewed")
    assert (event.place, event.institution) == ("web:Safari, iPhone", link.institution.code)


def test_after_the_page_one_stands_where_one_stood(client, resident_user) -> None:
    sign_in(client, resident_user).get("/")

    assert places.here() == "server"


@pytest.mark.parametrize(
    ("path", "agent", "place"),
    [
        ("/api/v1/links/pension", "anything", "machine"),
        ("/", "", "web"),
        ("/", "curl/8", "web"),
        ("/", f"{IPHONE} 203.0.113.9", "web:Safari, iPhone"),
    ],
)
def test_the_way_in_is_told_by_path_and_kind_of_device(path, agent, place) -> None:
    request = RequestFactory().get(path, headers={"user-agent": agent}, REMOTE_ADDR="203.0.113.9")

    assert places.way_of(request) == place


def test_a_task_stands_by_itself_until_it_ends() -> None:
    stand_in_task(task_id="1")
    meanwhile = places.here()
    stand_again(task_id="1", task=tasks.sweep_files)

    assert (meanwhile, places.here()) == ("task", "server")


def test_celery_says_so_to_its_tasks(monkeypatch) -> None:
    seen = []
    monkeypatch.setattr(sealing, "seal_waiting", lambda **_at: seen.append(places.here()))

    tasks.seal_trail.apply()

    assert seen == ["task"]
    assert places.here() == "server"


def test_who_was_connected_at_a_counter_was_connected_there(resident) -> None:

    user = factories.UserFactory.create()
    bind(user=user, resident=resident, method=Binding.Method.COUNTER, by=None, at=user.joined_at)

    assert AuditEvent.objects.get(verb="sign_in.bound").place == "counter"


def test_an_officer_acts_for_their_institution(resident, institution, now) -> None:
    officer = factories.UserFactory.create(role="officer")
    Officer.objects.create(user=officer, institution=institution)
    without = factories.UserFactory.create(role="officer")

    events = [audit.event("person.viewed", by=by, at=now, resident=resident) for by in (officer, without)]

    assert [event.institution for event in events] == [institution.code, ""]


def test_a_settled_record_names_its_institution(link, support, now) -> None:
    actions.unlink(link=link, by=support, at=now)

    assert AuditEvent.objects.get(verb="record.unlinked").institution == link.institution.code


def test_words_of_an_unknown_place_are_none() -> None:
    assert places.words("", with_device=True) == ""
    assert places.words("moon", with_device=True) == ""
