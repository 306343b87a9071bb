"""The insurers' queue."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Binding, Resident
from accounts.protection import clearing
from certificates.models import Application, Certificate
from links.models import Link
from tests.certificates.factories import NATIONAL, application, insurance, proposed
from tests.factories import ResidentFactory, UserFactory, bound_user

NAMES = ["review", "issue", "return"]


def address(name, one):
    """A staff page of one application."""
    return reverse(f"certificates:{name}", args=[one.public_id])


@pytest.fixture
def waiting(resident):
    """An application that waits."""
    return application(resident)


@pytest.fixture
def desk(client, support):
    """A support agent's browser."""
    client.force_login(support)
    return client


def test_the_queue_shows_the_promise_that_ends_next_first(desk, resident, neighbour, today):
    later, sooner = application(resident), application(neighbour)
    Application.objects.filter(pk=sooner.pk).update(next_step_by=today - timedelta(days=1))

    page = desk.get(reverse("certificates:queue"))

    assert list(page.context["page"]) == [sooner, later]
    assert page.content.decode().index(sooner.number) < page.content.decode().index(later.number)


def test_the_queue_names_nobody(desk, resident, waiting):
    text = desk.get(reverse("certificates:queue")).content.decode()

    assert waiting.number in text
    assert resident.name not in text


def test_an_empty_queue_says_so(desk):
    page = desk.get(reverse("certificates:queue"))

    assert page.status_code == 200
    assert not list(page.context["page"])


def test_fifty_rows_cost_no_more_queries_than_one(desk, django_assert_max_num_queries, waiting):
    link = waiting.link
    for number in range(50):
        person = ResidentFactory.create()
        Application.objects.create(
            resident=person,
            link=link,
            applicant=waiting.applicant,
            reason="lost",
            received_at=waiting.received_at,
            next_step_by=waiting.next_step_by + timedelta(days=number),
        )

    with django_assert_max_num_queries(8):
        page = desk.get(reverse("certificates:queue"))

    assert len(page.context["page"]) == 50
    assert page.context["page"].has_next()


def test_the_application_shows_what_is_known_and_what_was_stated(desk, resident, waiting):
    page = desk.get(address("review", waiting))
    text = page.content.decode()

    for known in [resident.name, NATIONAL["insurer_name"], NATIONAL["symbol"], NATIONAL["number"], "30 %"]:
        assert known in text
    assert len(page.context["stated"]) == 4
    assert page.context["limit"].rule == "insurer"
    assert page.context["may_issue"]


def test_looking_is_recorded_with_the_applications_number(desk, support, resident, waiting):
    desk.get(address("review", waiting))

    event = AuditEvent.objects.get(verb="certificate.application_viewed")
    assert (event.actor, event.resident, event.purpose) == (support, resident, waiting.number)


def test_of_a_held_insurance_no_detail_is_shown_and_nothing_can_be_issued(desk, waiting):
    Link.objects.update(held=True)

    page = desk.get(address("review", waiting))
    refused = desk.post(address("issue", waiting), follow=True)

    assert not page.context["may_issue"]
    assert NATIONAL["insurer_name"] not in page.content.decode()
    assert [str(message) for message in refused.context["messages"]]
    assert not Certificate.objects.exists()


def test_issue_makes_the_certificate_and_shows_its_number(desk, waiting):
    proposed(waiting)
    page = desk.post(address("issue", waiting), follow=True)

    issued = Certificate.objects.get()
    assert issued.application == waiting
    assert issued.number in page.content.decode()
    assert not page.context["may_issue"]


def test_who_proposed_it_is_not_offered_to_issue_it(desk, waiting, supervisor):
    desk.post(address("propose", waiting))
    to_the_first = desk.get(address("review", waiting)).content.decode()
    desk.force_login(supervisor)

    to_the_second = desk.get(address("review", waiting)).content.decode()

    assert address("issue", waiting) not in to_the_first
    assert address("issue", waiting) in to_the_second


def test_the_message_of_an_issue_names_no_number(desk, waiting):
    proposed(waiting)
    answer = desk.post(address("issue", waiting))

    kept = "".join(cookie.value for cookie in answer.cookies.values())
    assert "messages" in answer.cookies
    assert Certificate.objects.get().number not in kept


def test_a_return_needs_a_reason(desk, waiting):
    page = desk.post(address("return", waiting), {"reason": " "})

    waiting.refresh_from_db()
    assert page.status_code == 200
    assert page.context["form"].errors["reason"]
    assert waiting.waits


