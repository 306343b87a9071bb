"""A resident says that a stopped record is theirs: three tries, then staff; nobody releases it alone."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from links.actions import AGENTS_OWN
from links.models import Link
from links.review import settle
from notices.models import Notice
from reports import actions
from reports.actions.claiming import NOT_STOPPED
from reports.kinds import State
from reports.models import Proof, Report
from tests import factories
from tests.at_once import at_once
from tests.reports.factories import RELEASE, do, filed

RIGHT, WRONG = "567", "000"  # the factory's account number is 1234567


@pytest.fixture
def stopped(link, now) -> Link:
    """The resident's own record, which the check stopped because of a wrong feed."""
    Link.objects.filter(pk=link.pk).update(
        verdict="mismatch", concealed=True, holder_name="他所　太郎", holder_kana="ヨソ　タロウ"
    )
    settle.withhold([link.pk], source="review", by=None, at=now)
    link.refresh_from_db()
    factories.FindingFactory.create(link=link, conceals=True)
    return link


def claim(link: Link, by, digits: str = RIGHT) -> Report | None:
    return actions.claim(link=link, digits=digits, language="ja", simple=False, by=by, at=timezone.now())


def test_who_knows_the_digits_makes_a_case_for_staff(stopped, resident_user) -> None:
    report = claim(stopped, resident_user)

    assert (report.kind, report.state, report.is_claim) == ("mine", State.RECEIVED, True)
    assert report.proof.tries == 1
    assert report.proof.proven_at is not None
    assert Notice.objects.filter(kind="report.received", resident=stopped.resident).count() == 1


def test_knowing_them_releases_nothing(stopped, resident_user) -> None:
    claim(stopped, resident_user)

    stopped.refresh_from_db()
    assert (stopped.held, stopped.shows_details, stopped.settled_as) == (True, False, "")


def test_wrong_digits_may_be_tried_again(stopped, resident_user) -> None:
    assert claim(stopped, resident_user, WRONG) is None
    assert claim(stopped, resident_user, WRONG) is None

    report = claim(stopped, resident_user)

    assert report.proof.tries == 3
    assert report.proof.proven_at is not None


def test_after_three_wrong_tries_it_is_for_staff_without_proof(stopped, resident_user) -> None:
    for _each in range(2):
        assert claim(stopped, resident_user, WRONG) is None

    report = claim(stopped, resident_user, WRONG)

    assert report.proof.proven_at is None
    assert Proof.objects.get().is_over


def test_a_fourth_try_proves_nothing(stopped, resident_user) -> None:
    for _each in range(3):
        report = claim(stopped, resident_user, WRONG)
    actions.withdraw(report=report, by=resident_user, at=timezone.now())

    again = claim(stopped, resident_user)

    assert again != report
    assert (Proof.objects.get().tries, again.proof.proven_at) == (3, None)


def test_tries_are_shared_by_all_who_act_for_the_person(stopped, resident_user, neighbour_user) -> None:
    factories.authority(agent=neighbour_user, subject=stopped.resident)
    claim(stopped, resident_user, WRONG)
    claim(stopped, neighbour_user, WRONG)

    assert claim(stopped, neighbour_user, WRONG).proof.proven_at is None


def test_other_data_are_another_question(stopped, resident_user) -> None:
    claim(stopped, resident_user, WRONG)
    Link.objects.filter(pk=stopped.pk).update(row_digest=b"n" * 32)
    stopped.refresh_from_db()

    claim(stopped, resident_user, WRONG)

    assert list(Proof.objects.values_list("tries", flat=True)) == [1, 1]


def test_where_nothing_can_be_asked_it_is_for_staff_at_once(stopped, resident_user) -> None:
    Link.objects.filter(pk=stopped.pk).update(details={})
    stopped.refresh_from_db()

    report = claim(stopped, resident_user, "")

    assert (report.proof.tries, report.proof.proven_at) == (0, None)


