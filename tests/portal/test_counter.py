"""Counter mode: whose data it is on every step, nothing left of the earlier visitor, a proof at the end."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.protection import deciding
from certificates.models import Application
from portal.counter.visits import KEY
from reports.models import Report
from tests import factories
from tests.certificates.factories import insurance
from tests.readers import sign_in

ANSWERS = {
    "kind": "not_mine",
    "known_since": "week",
    "account": "この口座を知りません。",
    "reach_by": "telephone",
    "telephone": "090-1234-5678",
    "language": "en",
}


@pytest.fixture
def counter(client, support, resident):
    """A support agent's browser, with the resident at the counter."""
    sign_in(client, support)
    client.post(reverse("counter:begin", args=[resident.public_id]))
    return client


def prove(client) -> None:
    """The member of staff proves once more who they are."""
    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})


def filled_in(client, link) -> None:
    """The report with all its answers."""
    client.post(reverse("counter:fill_in", args=["report"]), ANSWERS | {"link": link.public_id})


def test_whose_data_it_is_stands_on_every_step(counter, resident, link):
    pages = [counter.get(reverse("counter:visit")), counter.get(reverse("counter:fill_in", args=["report"]))]
    filled_in(counter, link)
    pages.append(counter.get(reverse("counter:check")))

    for page in pages:
        text = page.content.decode()
        assert f"<strong>{resident.name}</strong>" in text
        assert page["Refresh"] == f"300;url={reverse('counter:over')}"
        assert "no-store" in page["Cache-Control"]


def test_nothing_is_sent_before_the_proof_and_everything_after_it(counter, resident, link, support):
    filled_in(counter, link)

    asked = counter.post(reverse("counter:check"))
    prove(counter)
    sent = counter.post(reverse("counter:check"))

    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    report = Report.objects.get()
    assert (report.resident, report.filed_by, report.language) == (resident, support, "en")
    assert report.number in sent.content.decode()
    link.refresh_from_db()
    assert link.held


def test_a_proof_from_before_the_answers_does_not_count(counter, link):
    prove(counter)
    filled_in(counter, link)

    counter.post(reverse("counter:check"))

    assert not Report.objects.exists()


@pytest.mark.parametrize("way", ["sent", "ended"])
def test_of_the_earlier_visitor_nothing_is_left(way, counter, resident, link):
    filled_in(counter, link)
    if way == "sent":
        prove(counter)
        page = counter.post(reverse("counter:check"))
    else:
        page = counter.post(reverse("counter:end"), follow=True)

    assert KEY not in counter.session
    assert page["Clear-Site-Data"] == '"cache"'
    for name in ("visit", "check"):
        after = counter.get(reverse(f"counter:{name}")).content.decode()
        assert resident.name not in page.content.decode() + after
    assert "The visit is over" in after


def test_another_person_begins_with_nothing_of_the_one_before(counter, neighbour, link):
    filled_in(counter, link)

    counter.post(reverse("counter:begin", args=[neighbour.public_id]))

    page = counter.get(reverse("counter:fill_in", args=["report"])).content.decode()
    assert link.public_id not in page
    assert ANSWERS["account"] not in page
    assert counter.get(reverse("counter:check"))["Location"] == reverse("counter:visit")


def test_it_ends_by_itself_after_a_short_time_without_a_step(counter, resident, time_machine):
    time_machine.move_to(timezone.now() + datetime.timedelta(minutes=5, seconds=1))

    page = counter.get(reverse("counter:visit")).content.decode()

    assert "The visit is over" in page
    assert resident.name not in page
    assert KEY not in counter.session


def test_the_certificate_is_applied_for_and_waits_for_two(counter, resident, support):
    insurance(resident)
    counter.post(reverse("counter:fill_in", args=["application"]), {"why": "no_card"})
    prove(counter)

    counter.post(reverse("counter:check"))

    application = Application.objects.get()
    assert (application.resident, application.state, application.applicant) == (resident, "received", None)
    event = AuditEvent.objects.get(verb="certificate.asked_at_counter")
    assert (event.actor, event.resident) == (support, resident)


def test_an_application_that_is_not_possible_is_said(counter):
    counter.post(reverse("counter:fill_in", args=["application"]), {"why": "no_card"})
    prove(counter)

    page = counter.post(reverse("counter:check"), follow=True).content.decode()

    assert "no application is possible" in page
    assert not Application.objects.exists()


def test_who_is_called_needs_a_number(counter, link):
    answers = ANSWERS | {"link": link.public_id, "telephone": ""}

    page = counter.post(reverse("counter:fill_in", args=["report"]), answers).content.decode()

    assert "Please write the telephone number" in page


def test_somebody_under_protection_needs_a_second_person(client, support, resident):
    by = factories.UserFactory.create(role="support")
    deciding.protect(resident=resident, reason="Asked.", by=by, at=timezone.now())

    response = sign_in(client, support).post(reverse("counter:begin", args=[resident.public_id]))

    assert response["Location"] == reverse("lookup:person", args=[resident.public_id])
    assert KEY not in client.session
