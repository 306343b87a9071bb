"""What people do with single records: confirm, report, unlink, release, open; and who may not."""

import pytest
from django.utils import translation

from accounts.models import AuditEvent
from links import actions
from links.actions import LinkError
from links.models import Change, Hold, Link
from notices.models import Notice
from tests import factories

MOTHER = {"holder_name": "見本　花子", "holder_kana": "ミホン　ハナコ"}
CHILD = {"name": "見本　蓮", "name_kana": "ミホン　レン", "birth_date": "2015-04-02", "sex": "1"}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def child(db):
    return factories.ResidentFactory.create(**CHILD)


@pytest.fixture
def mother(resident, resident_user, child):
    """The resident, who may act for her child."""
    factories.authority(agent=resident_user, subject=child)
    return resident_user


def test_who_confirms_is_remembered_with_the_time(link, resident_user, now) -> None:
    confirmed = actions.confirm(link=link, by=resident_user, at=now)

    assert confirmed.confirmed_at == now
    change = Change.objects.get(kind="confirmed")
    assert (change.by, change.at) == (resident_user, now)
    assert AuditEvent.objects.get(verb="record.confirmed").resident == link.resident


def test_confirming_again_changes_nothing(link, resident_user, now) -> None:
    actions.confirm(link=link, by=resident_user, at=now)

    actions.confirm(link=link, by=resident_user, at=now.replace(year=now.year + 1))

    link.refresh_from_db()
    assert link.confirmed_at == now
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    "state",
    [{"held": True}, {"verdict": ""}, {"verdict": "mismatch"}, {"concealed": True}, {"status": "removed"}],
)
def test_nobody_confirms_what_is_hidden(link, resident_user, now, state) -> None:
    Link.objects.filter(pk=link.pk).update(**state)

    with pytest.raises(LinkError, match="being checked"):
        actions.confirm(link=link, by=resident_user, at=now)

    link.refresh_from_db()
    assert link.confirmed_at is None
    assert not AuditEvent.objects.exists()


def test_what_was_withheld_since_the_page_was_opened_cannot_be_confirmed(link, resident_user, now) -> None:
    opened = Link.objects.get(pk=link.pk)
    actions.hold_for_report(link=link, report="abc", by=resident_user, at=now)

    with pytest.raises(LinkError):
        actions.confirm(link=opened, by=resident_user, at=now)


@pytest.mark.parametrize(
    "holder",
    [
        MOTHER,
        {"holder_name": "見本　花子", "holder_kana": ""},
        {"holder_name": "", "holder_kana": "ミホン　ハナコ"},
        {"holder_name": "", "holder_kana": "ﾐﾎﾝ ﾊﾅｺ"},
        {**MOTHER, "holder_birth_date": "1985-04-02"},
        {**MOTHER, "holder_address": "埼玉県さいたま市浦和区高砂３丁目１５番４号"},
    ],
)
def test_a_parent_cannot_confirm_their_own_account_on_a_child_s_number(mother, child, now, holder) -> None:
    link = factories.LinkFactory.create(resident=child, **holder, verdict="unverifiable")

    with pytest.raises(LinkError, match="seems to be you"):
        actions.confirm(link=link, by=mother, at=now)

    assert not Change.objects.exists()


@pytest.mark.parametrize(
    "holder",
    [
        {"holder_name": "見本　蓮", "holder_kana": "ミホン　レン"},
        {"holder_name": "", "holder_kana": "ミホン　レン"},
        {"holder_name": "", "holder_kana": ""},
        {
            "holder_name": "",
            "holder_kana": "",
            "holder_address": "埼玉県さいたま市浦和区高砂３丁目１５番４号",
        },
    ],
)
def test_a_parent_confirms_what_is_not_theirs(mother, child, now, holder) -> None:
    link = factories.LinkFactory.create(resident=child, **holder, verdict="unverifiable")

    actions.confirm(link=link, by=mother, at=now)

    link.refresh_from_db()
    assert link.confirmed_at == now
    assert AuditEvent.objects.get().on_behalf


def test_a_namesake_with_another_birth_date_may_confirm_for_the_one_it_matches(
    resident, resident_user, now
) -> None:
    grandmother = factories.ResidentFactory.create(birth_date="1940-01-01")
    factories.authority(agent=resident_user, subject=grandmother, kind="carer")
    link = factories.LinkFactory.create(resident=grandmother, **MOTHER, holder_birth_date="1940-01-01")

    actions.confirm(link=link, by=resident_user, at=now)

    assert Link.objects.get(pk=link.pk).confirmed_at == now