def test_an_agent_cannot_claim_a_record_of_their_own(stopped, neighbour, neighbour_user) -> None:
    factories.authority(agent=neighbour_user, subject=stopped.resident)
    stopped.resident.name, stopped.resident.name_kana = "高瀬　陽菜", "タカセ　ヒナ"
    stopped.resident.save()
    stopped.holder_name, stopped.holder_kana = neighbour.name, neighbour.name_kana
    stopped.save()

    with pytest.raises(actions.ReportError, match=str(AGENTS_OWN)):
        claim(stopped, neighbour_user)

    assert not Report.objects.exists()
    assert not Proof.objects.exists()


def test_a_record_that_is_not_stopped_cannot_be_claimed(link, resident_user) -> None:
    with pytest.raises(actions.ReportError, match=str(NOT_STOPPED)):
        claim(link, resident_user)


def test_where_a_report_came_first_it_is_that_one(stopped, resident_user) -> None:
    first = filed(stopped, resident_user)

    assert claim(stopped, resident_user) == first
    assert Report.objects.count() == 1


def test_the_trail_says_that_it_was_tried_and_never_the_digits(stopped, resident_user) -> None:
    claim(stopped, resident_user, WRONG)
    claim(stopped, resident_user)

    events = AuditEvent.objects.filter(verb__startswith="record.digits").order_by("pk")
    assert [event.verb for event in events] == ["record.digits_wrong", "record.digits_known"]
    assert {(event.actor, event.resident) for event in events} == {(resident_user, stopped.resident)}
    written = [str(list(row)) for model in (AuditEvent, Proof, Report) for row in model.objects.values_list()]
    assert not [row for row in written if f"'{RIGHT}'" in row or f"'{WRONG}'" in row]


def test_two_people_release_it_and_the_resident_sees_it_again(stopped, resident_user, support) -> None:
    report = do("take", claim(stopped, resident_user), support)
    do("propose", report, support, **RELEASE)

    do("approve", report, factories.UserFactory.create(role="supervisor"))

    stopped.refresh_from_db()
    assert (stopped.held, stopped.shows_details, stopped.settled_as) == (False, True, "right")


def test_support_alone_cannot_release_what_was_claimed(stopped, resident_user, supervisor) -> None:
    report = do("take", claim(stopped, resident_user), supervisor)
    do("propose", report, supervisor, **RELEASE)

    with pytest.raises(actions.ReportError):
        do("approve", report, supervisor)


@pytest.mark.parametrize("wrong", [{"tries": 4}, {"tries": 0, "proven_at": timezone.now()}])
def test_the_database_knows_three_tries_and_no_proof_without_one(stopped, wrong) -> None:
    about = {"link": stopped, "resident": stopped.resident, "row_digest": b"r" * 32}

    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.create(**about, **wrong)


def test_a_row_has_one_proof(stopped) -> None:
    about = {"link": stopped, "resident": stopped.resident, "row_digest": b"r" * 32}
    proof = Proof.objects.create(**about)

    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.create(**about)

    assert str(proof) == f"Proof {proof.pk}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("digits", "tries"),
    [((WRONG, WRONG), {2}), ((RIGHT, RIGHT), {1}), ((WRONG, RIGHT), {1, 2})],
    ids=["both wrong", "both right", "either first"],
)
def test_two_who_try_at_once_are_counted_and_make_one_case(stopped, resident_user, digits, tries) -> None:
    at_once(*(lambda tried=each: claim(stopped, resident_user, tried) for each in digits))

    assert Proof.objects.get().tries in tries
    assert Report.objects.count() == (RIGHT in digits)


@pytest.mark.django_db(transaction=True)
def test_the_third_try_is_made_once(stopped, resident_user) -> None:
    for _each in range(2):
        claim(stopped, resident_user, WRONG)

    first, second = at_once(*[lambda: claim(stopped, resident_user, WRONG)] * 2)

    assert first == second == Report.objects.get()
    assert Proof.objects.get().tries == 3
