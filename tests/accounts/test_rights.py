"""The table of rights: who holds what, and 403 for everyone else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from accounts import rights
from accounts.models import User

# The whole table once more, so that nobody gains a right by a slip of the pen
HOLDERS = {
    "desk.view": {"support", "supervisor", "auditor"},
    "desk.work": {"support", "supervisor"},
    "desk.approve": {"supervisor"},
    "incidents.view": {"support", "supervisor", "auditor", "data_officer"},
    "incidents.work": {"support", "supervisor"},
    "incidents.approve": {"supervisor"},
    "inquiries.answer": {"officer"},
    "certificates.view": {"support", "supervisor", "auditor", "officer"},
    "certificates.issue": {"support", "supervisor", "officer"},
    "certificates.everywhere": {"support", "supervisor", "auditor"},
    "letters.view": {"support", "supervisor", "auditor"},
    "letters.work": {"support", "supervisor"},
    "identity.view": {"support", "supervisor", "auditor"},
    "identity.work": {"support", "supervisor"},
    "identity.approve": {"supervisor"},
    "protection.work": {"support", "supervisor"},
    "protection.look": {"support", "supervisor"},
    "protection.approve": {"supervisor"},
    "feeds.view": {"support", "supervisor", "auditor", "data_officer"},
    "feeds.watch": {"supervisor", "data_officer"},
    "feeds.import": {"data_officer"},
    "review.view": {"supervisor", "auditor", "data_officer"},
    "review.run": {"supervisor", "data_officer"},
    "residents.look": {"support", "supervisor"},
    "notices.watch": {"supervisor", "auditor", "data_officer"},
    "notices.pace": {"supervisor", "data_officer"},
}


@pytest.mark.parametrize("right", sorted(rights.RIGHTS))
@pytest.mark.parametrize("role", ["", *rights.ROLES])
def test_each_role_holds_what_was_decided_and_no_more(right, role) -> None:
    assert rights.holds(role, right) is (role in HOLDERS[right])


def test_every_right_was_decided_about() -> None:
    assert set(rights.RIGHTS) == set(HOLDERS)


def test_no_right_belongs_to_a_role_that_does_not_exist() -> None:
    assert set().union(*rights.RIGHTS.values()) <= set(rights.ROLES)


def test_an_unknown_right_is_an_error() -> None:
    with pytest.raises(KeyError):
        rights.holds("supervisor", "desk.burn")


def test_a_view_cannot_ask_for_a_right_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        rights.right_required("desk.burn")


@rights.right_required("desk.work")
def work(request, number: int) -> HttpResponse:
    """Does the work of that number."""
    return HttpResponse(str(number))


def test_who_holds_the_right_comes_through_with_every_argument(rf) -> None:
    request = rf.get("/")
    request.user = User(role="support")

    assert work(request, number=7).content == b"7"


@pytest.mark.parametrize("user", [User(role=""), User(role="auditor"), AnonymousUser()])
def test_who_does_not_hold_the_right_is_refused(rf, user) -> None:
    request = rf.get("/")
    request.user = user

    with pytest.raises(PermissionDenied):
        work(request, number=7)


def test_a_guarded_view_keeps_its_name_and_its_promise() -> None:
    assert (work.__name__, work.__doc__) == ("work", "Does the work of that number.")
