"""The pages of an incident: for staff, for everybody, and for who is affected."""

import pytest
from django.urls import reverse
from django.utils import timezone

from links.models import Link
from notices.models import Notice
from reports.incidents import leaks, statements, working
from reports.incidents.forms import beginning
from reports.models import Incident, LeakReport, Plan, Statement
from tests import factories
from tests.readers import sign_in
from tests.reports.factories import filed
from tests.reports.incidents.factories import (
    DAY,
    OFFICE,
    applied,
    begun,
    incident_of,
    many_links,
    stated,
    tried,
    wrong_links,
)


def url(name: str, incident: Incident, *more: object) -> str:
    """The address of one of an incident's pages."""
    return reverse(f"incidents:{name}", args=[incident.public_id, *more])


@pytest.fixture
def as_support(client, support):
    """A support agent's browser that reads English."""
    return sign_in(client, support)


def test_staff_begin_an_incident_and_see_who_is_affected(as_support, institution):
    asked = {"institution": institution.code, "office": OFFICE, "day": DAY, "cause": "same_name"}

    response = as_support.post(reverse("incidents:list"), asked | {"scope": "all"})

    incident = Incident.objects.get()
    assert response["Location"] == incident.get_absolute_url()
    assert "Looking for everybody affected" in as_support.get(response["Location"]).content.decode()


def test_an_office_that_does_not_exist_is_said_beside_its_field(as_support):
    page = as_support.post(reverse("incidents:list"), {"institution": "XX"}).content.decode()

    assert "No institution has this code or name." in page


def test_the_page_names_nobody_and_shows_counts_and_clocks(as_support, support):
    incident = incident_of(3, support)
    person = Link.objects.first().resident
    page = as_support.get(incident.get_absolute_url()).content.decode()
    listed = as_support.get(url("records", incident)).content.decode()

    for text in (page, listed):
        assert person.name not in text
        assert Link.objects.first().reference not in text
    assert "3 days left" in page
    assert "not reported" in listed


def test_the_pages_cost_the_same_however_many_are_affected(
    as_support, support, django_assert_max_num_queries
):
    institution = factories.InstitutionFactory.create()
    many_links(120, institution)
    incident = begun(institution, support)
    applied(incident, support)

    with django_assert_max_num_queries(34):
        as_support.get(incident.get_absolute_url())
    with django_assert_max_num_queries(12):
        as_support.get(url("records", incident))


def test_a_plan_goes_from_the_form_to_the_second_person(client, support, supervisor):
    incident = incident_of(2, support)
    sign_in(client, support).post(url("propose", incident), {"remedy": "unlink", "reason": "Terminal."})
    plan = Plan.objects.get()
    working.carry_on_plan(plan.pk)
    own = client.get(incident.get_absolute_url()).content.decode()

    other = sign_in(client, supervisor).get(incident.get_absolute_url()).content.decode()
    client.post(url("approve", incident, plan.public_id))
    working.carry_on_plan(plan.pk)

    assert "Approve and apply" not in own
    assert "Approve and apply" in other
    assert set(Link.objects.values_list("settled_as", flat=True)) == {"unlinked"}
    assert "Take it back" in client.get(incident.get_absolute_url()).content.decode()


def test_what_the_proposer_approves_is_refused_in_plain_words(client, supervisor):
    incident = incident_of(1, supervisor)
    plan = tried(incident, supervisor)

    page = sign_in(client, supervisor).post(url("approve", incident, plan.public_id), follow=True)

    assert "You proposed this yourself. Another person must decide." in page.content.decode()


def test_a_plan_without_a_reason_comes_back_with_what_was_chosen(as_support, support):
    incident = incident_of(1, support)

    page = as_support.post(url("propose", incident), {"remedy": "unlink"}).content.decode()

    assert "Please write a text first." in page
    assert not Plan.objects.exists()


def test_the_progress_is_shown_while_a_worker_is_at_it(as_support, support):
    incident = incident_of(1, support)
    plan = tried(incident, support)
    Plan.objects.update(phase="checking")

    page = as_support.get(url("progress", incident)).content.decode()

    assert "100 %" in page
    Plan.objects.filter(pk=plan.pk).update(phase="checked")
    assert as_support.get(url("progress", incident))["Location"] == incident.get_absolute_url()


