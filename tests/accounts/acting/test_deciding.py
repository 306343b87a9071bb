"""By a document: one member of staff checks it and proposes, another one decides."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.acting import asking, closing, deciding
from accounts.models import AuditEvent, Authority, Mandate, MandateProposal, Resident, StoredFile
from accounts.models.mandates import STANDS_FOR
from accounts.proposals.words import OWN_PROPOSAL
from accounts.refusal import AccountError
from notices.models import Notice
from tests import factories
from tests.accounts.acting.stating import as_stated, mandate
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
YEAR = datetime.timedelta(days=365)


@pytest.fixture
def child(db) -> Resident:
    return factories.ResidentFactory.create(birth_date="2018-06-01", name="見本　小花", relationship="子の子")


@pytest.fixture
def asked(child, resident_user, now) -> Mandate:
    """The resident asks to act for a child, with a copy of the family register."""
    return mandate(child, resident_user, at=now)


def propose(asked, resident, by, at, **changes) -> MandateProposal:
    usual = {"remedy": "grant", "document": "family", "ends_on": None, "reason": "Both names stand in it."}
    return deciding.propose(mandate=asked, resident=resident, by=by, at=at, **{**usual, **changes})


def test_two_members_of_staff_let_a_parent_act(
    asked, child, resident, resident_user, support, supervisor, now, today
):
    propose(asked, child, support, now)
    assert child not in Resident.objects.visible_to(resident_user, on=today)

    deciding.approve(mandate=asked, by=supervisor, at=now)

    given = Authority.objects.get()
    assert (given.agent, given.subject, given.kind, given.basis) == (
        resident_user,
        child,
        "parent",
        "document",
    )
    assert given.ends_on == child.last_day_as_child
    verbs = AuditEvent.objects.filter(resident=child).values_list("verb", flat=True)
    assert {"authority.proposed", "authority.granted"} <= set(verbs)
    assert Notice.objects.get(resident=child).kind == "authority.granted"


def test_what_was_stated_and_handed_in_is_gone_when_it_is_decided(
    asked, child, support, supervisor, now
) -> None:
    propose(asked, child, support, now)
    assert StoredFile.objects.count() == 1

    deciding.approve(mandate=asked, by=supervisor, at=now)

    asked.refresh_from_db()
    assert (asked.state, asked.stated, asked.papers.count()) == ("granted", {}, 0)
    assert not StoredFile.objects.exists()


def test_a_guardian_has_a_last_day(resident_user, support, supervisor, now, today) -> None:
    ward = factories.ResidentFactory.create(birth_date="1940-01-01")
    asked = mandate(ward, resident_user, kind="guardian", at=now)
    for wrong in (None, today, today + 6 * YEAR):
        with pytest.raises(AccountError, match=str(deciding.LAST_DAY)):
            propose(asked, ward, support, now, ends_on=wrong, document="guardian")
    propose(asked, ward, support, now, ends_on=today + YEAR, document="guardian")

    deciding.approve(mandate=asked, by=supervisor, at=now)

    given = Authority.objects.get()
    assert (given.kind, given.ends_on) == ("guardian", today + YEAR)


def test_the_facts_of_the_day_of_approval_count(asked, child, support, supervisor, now) -> None:
    propose(asked, child, support, now)
    Resident.objects.filter(pk=child.pk).update(protected=True)

    with pytest.raises(AccountError, match=str(deciding.PROTECTED)):
        deciding.approve(mandate=asked, by=supervisor, at=now)

    assert not Authority.objects.exists()


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ({"protected": True}, deciding.PROTECTED),
        ({"died_on": datetime.date(2026, 1, 1)}, deciding.NOBODY_ACTS),
        ({"birth_date": "2001-01-01"}, deciding.NOT_A_CHILD),
    ],
)
def test_for_whom_nobody_acts_nothing_is_proposed(trouble, words, asked, child, support, now) -> None:
    Resident.objects.filter(pk=child.pk).update(**trouble)
    child.refresh_from_db()

    with pytest.raises(AccountError, match=str(words)):
        propose(asked, child, support, now)


def test_nobody_acts_for_themselves(resident, resident_user, support, now, today) -> None:
    asked = mandate(resident, resident_user, kind="guardian", at=now)

    with pytest.raises(AccountError, match=str(deciding.ITSELF)):
        propose(asked, resident, support, now, ends_on=today + YEAR)


def test_refused_is_told_to_whoever_asked(asked, resident, child, support, supervisor, now) -> None:
    propose(asked, None, support, now, remedy="refuse", document="")

    deciding.approve(mandate=asked, by=supervisor, at=now)

    asked.refresh_from_db()
    assert asked.state == "refused"
    assert Notice.objects.get(resident=resident).kind == "acting.refused"
    assert not Notice.objects.filter(resident=child).exists()


def test_sent_back_it_stands_as_before(asked, child, support, supervisor, now) -> None:
    propose(asked, child, support, now)

    deciding.send_back(mandate=asked, text="Which page?", by=supervisor, at=now)

    propose(asked, child, support, now)
    assert list(asked.proposals.order_by("pk").values_list("state", flat=True)) == ["returned", "waiting"]


def test_nobody_decides_their_own_proposal(asked, child, supervisor, now) -> None:
    propose(asked, child, supervisor, now)

    with pytest.raises(AccountError, match=str(OWN_PROPOSAL)):
        deciding.approve(mandate=asked, by=supervisor, at=now)


@pytest.mark.parametrize("who", ["support", "auditor", "resident_user"])
def test_others_do_not_approve(who, asked, child, support, now, request) -> None:
    propose(asked, child, support, now)
    by = factories.UserFactory.create(role="auditor") if who == "auditor" else request.getfixturevalue(who)

    with pytest.raises(AccountError):
        deciding.approve(mandate=asked, by=by, at=now)


def test_staff_leave_their_own_family_to_others(asked, child, support, now) -> None:
    factories.authority(agent=support, subject=child)

    with pytest.raises(AccountError, match=str(deciding.OWN_AFFAIR)):
        propose(asked, child, support, now)


def test_staff_stop_authority_at_once(child, resident_user, support, now) -> None:
    given = factories.authority(agent=resident_user, subject=child)
    with pytest.raises(AccountError):
        deciding.end_by_staff(authority=given, by=resident_user, at=now)

    deciding.end_by_staff(authority=given, by=support, at=now)

    given.refresh_from_db()
    assert given.ending == "by_staff"


def test_a_guest_asks_for_nothing(child, resident_user, now) -> None:
    resident_user.bindings.update(bound_at=now)

    with pytest.raises(AccountError):
        mandate(child, resident_user, at=now)


def test_three_requests_wait_at_most(child, resident_user, now) -> None:
    for _number in range(3):
        mandate(child, resident_user, at=now)

    with pytest.raises(AccountError, match=str(asking.TOO_MANY)):
        mandate(child, resident_user, at=now)


def test_what_is_no_paper_is_refused_and_nothing_kept(child, resident_user, now) -> None:
    file = SimpleUploadedFile("register.exe", b"MZ nothing to read")

    with pytest.raises(AccountError):
        asking.ask(kind="parent", person=as_stated(child), files=[file], by=resident_user, at=now)

    assert not Mandate.objects.exists()


def test_a_fourth_paper_is_refused(child, resident_user, now) -> None:
    files = [SimpleUploadedFile("a.pdf", b"x")] * 4

    with pytest.raises(AccountError, match=str(asking.TOO_MANY_PAPERS)):
        asking.ask(kind="parent", person=as_stated(child), files=files, by=resident_user, at=now)


def test_what_nobody_follows_up_ends_and_is_forgotten(asked, now) -> None:
    assert closing.sweep(at=now) == 0
    assert closing.sweep(at=now + STANDS_FOR + datetime.timedelta(days=1)) == 1

    asked.refresh_from_db()
    assert (asked.state, asked.stated) == ("over", {})
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_proposals_at_once_make_one(asked, child, support, supervisor, now) -> None:
    deeds = [lambda: propose(asked, child, support, now), lambda: propose(asked, child, supervisor, now)]

    results = at_once(*deeds, refusal=AccountError)

    assert sum(isinstance(result, AccountError) for result in results) == 1
    assert MandateProposal.objects.count() == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"decided_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
        {"document": ""},
        {"resident": None},
    ],
)
def test_the_database_keeps_proposals_whole(broken, asked, child, support, now) -> None:
    propose(asked, child, support, now)

    with pytest.raises(IntegrityError), transaction.atomic():
        MandateProposal.objects.update(**broken)


@pytest.mark.parametrize("broken", [{"state": "granted"}, {"kind": "carer"}])
def test_the_database_keeps_mandates_whole(broken, asked) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.update(**broken)
