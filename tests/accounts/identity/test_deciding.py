"""At a counter: one member of staff checks the document and proposes, another one decides."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.identity import deciding
from accounts.identity.claiming import ask_for_counter, ask_for_letter, enter_code
from accounts.models import AuditEvent, Binding, Claim, ClaimProposal
from accounts.refusal import AccountError
from tests import factories
from tests.accounts.identity.stating import NOBODY, as_stated, posted, printed, single
from tests.at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    """Somebody under protection, who can be connected at a counter only."""
    return single(protected=True)


@pytest.fixture
def claim(person, now):
    return ask_for_letter(claims=as_stated(person), by=factories.UserFactory.create(), at=now)


def propose(claim, person, by, **changes) -> ClaimProposal:
    """The document was checked."""
    usual = {"remedy": "bind", "resident": person, "document": "passport", "reason": "Photo compared."}
    return deciding.propose(claim=claim, by=by, at=timezone.now(), **{**usual, **changes})


def test_two_members_of_staff_connect_a_sign_in(claim, person, support, supervisor, now) -> None:
    propose(claim, person, support)
    assert not Binding.objects.exists()

    ended = deciding.approve(claim=claim, by=supervisor, at=now)

    binding = Binding.objects.get()
    assert (binding.user, binding.resident) == (claim.user, person)
    assert (binding.method, binding.assurance) == ("counter", "high")
    assert (ended.state, ended.stated) == (Claim.State.BOUND, {})
    verbs = AuditEvent.objects.filter(resident=person).values_list("verb", flat=True)
    assert "sign_in.bound" in verbs


def test_nobody_approves_their_own_proposal(claim, person, supervisor, now) -> None:
    propose(claim, person, supervisor)

    with pytest.raises(AccountError):
        deciding.approve(claim=claim, by=supervisor, at=now)

    assert not Binding.objects.exists()


def test_support_does_not_approve(claim, person, supervisor, support, now) -> None:
    propose(claim, person, supervisor)

    with pytest.raises(AccountError):
        deciding.approve(claim=claim, by=support, at=now)


def test_a_resident_proposes_nothing(claim, person) -> None:
    with pytest.raises(AccountError):
        propose(claim, person, claim.user)


@pytest.mark.parametrize("changes", [{"document": ""}, {"resident": None}])
def test_without_document_or_person_nobody_is_connected(changes, claim, person, support) -> None:
    with pytest.raises(AccountError):
        propose(claim, person, support, **changes)


def test_a_proposal_that_goes_back_leaves_the_request_open(claim, person, support, supervisor, now) -> None:
    propose(claim, person, support)

    deciding.send_back(claim=claim, text="Which document?", by=supervisor, at=now)

    assert propose(claim, person, support)
    assert Claim.objects.open().get() == claim


def test_only_one_proposal_waits(claim, person, support, supervisor) -> None:
    propose(claim, person, support)

    with pytest.raises(AccountError):
        propose(claim, person, supervisor)


def test_a_refusal_needs_two_as_well(claim, person, support, supervisor, now) -> None:
    propose(claim, None, support, remedy="refuse", document="")

    deciding.approve(claim=claim, by=supervisor, at=now)

    claim.refresh_from_db()
    assert claim.state == Claim.State.REFUSED
    assert not Binding.objects.exists()


def test_staff_do_not_decide_about_their_family(claim, person, support, now) -> None:
    child = single(name="白鳥　翼", name_kana="シラトリ　ツバサ", birth_date="2015-01-01")
    factories.authority(agent=support, subject=child)
    asking = ask_for_letter(claims=as_stated(child), by=factories.UserFactory.create(), at=now)

    with pytest.raises(AccountError):
        propose(asking, child, support)


def test_a_letter_of_before_is_void_once_a_counter_connected_them(support, supervisor, now) -> None:
    person = single()
    claim = posted(person)
    code = printed(claim)
    propose(claim, person, support)
    deciding.approve(claim=claim, by=supervisor, at=now)

    with pytest.raises(AccountError):
        enter_code(code=code, by=claim.user, at=now)

    assert Binding.objects.get().method == "counter"


def test_a_code_entered_while_a_proposal_waits_leaves_nothing_to_approve(support, supervisor, now) -> None:
    person = single()
    claim = posted(person)
    code = printed(claim)
    propose(claim, person, support)
    enter_code(code=code, by=claim.user, at=now)

    with pytest.raises(AccountError):
        deciding.approve(claim=claim, by=supervisor, at=now)

    assert Binding.objects.count() == 1


def test_who_was_connected_by_letter_is_surer_after_a_counter(support, supervisor, now) -> None:
    person, user = single(), factories.UserFactory.create()
    factories.binding(user=user, resident=person, method="letter")
    claim = ask_for_counter(by=user, at=now)
    propose(claim, person, support)

    deciding.approve(claim=claim, by=supervisor, at=now)

    assert Binding.objects.get().assurance == "high"


def test_a_counter_meets_another_sign_in_of_the_person(claim, person, support, supervisor, now) -> None:
    factories.bound_user(person)
    propose(claim, person, support)

    ended = deciding.approve(claim=claim, by=supervisor, at=now)

    assert ended.state == Claim.State.DISPUTED
    assert Binding.objects.get().blinded_at


def test_the_database_wants_two_people(claim, support, now) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimProposal.objects.create(
            claim=claim,
            remedy="refuse",
            reason="x",
            proposed_by=support,
            proposed_at=now,
            state="approved",
            decided_by=support,
            decided_at=now,
        )


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "bound"},
        {"state": "over", "ended_at": timezone.now(), "stated": {"name": "x"}},
        {"state": "posted"},
        {"state": "disputed"},
        {"tries": 6},
        {"code_digest": b"x", "posted_at": timezone.now()},
    ],
    ids=["ended without a day", "still stated", "posted nowhere", "one side", "six tries", "code for nobody"],
)
def test_the_database_refuses_claims_that_cannot_be(fields, claim) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**fields)


def test_a_sign_in_has_one_open_claim(claim, now) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(user=claim.user, method="letter", opened_at=now)


@pytest.mark.django_db(transaction=True)
def test_a_proposal_is_approved_once() -> None:
    person, supervisors = single(), factories.UserFactory.create_batch(2, role="supervisor")
    claim = ask_for_letter(claims=NOBODY, by=factories.UserFactory.create(), at=timezone.now())
    propose(claim, person, factories.UserFactory.create(role="support"))

    def approving(by):
        return lambda: deciding.approve(claim=claim, by=by, at=timezone.now())

    results = at_once(*map(approving, supervisors), refusal=AccountError)

    assert sum(isinstance(result, AccountError) for result in results) == 1
    assert Binding.objects.count() == 1