def words_of(incident: Incident) -> dict[str, object]:
    """What the form of the public page sends."""
    day = timezone.localdate().isoformat()
    return beginning(statements.template(incident)) | {"done_by": day, "reason": "The office said so."}


def test_the_public_page_is_written_in_three_languages_read_and_published(client, support, supervisor):
    incident = incident_of(2, support)
    form = sign_in(client, support).get(url("statement", incident)).content.decode()
    client.post(url("statement", incident), words_of(incident))
    public = reverse("portal:incident", args=[incident.number])
    assert client.get(public).status_code == 404

    preview = sign_in(client, supervisor).get(url("preview", incident)).content.decode()
    client.post(url("publish", incident))
    client.logout()
    page = client.get(public, headers={"accept-language": "en"}).content.decode()

    assert form.count("<textarea") == 10
    assert "Mihon Bank" in preview
    assert "fewer than 10" in page
    assert DAY.isoformat() not in page
    assert incident.number in client.get(reverse("portal:incidents")).content.decode()
    assert Statement.objects.get().decided_by == supervisor


def test_many_people_are_told_in_tens(client, support, supervisor):
    institution = factories.InstitutionFactory.create()
    many_links(27, institution)
    incident = begun(institution, support)
    stated(incident, support)
    statements.publish(incident=incident, by=supervisor, at=timezone.now())

    page = client.get(reverse("portal:incident", args=[incident.number]), headers={"accept-language": "en"})

    assert "20 or more" in page.content.decode()


def test_a_text_in_the_wrong_language_is_refused(as_support, support):
    incident = incident_of(1, support)
    words = words_of(incident) | {"happened_ja": "This is English, not Japanese."}

    page = as_support.post(url("statement", incident), words).content.decode()

    assert "Your text seems to be in another language." in page
    assert not Statement.objects.exists()


def test_an_auditor_reads_the_draft_for_the_commission_and_changes_nothing(client, support):
    incident = incident_of(1, support)
    auditor = factories.UserFactory.create(role="auditor")

    page = sign_in(client, auditor).get(url("leak", incident, "final")).content.decode()
    refused = client.post(url("leak", incident, "final"), {})

    assert "Keep the draft" not in page.replace("Keep the draft first", "")
    assert refused.status_code == 403
    assert client.get(url("leak", incident, "other")).status_code == 404


def test_the_draft_is_kept_and_noted_as_sent(client, support, supervisor):
    incident = incident_of(1, support)
    sign_in(client, support).post(url("leak", incident, "final"), leaks.draft(incident))
    sign_in(client, supervisor).post(url("leak_sent", incident, "final"), {"receipt": "2026-1"})

    assert LeakReport.objects.values_list("receipt", "sent_by").get() == ("2026-1", supervisor.pk)


def test_a_case_is_added_to_an_incident_from_its_page(as_support, support, resident, resident_user, link):
    report = filed(link, resident_user)
    incident = incident_of(1, support)
    address = reverse("incidents:add_case", args=[report.public_id])
    form = as_support.get(address).content.decode()

    as_support.post(address, {"incident": incident.public_id})

    assert incident.number in form
    assert incident.records.filter(report=report, link=link).count() == 1
    assert incident.people.filter(resident=resident).exists()


def test_who_is_affected_reads_what_it_means_from_the_notice(client, support):
    incident = incident_of(1, support)
    link = Link.objects.get()
    applied(incident, support)
    notice = Notice.objects.get(kind="incident.affects_you")
    user = factories.bound_user(link.resident)

    response = sign_in(client, user).get(reverse("portal:notice", args=[notice.public_id]), follow=True)

    page = response.content.decode()
    assert "A record that is not yours hung on your number" in page
    assert "Mihon Bank" in page


def test_whose_record_hung_elsewhere_is_told_without_naming_anybody(client, support):
    owner = factories.ResidentFactory.create()
    institution = factories.InstitutionFactory.create()
    (link,) = wrong_links(1, institution, owner=owner)
    incident = begun(institution, support)

    page = sign_in(client, factories.bound_user(owner)).get(
        reverse("reports:incident", args=[incident.public_id])
    )

    assert "A record of yours probably hung on another number" in page.content.decode()
    assert link.public_id not in page.content.decode()


def test_nobody_else_finds_the_page(client, support, resident_user):
    incident = incident_of(1, support)

    response = sign_in(client, resident_user).get(reverse("reports:incident", args=[incident.public_id]))

    assert response.status_code == 404
