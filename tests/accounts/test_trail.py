"""The trail in plain words: nobody hides behind many lines, no member of staff is named."""

import datetime

import pytest
from django.utils import timezone, translation

from accounts import audit, trail
from accounts.models import AuditEvent, Resident, User
from tests import factories

NOON = datetime.datetime(2026, 11, 20, 3, 0, tzinfo=datetime.UTC)  # noon in Japan
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def looked(resident):
    """Somebody looked at a record of the resident."""

    def look(by, at=NOON, verb="record.viewed", **fields) -> AuditEvent:
        return audit.record(verb, by=by, at=at, resident=resident, subject=("link", "abc"), **fields)

    return look


def lines(resident: Resident, reader: User) -> list[trail.Line]:
    return trail.lines(AuditEvent.objects.about(resident), reader=reader)


def test_a_line_says_who_did_what_and_when(looked, resident, resident_user, support) -> None:
    looked(support)

    (line,) = lines(resident, resident_user)

    assert (line.who, str(line.title), line.at) == ("Support agent", "Looked at the record", NOON)
    assert line.detail == ""


def test_staff_are_never_named(looked, resident, resident_user, support) -> None:
    looked(support)

    (line,) = lines(resident, resident_user)

    assert support.name not in line.who
    assert support.email not in line.who


def test_the_purpose_is_told(looked, resident, resident_user, support) -> None:
    looked(support, purpose="R-7K3M-92QX")

    (line,) = lines(resident, resident_user)

    assert line.detail == "because of R-7K3M-92QX"


def test_the_same_deed_on_one_day_is_one_line_with_its_last_time(looked, resident, resident_user) -> None:
    for hour in range(3):
        looked(resident_user, at=NOON + hour * HOUR)

    (line,) = lines(resident, resident_user)

    assert line.at == NOON + 2 * HOUR


def test_the_day_ends_at_midnight_in_japan(looked, resident, resident_user) -> None:
    looked(resident_user, at=NOON + 11 * HOUR)  # 23:00
    looked(resident_user, at=NOON + 13 * HOUR)  # 1:00 of the next day

    assert len(lines(resident, resident_user)) == 2


@pytest.mark.parametrize(
    "other",
    [{"verb": "record.details_opened"}, {"purpose": "R-2"}, {"by": "supervisor"}],
    ids=["another deed", "another purpose", "another person"],
)
def test_what_differs_has_a_line_of_its_own(
    looked, resident, resident_user, support, supervisor, other
) -> None:
    by = supervisor if other.pop("by", "") else support
    looked(support, purpose="R-1")

    looked(by, **{"purpose": "R-1", **other})

    assert len(lines(resident, resident_user)) == 2


def test_who_looks_a_hundred_times_hides_nobody_else(looked, resident, resident_user, support) -> None:
    looked(support, at=NOON - HOUR)
    for minute in range(trail.MOST + 10):
        looked(resident_user, at=NOON + datetime.timedelta(minutes=minute))

    assert [line.who for line in lines(resident, resident_user)] == ["You", "Support agent"]


def test_there_are_at_most_fifty_lines_and_they_are_the_latest(looked, resident, resident_user) -> None:
    for day in range(trail.MOST + 5):
        looked(resident_user, at=NOON - datetime.timedelta(days=day))

    told = lines(resident, resident_user)

    assert len(told) == trail.MOST
    assert told[0].at == NOON
    assert [line.at for line in told] == sorted((line.at for line in told), reverse=True)


def test_the_trail_is_one_query(looked, resident, resident_user, support, django_assert_num_queries) -> None:
    for by in (resident_user, support, None):
        looked(by)

    with django_assert_num_queries(1):
        lines(resident, resident_user)


def test_each_doer_is_named_in_the_reader_s_eyes(
    looked, resident, resident_user, neighbour_user, support
) -> None:
    factories.authority(agent=neighbour_user, subject=resident)
    for by in (resident_user, neighbour_user, support, None):
        looked(by)

    read_by_resident = {line.who for line in lines(resident, resident_user)}
    read_by_agent = {line.who for line in lines(resident, neighbour_user)}

    assert read_by_resident == {"You", "Somebody with authority to act", "Support agent", "This service"}
    assert read_by_agent == {"You", "The person concerned", "Support agent", "This service"}


def test_staff_who_act_for_their_family_are_not_told_as_staff(
    looked, resident, resident_user, support
) -> None:
    factories.authority(agent=support, subject=resident, starts_on=NOON.date())
    looked(support)

    assert [line.who for line in lines(resident, resident_user)] == ["Somebody with authority to act"]


@pytest.mark.parametrize("verb", audit.VERBS)
def test_every_verb_can_be_told(looked, resident, resident_user, support, verb) -> None:
    looked(support, verb=verb)

    assert [line.title for line in lines(resident, resident_user)] == [audit.VERBS[verb]]


def test_the_trail_of_one_thing_leaves_out_other_things(looked, resident, resident_user) -> None:
    looked(resident_user)
    audit.record("record.viewed", by=None, at=timezone.now(), resident=resident, subject=("link", "other"))

    told = trail.lines(AuditEvent.objects.on("link", "abc"), reader=resident_user)

    assert [line.who for line in told] == ["You"]


def test_events_are_named_by_their_key_only(looked, resident_user) -> None:
    event = looked(resident_user)

    assert str(event) == f"AuditEvent {event.pk}"