def test_the_own_account_on_the_own_number_can_be_confirmed(mother, resident, now) -> None:
    link = factories.LinkFactory.create(resident=resident, **MOTHER, verdict="unverifiable")

    actions.confirm(link=link, by=mother, at=now)

    assert Change.objects.get().kind == "confirmed"


def test_an_agent_whom_the_register_does_not_know_can_confirm(child, now) -> None:
    carer = factories.UserFactory.create()
    factories.authority(agent=carer, subject=child, kind="carer")
    link = factories.LinkFactory.create(resident=child, verdict="unverifiable")

    actions.confirm(link=link, by=carer, at=now)

    assert AuditEvent.objects.get().on_behalf


def test_a_report_holds_the_record_until_it_is_lifted(link, resident_user, now) -> None:
    actions.hold_for_report(link=link, report="abc", by=resident_user, at=now)
    link.refresh_from_db()
    held = link.held

    actions.lift_report_hold(link=link, report="abc", by=resident_user, at=now)

    link.refresh_from_db()
    assert (held, link.held) == (True, False)
    assert Hold.objects.get().reference == "abc"
    assert not Notice.objects.exists()


def test_a_report_that_is_withdrawn_leaves_the_hold_of_the_review(link, resident_user, now) -> None:
    Hold.objects.create(link=link, resident=link.resident, source="review", placed_at=now)
    actions.hold_for_report(link=link, report="abc", by=resident_user, at=now)

    actions.lift_report_hold(link=link, report="abc", by=resident_user, at=now)

    link.refresh_from_db()
    assert link.held


def test_an_unlinked_record_is_off_the_number_and_the_caller_tells(
    link, resident_user, supervisor, now
) -> None:
    actions.hold_for_report(link=link, report="abc", by=resident_user, at=now)

    actions.unlink(link=link, by=supervisor, at=now)

    link.refresh_from_db()
    assert (link.settled_as, link.held, link.shows_details) == ("unlinked", False, False)
    assert not Link.objects.of(link.resident).exists()
    assert not Notice.objects.exists()


def test_a_released_record_shows_its_details_whatever_held_it(link, resident_user, supervisor, now) -> None:
    Hold.objects.create(link=link, resident=link.resident, source="review", placed_at=now)
    Link.objects.filter(pk=link.pk).update(verdict="mismatch", concealed=True, held=True)
    actions.hold_for_report(link=link, report="abc", by=resident_user, at=now)

    actions.release(link=link, by=supervisor, at=now)

    link.refresh_from_db()
    assert (link.settled_as, link.held, link.shows_details) == ("right", False, True)
    assert not Notice.objects.exists()


def test_looking_is_recorded_with_its_purpose(link, support, now) -> None:
    actions.view(link=link, by=support, at=now, purpose="R-7K3M-92QX")

    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.purpose) == ("record.viewed", support, "R-7K3M-92QX")
    assert (event.subject_kind, event.subject_id) == ("link", link.public_id)


def test_opened_details_are_the_reference_and_the_columns_that_were_sent(link, resident_user, now) -> None:
    opened = actions.open_details(link=link, by=resident_user, at=now)

    assert opened == {"reference": link.reference, **link.details}
    assert AuditEvent.objects.get().verb == "record.details_opened"


@pytest.mark.parametrize(
    "state", [{"held": True}, {"verdict": ""}, {"verdict": "review"}, {"settled_as": "unlinked"}]
)
def test_hidden_details_cannot_be_opened_and_nothing_is_recorded(link, resident_user, now, state) -> None:
    for name, value in state.items():
        setattr(link, name, value)

    with pytest.raises(LinkError, match="hidden"):
        actions.open_details(link=link, by=resident_user, at=now)

    assert not AuditEvent.objects.exists()


def test_what_cannot_be_done_is_said_in_the_reader_s_language(link, resident_user, now) -> None:
    link.held = True

    with translation.override("ja"), pytest.raises(LinkError) as refusal:
        actions.open_details(link=link, by=resident_user, at=now)

    assert "The details" not in str(refusal.value)
