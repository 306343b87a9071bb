"""What each insurer leaves to us, by which rules, and that its officers see and decide its own only."""

import datetime
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from certificates import actions
from certificates.bulk import actions as bulk
from certificates.models import Application, Batch, Certificate, Insurer, Seat
from certificates.refusal import CertificateError
from certificates.validity import own_limit
from tests.certificates.bulk.lists import insured, listed
from tests.certificates.factories import (
    SOCIETY,
    UNREGISTERED,
    application,
    certificate,
    insurance,
    issued,
    proposed,
)
from tests.factories import ResidentFactory, UserFactory
from tests.readers import sign_in

HERE, ELSEWHERE = "00111054", "06139463"


@pytest.fixture
def officer(db):
    """Works for the insurer of the applications."""
    return officer_of(HERE)


def officer_of(number, **rules):
    insurer, _made = Insurer.objects.update_or_create(
        number=number, defaults={"issuing": Insurer.Issuing.OWN, **rules}
    )
    user = UserFactory.create(role="officer")
    Seat.objects.create(user=user, insurer=insurer)
    return user


def describe(issuing, **rules):
    Insurer.objects.filter(number=HERE).update(issuing=issuing, **rules)


def test_an_officer_s_queue_shows_their_own_insurer_s_applications_only(client, resident, officer):
    own = application(resident)
    others = application(society_member())
    sign_in(client, officer)

    page = client.get(reverse("certificates:queue")).content.decode()

    assert own.number in page
    assert others.number not in page


def society_member():
    """Somebody whose society has its insurance under confirmation: then they apply here."""
    person = ResidentFactory.create()
    insurance(person, SOCIETY, held=True)
    return person


@pytest.mark.parametrize(
    ("name", "method"),
    [("review", "get"), ("propose", "post"), ("issue", "post"), ("return", "post"), ("letter", "get")],
)
def test_another_insurer_s_application_is_not_there_for_an_officer(client, resident, name, method):
    asked = application(resident)
    sign_in(client, officer_of(ELSEWHERE))

    answer = getattr(client, method)(reverse(f"certificates:{name}", args=[asked.public_id]))

    assert answer.status_code == 404
    asked.refresh_from_db()
    assert asked.proposed_by is None


@pytest.mark.parametrize("deed", ["propose", "return_application"])
def test_an_action_refuses_what_is_another_insurer_s(resident, deed, now):
    asked = application(resident)
    more = {"reason": "x"} if deed == "return_application" else {}

    with pytest.raises(CertificateError, match="another insurer"):
        getattr(actions, deed)(application=asked, by=officer_of(ELSEWHERE), at=now, **more)


def test_an_officer_without_an_insurer_sees_and_lists_nothing(client, resident, now):
    asked, nobody_s = application(resident), UserFactory.create(role="officer")
    sign_in(client, nobody_s)

    assert asked.number not in client.get(reverse("certificates:queue")).content.decode()
    with pytest.raises(CertificateError):
        bulk.make(kind=Batch.Kind.MONTHLY, by=nobody_s, at=now)


def test_two_officers_issue_what_their_insurer_decides_itself(resident, officer, now):
    asked = application(resident)
    second = UserFactory.create(role="officer")
    Seat.objects.create(user=second, insurer=Insurer.objects.get(number=HERE))

    actions.propose(application=asked, by=officer, at=now)
    made = actions.issue(application=asked, by=second, at=now)

    assert (made.issued_by, made.application) == (second, asked)


def test_where_the_insurer_s_staff_decide_those_of_the_service_do_not(
    client, resident, officer, support, now
):
    asked = application(resident)
    sign_in(client, support)

    page = client.get(reverse("certificates:review", args=[asked.public_id]))

    assert page.context["may_decide"] is False
    for deed in (actions.propose, actions.issue):
        with pytest.raises(CertificateError, match="insurer's own staff"):
            deed(application=asked, by=support, at=now)


def test_of_an_insurer_that_issues_itself_nothing_is_issued_here(resident, support, now):
    asked = application(resident)
    describe(Insurer.Issuing.ELSEWHERE)

    with pytest.raises(CertificateError, match="issues its certificates itself"):
        issued(asked, support)

    assert not Certificate.objects.exists()


def test_an_insurer_that_nobody_described_left_nothing_to_us(resident, support):
    asked = application(resident)
    Insurer.objects.all().delete()

    with pytest.raises(CertificateError):
        issued(asked, support)


