"""Staff deal with a whole incident, look somebody up and fill in with them at the counter, in a browser."""

import os

import pytest
from django.utils import timezone

from links.models import Link
from notices.models import Notice
from reports.incidents import working
from reports.models import Incident, Plan, Report
from tests.factories import InstitutionFactory, UserFactory, bound_user
from tests.journeys.visitor import Visitor
from tests.reports.incidents.factories import DAY, OFFICE, REASON, wrong_links

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# a tablet, and a desktop at 200 %
TABLET, ZOOMED = {"width": 768, "height": 1024}, {"width": 640, "height": 480}
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
PICTURES = os.environ.get("PICTURES", "")


def seen(visitor: Visitor, name: str) -> Visitor:
    """No violation, and nothing wider than the window, on the phone, on a tablet and at 200 %."""
    phone = visitor.page.viewport_size
    for size in (TABLET, ZOOMED, phone):
        visitor.page.set_viewport_size(size)
        if visitor.scripted:
            assert not visitor.page.evaluate(WIDER), f"{visitor.page.url} at {size}"
        if PICTURES:
            visitor.page.screenshot(path=f"{PICTURES}/{name}-{size['width']}.png", full_page=True)
    return visitor.look()


@pytest.fixture
def links() -> list[Link]:
    """What one terminal linked to three people."""
    return wrong_links(3, InstitutionFactory.create(code="BK0001"))


def test_an_incident_goes_from_the_form_to_the_public_page(arrive, links):
    agent, second = UserFactory.create(role="support"), UserFactory.create(role="supervisor")
    support = arrive(language="en").sign_in(agent).open("/staff/incidents/")
    support.write("Institution", "BK0001").write("Office or terminal, exactly as it was sent", OFFICE)
    support.write("Day on which the records were linked", DAY.isoformat())
    support.pick("Cause", "shared_terminal")
    seen(support, "list").press("List everybody")
    incident = Incident.objects.get()
    working.carry_on_incident(incident.pk)
    address = incident.get_absolute_url()

    support.open(address).choose("Remove the records from these numbers")
    support.write("Reason for the second person", REASON).press("Try it without changing anything")
    plan = Plan.objects.get()
    working.carry_on_plan(plan.pk)
    seen(support.open(address).finds("Approve and apply", there=False), "tried")
    supervisor = arrive(language="en").sign_in(second).open(address)
    seen(supervisor, "approve").press("Approve and apply")
    working.carry_on_plan(plan.pk)
    seen(supervisor.open(address).reads("Applied"), "applied")
    seen(supervisor.open(f"{address}records/"), "records")

    support.open(f"{address}statement/")
    support.write("By when is it done?", timezone.localdate().isoformat())
    support.write("For the second person", "The office said so.")
    seen(support, "statement").press("Hand it to a second person")
    seen(supervisor.open(f"{address}statement/preview/"), "preview").press("Publish")
    seen(support.open(f"{address}leak/preliminary/"), "leak")
    everybody = arrive(language="en").open("/incidents/")
    seen(everybody, "public-list").press("Mihon Bank").reads("What happened", "fewer than 10")
    seen(everybody, "public")

    affected = bound_user(links[0].resident)
    notice = Notice.objects.get(kind="incident.affects_you", resident=links[0].resident)
    reader = arrive().sign_in(affected).open(f"/notices/{notice.public_id}/")
    seen(reader.reads("A record that is not yours hung on your number"), "affected")
    assert set(Link.objects.values_list("settled_as", flat=True)) == {"unlinked"}


def test_a_report_is_filled_in_at_the_counter_and_nothing_of_it_stays(arrive, links):
    agent, person = UserFactory.create(role="support"), links[0].resident
    desk = arrive(language="en").sign_in(agent).open("/staff/people/")
    desk.write("Name", person.name).write("Date of birth", person.birth_date)
    seen(desk, "seek").press("Find")
    desk.open(f"/staff/people/{person.public_id}/").choose("The person is at a counter")
    seen(desk, "purpose").press("Show")
    seen(desk.reads(person.name, "Mihon Bank"), "person").press("Begin at the counter")
    seen(desk.reads(person.name), "visit").press("Report a problem")
    desk.page.locator("input[name=link]").first.check()
    desk.choose("It is not mine").choose("Since this week").choose("In this portal and by mail")
    assert desk.page.locator(".band").get_by_text(person.name).count() == 1
    seen(desk, "fill-in").press("Read it together")
    seen(desk.reads(person.name, "It is not mine"), "check").press("Send")
    desk.page.fill("input[name=password]", "a long sentence as password")
    with desk.page.expect_navigation():
        desk.page.press("input[name=password]", "Enter")

    desk.press("Send")

    report = Report.objects.get()
    seen(desk.reads("The visit is over", report.number).reads_nothing_of(person.name), "over")
    assert report.filed_by == agent
    desk.page.go_back()
    desk.page.reload()
    desk.open("/staff/counter/").reads_nothing_of(person.name)


def test_the_team_s_figures_are_drawn(arrive, links):
    support = arrive(language="en").sign_in(UserFactory.create(role="support"))

    seen(support.open("/desk/team/").reads("Open cases"), "team")
    seen(support.open("/desk/"), "queue")
