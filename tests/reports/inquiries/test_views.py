"""Officers see what is routed to their institution, and nothing else."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from reports.inquiries import views
from reports.models import Inquiry
from tests.reports.factories import filed

LIST = reverse("inquiries:list")


@pytest.fixture
def as_officer(client, officer):
    """An officer's browser."""
    client.force_login(officer)
    return client


def test_an_officer_begins_with_what_the_institution_is_asked(as_officer, inquiry, link):
    page = as_officer.get("/", follow=True).content.decode()

    assert inquiry.get_absolute_url() in page
    assert link.reference in page


def test_an_officer_reads_the_own_record_and_nothing_of_the_resident(as_officer, inquiry, link, officer):
    page = as_officer.get(inquiry.get_absolute_url()).content.decode()

    assert inquiry.text in page
    assert link.reference in page
    for said in (link.resident.name, link.resident.address, inquiry.report.account):
        assert said not in page
    assert AuditEvent.objects.filter(verb="inquiry.opened", actor=officer, resident=link.resident).exists()


def test_another_institution_s_question_is_not_there(client, inquiry, stranger):
    client.force_login(stranger)

    assert inquiry.get_absolute_url() not in client.get(LIST).content.decode()
    assert client.get(inquiry.get_absolute_url()).status_code == 404
    assert client.post(inquiry.get_absolute_url(), {"done": "yes", "text": "Ours."}).status_code == 404
    assert Inquiry.objects.get().is_open


def test_list_and_page_read_the_same_scope(rf, inquiry, officer, stranger):
    for user, expected in ((officer, [inquiry]), (stranger, [])):
        request = rf.get(LIST)
        request.user = user
        assert list(views.scope(request)) == expected


def test_an_officer_does_not_open_cases(as_officer, report):
    assert as_officer.get(reverse("desk:case", args=[report.public_id])).status_code == 403


def test_an_answer_is_given(as_officer, inquiry):
    page = as_officer.post(inquiry.get_absolute_url(), {"done": "yes", "text": "父の口座です。"}, follow=True)

    assert "ありがとうございます" in page.content.decode()
    assert Inquiry.objects.get().answer == "父の口座です。"


@pytest.mark.parametrize("left_out", ["done", "text"])
def test_half_an_answer_is_asked_for_again(as_officer, inquiry, left_out):
    answer = {"done": "yes", "text": "父の口座です。", left_out: ""}

    page = as_officer.post(inquiry.get_absolute_url(), answer).content.decode()

    assert Inquiry.objects.get().is_open
    assert left_out == "text" or answer["text"] in page


def test_an_answer_that_comes_too_late_is_told_so_and_kept_on_the_page(as_officer, inquiry):
    Inquiry.objects.update(state="taken_back")

    typed = {"done": "yes", "text": "父の口座です。"}
    page = as_officer.post(inquiry.get_absolute_url(), typed).content.decode()

    assert "すでに回答" in page


def test_the_list_asks_the_same_however_long_it_is(
    as_officer, inquiry, link, resident_user, support, django_assert_max_num_queries
):
    assert filed(link, resident_user)
    with django_assert_max_num_queries(10):
        as_officer.get(LIST)