@pytest.mark.parametrize(("by_itself", "state"), [(True, "issued"), (False, "received")])
def test_what_sources_prove_is_issued_by_itself_where_the_insurer_wants_it(resident, by_itself, state):
    insurance(resident, UNREGISTERED)
    describe(Insurer.Issuing.SERVICE, by_itself=by_itself)

    assert application(resident).state == state


@pytest.mark.parametrize(
    ("years", "ends", "expected"),
    [
        (None, "", None),
        (2, "", date(2028, 11, 30)),
        (None, "03-31", date(2027, 3, 31)),
        (None, "12-01", date(2026, 12, 1)),
        (None, "11-30", date(2027, 11, 30)),
        (1, "11-30", date(2027, 11, 30)),
    ],
)
def test_an_insurer_s_own_rule_counts_from_the_first_day(years, ends, expected):
    assert own_limit(date(2026, 12, 1), years, ends) == expected


def test_a_certificate_ends_by_its_insurer_s_own_rule(resident, support, today):
    insurance(resident, UNREGISTERED)
    ends = (today + datetime.timedelta(days=20)).strftime("%m-%d")
    describe(Insurer.Issuing.SERVICE, term_ends=ends)

    made = certificate(resident, support)

    assert (made.valid_until, made.valid_until_rule) == (today + datetime.timedelta(days=20), "insurer")


def test_a_letter_back_and_an_end_are_for_the_own_insurer_s_staff(resident, support, now):
    insurance(resident, UNREGISTERED)
    made, stranger = certificate(resident, support), officer_of(ELSEWHERE)

    with pytest.raises(CertificateError):
        actions.take_letter_back(number=made.number, by=stranger, at=now)
    with pytest.raises(CertificateError):
        actions.revoke(certificate=made, why=Certificate.Revocation.RETURNED, by=stranger, at=now)

    made.refresh_from_db()
    assert made.revoked_at is None


def test_an_officer_s_list_holds_their_own_people_and_the_service_s_list_leaves_them_out(officer, support):
    mine, other = insured(), insured(UNREGISTERED | {"insurer_number": "131011"})

    own, everybody = listed(officer), listed(support)

    assert [item.resident for item in own.items.all()] == [mine]
    assert [item.resident for item in everybody.items.all()] == [other]
    assert everybody.left_out == {"insurer": 1}


def test_a_list_is_not_there_for_another_insurer_s_officer(client, officer):
    insured()
    batch, stranger = listed(officer), officer_of(ELSEWHERE)
    sign_in(client, stranger)

    assert client.get(batch.get_absolute_url()).status_code == 404
    with pytest.raises(CertificateError):
        bulk.start(batch=batch, by=stranger, at=timezone.now())
    assert batch.number not in client.get(reverse("certificates:batches")).content.decode()


def test_staff_of_the_service_and_of_the_insurer_propose_together(resident, support, now):
    officer = officer_of(HERE, issuing=Insurer.Issuing.SERVICE)
    asked = application(resident)

    made = actions.issue(application=proposed(asked), by=officer, at=now)

    assert made.application == asked


def test_an_insurer_is_described_with_its_officers_by_a_command(db, capsys):
    first, second = (UserFactory.create(role="officer") for _each in range(2))
    call_command("describe_insurer", "111054", "--issuing=own", "--officer", first.email)
    call_command(
        "describe_insurer", "111054", "--issuing=own", "--by-two", "--years=2", "--officer", second.email
    )

    insurer = Insurer.objects.get()
    assert (insurer.number, insurer.by_itself, insurer.most_years) == (HERE, False, 2)
    assert [seat.user for seat in insurer.seats.all()] == [second]
    assert AuditEvent.objects.filter(verb="insurer.described").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        ["111055", "--issuing=own"],
        ["111054", "--issuing=own", "--years=6"],
        ["111054", "--issuing=own", "--term-ends=13-01"],
        ["111054", "--issuing=own", "--term-ends=02-29"],
        ["111054", "--issuing=own", "--officer=nobody@example.jp"],
    ],
)
def test_what_no_insurer_can_be_is_refused(db, wrong):
    with pytest.raises(CommandError):
        call_command("describe_insurer", *wrong)

    assert not Insurer.objects.exists()


def test_applications_of_nobody_are_within_nobody(db):
    assert not Application.objects.within(UserFactory.create(role="officer")).exists()
