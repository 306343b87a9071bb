"""A person names a helper by a code: nobody searches anybody, and both sides agree."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.acting import naming
from accounts.acting.ending import Ending, end, sweep_offers
from accounts.models import AuditEvent, Authority, Binding, Invitation, Resident
from accounts.models.invitations import CODE_LASTS
from accounts.refusal import AccountError
from notices.models import Notice
from tests import factories
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
MONEY = {"see": ["money"], "report": ["money"]}


@pytest.fixture
def offered(resident_user, now, today) -> tuple[Invitation, str]:
    """The resident made a code."""
    return offer(resident_user, now, today)


def offer(user, now, today, chosen=MONEY) -> tuple[Invitation, str]:
    return naming.invite(chosen=chosen, ends_on=today + datetime.timedelta(days=365), by=user, at=now)


def told(resident) -> list[str]:
    return list(Notice.objects.filter(resident=resident).order_by("pk").values_list("kind", flat=True))


def test_whoever_has_the_code_accepts_and_may_do_what_was_offered(
    offered, resident, neighbour_user, now, today
):
    found = naming.open_code(code=offered[1], by=neighbour_user, at=now)
    given = naming.accept(invitation=found, by=neighbour_user, at=now)

    assert (given.agent, given.subject, given.kind, given.basis) == (
        neighbour_user,
        resident,
        "carer",
        "named",
    )
    assert {(row.deed, row.area) for row in given.scope.all()} == {("see", "money"), ("report", "money")}
    assert list(Authority.objects.valid(on=today)) == [given]


def test_both_sides_are_told_and_the_trail_says_for_whom(
    offered, resident, neighbour, neighbour_user, now
) -> None:
    naming.accept(
        invitation=naming.open_code(code=offered[1], by=neighbour_user, at=now), by=neighbour_user, at=now
    )

    assert told(resident) == ["authority.invited", "authority.granted"]
    assert told(neighbour) == ["acting.granted"]
    verbs = set(AuditEvent.objects.filter(resident=resident).values_list("verb", "on_behalf"))
    assert verbs == {
        ("authority.invited", False),
        ("authority.code_opened", False),
        ("authority.granted", True),
    }


def test_before_it_is_accepted_nobody_sees_anything(offered, neighbour_user, resident, now, today) -> None:
    naming.open_code(code=offered[1], by=neighbour_user, at=now)

    assert resident not in Resident.objects.visible_to(neighbour_user, on=today)


def test_the_code_is_kept_by_nobody(offered) -> None:
    invitation, code = offered

    kept = str({**Invitation.objects.values().get()}) + str(list(AuditEvent.objects.values()))
    assert code not in kept
    assert code.replace("-", "")[1:] not in kept
    assert len(bytes(invitation.code_digest)) == 32


def test_a_code_that_somebody_entered_opens_for_nobody_else(offered, neighbour_user, now) -> None:
    naming.open_code(code=offered[1], by=neighbour_user, at=now)
    third = factories.bound_user(factories.ResidentFactory.create())

    with pytest.raises(AccountError):
        naming.open_code(code=offered[1], by=third, at=now)


def test_wrong_used_taken_back_and_old_codes_get_the_same_answer(
    offered, resident_user, neighbour_user, now, today
):
    answers = {refused("H-0000-0000-0000", neighbour_user, now)}
    answers.add(refused(offered[1], neighbour_user, now + CODE_LASTS))
    naming.take_back(invitation=offered[0], by=resident_user, at=now)
    answers.add(refused(offered[1], neighbour_user, now))

    assert answers == {str(naming.WRONG_CODE)}


def refused(code, user, at) -> str:
    with pytest.raises(AccountError) as refusal:
        naming.open_code(code=code, by=user, at=at)
    return str(refusal.value)


def test_nobody_helps_themselves(offered, resident_user, now) -> None:
    assert refused(offered[1], resident_user, now) == str(naming.OWN_CODE)


def test_a_sign_in_that_is_nobody_s_helps_nobody(offered, now) -> None:
    assert refused(offered[1], factories.UserFactory.create(), now) == str(naming.NOT_CONNECTED)


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ({"bound_at": "now"}, naming.GUEST_NAMES),
        ({"blinded_at": "now"}, naming.NOT_CONNECTED),
        ({"ended_at": "now"}, naming.NOT_CONNECTED),
    ],
)
def test_a_guest_a_blinded_and_an_unbound_sign_in_name_nobody(
    trouble, words, resident_user, now, today
) -> None:
    Binding.objects.update(**dict.fromkeys(trouble, now))

    with pytest.raises(AccountError, match=str(words)):
        offer(resident_user, now, today)


@pytest.mark.parametrize(
    ("trouble", "words"),
    [({"protected": True}, naming.AT_A_COUNTER), ({"birth_date": "2015-01-01"}, naming.TOO_YOUNG)],
)
def test_who_is_protected_or_under_fifteen_names_nobody(
    trouble, words, resident, resident_user, now, today
) -> None:
    Resident.objects.filter(pk=resident.pk).update(**trouble)

    with pytest.raises(AccountError, match=str(words)):
        offer(resident_user, now, today)


def test_an_offer_of_nothing_is_refused(resident_user, now, today) -> None:
    with pytest.raises(AccountError):
        offer(resident_user, now, today, {"see": [], "report": ["money"]})


def test_three_codes_wait_at_most(resident_user, now, today) -> None:
    for _number in range(3):
        offer(resident_user, now, today)

    with pytest.raises(AccountError, match=str(naming.TOO_MANY)):
        offer(resident_user, now, today)


@pytest.mark.parametrize("trouble", [{"protected": True}, {"died_on": datetime.date(2026, 11, 1)}])
def test_protection_and_death_void_the_code(trouble, offered, resident, neighbour_user, now) -> None:
    found = naming.open_code(code=offered[1], by=neighbour_user, at=now)
    Resident.objects.filter(pk=resident.pk).update(**trouble)

    with pytest.raises(AccountError, match=str(naming.OVER)):
        naming.accept(invitation=found, by=neighbour_user, at=now)


def test_what_a_sign_in_offered_that_is_not_theirs_any_more_is_void(offered, neighbour_user, now) -> None:
    found = naming.open_code(code=offered[1], by=neighbour_user, at=now)
    Binding.objects.filter(user=offered[0].made_by).update(ended_at=now)

    with pytest.raises(AccountError, match=str(naming.OVER)):
        naming.accept(invitation=found, by=neighbour_user, at=now)


def test_the_helper_may_say_no(offered, resident, neighbour_user, now) -> None:
    found = naming.open_code(code=offered[1], by=neighbour_user, at=now)

    naming.decline(invitation=found, by=neighbour_user, at=now)

    assert not Authority.objects.exists()
    assert told(resident)[-1] == "authority.declined"
    with pytest.raises(AccountError):
        naming.accept(invitation=found, by=neighbour_user, at=now)


def test_who_did_not_enter_the_code_accepts_nothing(offered, neighbour_user, now) -> None:
    with pytest.raises(AccountError):
        naming.accept(invitation=offered[0], by=neighbour_user, at=now)


def test_who_helps_already_is_not_named_twice(offered, resident, neighbour_user, now) -> None:
    factories.authority(agent=neighbour_user, subject=resident)
    found = naming.open_code(code=offered[1], by=neighbour_user, at=now)

    with pytest.raises(AccountError):
        naming.accept(invitation=found, by=neighbour_user, at=now)

    found.refresh_from_db()
    assert found.state == "open"


@pytest.mark.django_db(transaction=True)
def test_a_double_yes_makes_one_authority(offered, neighbour_user, now) -> None:
    found = naming.open_code(code=offered[1], by=neighbour_user, at=now)

    def yes() -> str:
        try:
            naming.accept(invitation=found, by=neighbour_user, at=now)
        except AccountError:
            return "refused"
        return "accepted"

    assert sorted(at_once(yes, yes)) == ["accepted", "refused"]
    assert Authority.objects.count() == 1


def test_the_person_changes_what_the_helper_may_do(
    resident, resident_user, neighbour, neighbour_user, now
) -> None:
    given = factories.authority(
        agent=neighbour_user, subject=resident, kind="carer", basis="named", scope=MONEY
    )

    naming.change(authority=given, chosen={"see": ["tax"]}, by=resident_user, at=now)

    assert [(row.deed, row.area) for row in given.scope.all()] == [("see", "tax")]
    assert told(resident) == ["authority.changed"]
    assert told(neighbour) == ["acting.changed"]


def test_only_the_person_changes_it(resident, neighbour_user, now) -> None:
    given = factories.authority(
        agent=neighbour_user, subject=resident, kind="carer", basis="named", scope=MONEY
    )

    with pytest.raises(AccountError):
        naming.change(authority=given, chosen={"see": ["tax"]}, by=neighbour_user, at=now)


@pytest.mark.parametrize("why", [Ending.BY_SUBJECT, Ending.BY_AGENT])
def test_either_side_ends_it_in_one_step(
    why, resident, resident_user, neighbour, neighbour_user, now, today
) -> None:
    given = factories.authority(agent=neighbour_user, subject=resident, kind="carer")
    by = resident_user if why == Ending.BY_SUBJECT else neighbour_user

    assert end(given, why=why, by=by, at=now)
    assert not end(given, why=why, by=by, at=now)

    given.refresh_from_db()
    assert (given.ended_at, given.ending) == (now, why)
    assert resident not in Resident.objects.visible_to(neighbour_user, on=today)
    assert (told(resident), told(neighbour)) == (["authority.ended"], ["acting.ended"])
    event = AuditEvent.objects.get(verb="authority.ended")
    assert (event.resident, event.purpose, event.on_behalf) == (resident, why, why == Ending.BY_AGENT)


def test_codes_that_nobody_used_come_to_an_end(offered, now) -> None:
    assert sweep_offers(at=now) == 0
    assert sweep_offers(at=now + CODE_LASTS) == 1

    assert Invitation.objects.get().state == "over"


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "accepted"},
        {"ended_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
        {"state": "declined", "ended_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
    ],
)
def test_the_database_keeps_offers_whole(broken, offered) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.update(**broken)


def test_nobody_opens_their_own_offer_in_the_database_either(offered, resident_user) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.update(opened_by=resident_user)