def test_a_return_tells_the_applicant_why(desk, waiting):
    page = desk.post(address("return", waiting), {"reason": "記号がありません。"}, follow=True)

    waiting.refresh_from_db()
    assert waiting.came_back
    assert "記号がありません。" in page.content.decode()


def test_two_agents_at_the_same_application_do_not_decide_twice(desk, waiting, supervisor):
    proposed(waiting)
    desk.post(address("issue", waiting))
    desk.force_login(supervisor)

    page = desk.post(address("return", waiting), {"reason": "x"}, follow=True)

    waiting.refresh_from_db()
    assert waiting.state == "issued"
    assert [str(message) for message in page.context["messages"]]


@pytest.mark.parametrize("role", ["support", "supervisor", "auditor"])
def test_these_roles_look(client, waiting, role):
    client.force_login(UserFactory.create(role=role))

    assert client.get(reverse("certificates:queue")).status_code == 200
    assert client.get(address("review", waiting)).status_code == 200


@pytest.mark.parametrize("role", ["auditor", "data_officer"])
def test_these_roles_decide_nothing(client, waiting, role):
    client.force_login(UserFactory.create(role=role))

    assert client.post(address("issue", waiting)).status_code == 403
    assert client.post(address("return", waiting), {"reason": "x"}).status_code == 403
    assert Application.objects.open().count() == 1


def test_an_auditor_is_offered_no_decision(client, waiting):
    client.force_login(UserFactory.create(role="auditor"))

    assert address("issue", waiting) not in client.get(address("review", waiting)).content.decode()


def test_residents_never_get_in(client, waiting, neighbour):
    client.force_login(bound_user(neighbour))

    assert client.get(reverse("certificates:queue")).status_code == 403
    assert client.get(address("review", waiting)).status_code == 403
    assert {client.post(address(name, waiting)).status_code for name in NAMES[1:]} == {403}


def test_an_application_that_is_not_there_is_not_found(desk):
    assert desk.get(reverse("certificates:review", args=["nobody"])).status_code == 404


def test_what_the_insurer_did_not_send_is_said_to_be_missing(desk, resident):
    insurance(
        resident, {key: value for key, value in NATIONAL.items() if key not in {"symbol", "qualified_on"}}
    )
    waiting = application(resident)

    rows = {row["key"]: row for row in desk.get(address("review", waiting)).context["details"]}

    assert len([row for row in rows.values() if row.get("value") and "day" not in row]) == 7


def test_a_certificate_that_would_be_over_has_no_last_day(desk, resident, waiting, today):
    type(resident).objects.filter(pk=resident.pk).update(residence_expires_on=today - timedelta(days=30))

    page = desk.get(address("review", waiting))

    assert page.context["limit"] is None
    assert not page.context["may_issue"]


def test_on_a_narrow_screen_each_cell_says_what_it_holds(desk, waiting):
    text = desk.get(reverse("certificates:queue")).content.decode()

    assert 'class="table queue"' in text
    assert text.count("data-head=") == text.count('scope="col"') - 1
    assert "css/desk.css" in text


def test_an_application_about_oneself_is_not_opened(desk, waiting, support, resident):
    Binding.objects.filter(resident=resident).update(user=support)

    assert desk.get(address("review", waiting)).status_code == 403


@pytest.fixture
def protected(resident, waiting):
    """The application of somebody whom the register protects."""
    Resident.objects.filter(pk=resident.pk).update(protected=True)
    return waiting


def test_of_somebody_protected_no_insurer_is_shown_and_nothing_is_decided_unseen(desk, protected):
    link = protected.link

    page = desk.get(address("review", protected))
    listed = desk.get(reverse("certificates:queue")).content.decode()
    refused = [desk.post(address(name, protected)).status_code for name in ("propose", "issue")]

    text = page.content.decode()
    assert not page.context["may_decide"]
    assert link.institution.name not in text + listed
    assert str(link.details["insurer_number"]) not in text
    assert reverse("protection:ask", args=[protected.resident.public_id]) in text
    assert refused == [403, 403]


def test_once_a_second_person_let_them_it_is_decided_as_every_other(desk, protected, support, supervisor):
    asked = clearing.ask(
        resident=protected.resident, purpose="case", reason="Issue.", by=support, at=timezone.now()
    )
    clearing.let(clearance=asked, by=supervisor, at=timezone.now())

    page = desk.get(address("review", protected))
    desk.post(address("propose", protected))

    assert page.context["may_decide"]
    assert page.context["details"]
    assert Application.objects.get(pk=protected.pk).proposed_by == support
