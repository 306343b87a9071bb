"""The page for the code, and the one after it."""

import re

import pytest
from django.urls import reverse

from notices.actions import tell
from notices.codes import code_of
from notices.models import Notice
from portal.not_me.views import CODES_A_MINUTE
from reports.models import Report

PAGE, SENT = reverse("portal:not_me"), reverse("portal:disavowed")


@pytest.fixture
def code(resident, link, now) -> str:
    """The code of a warning about a record."""
    subject = ("link", link.public_id)
    notice = tell(resident_id=resident.pk, kind="record.withheld", subject=subject, at=now)
    return code_of(notice.public_id)


def bare(page: str) -> str:
    """A page without what differs each time: the token of its form."""
    return re.sub(r'value="[^"]{30,}"', "", page)


def test_a_code_leads_to_a_number_and_a_day(client, code):
    page = client.post(PAGE, {"code": code.lower()}, follow=True).content.decode()

    assert Report.objects.get().number in page
    assert "止めました" in page


def test_the_pages_show_nothing_of_the_person_the_record_or_the_office(client, code, link):
    client.post(PAGE, {"code": code})

    for url in (PAGE, SENT):
        page = client.get(url).content.decode()
        for secret in (link.resident.name, str(link.title), link.institution.name, link.reference):
            assert secret not in page


def test_used_old_and_unknown_codes_get_one_and_the_same_page(client, code):
    client.post(PAGE, {"code": code})

    pages = {
        bare(client.post(PAGE, {"code": typed}).content.decode()).replace(typed, "")
        for typed in (code, "9999-AAAA-9999-AAAA")
    }

    assert len(pages) == 1
    assert "この番号は使えません" in pages.pop()


def test_no_code_is_asked_for_again(client, code):
    assert "お知らせの番号を入れてください" in client.post(PAGE, {"code": " "}).content.decode()
    assert not Report.objects.exists()


@pytest.mark.usefixtures("one_minute")
def test_a_machine_cannot_go_on_trying(client, code):
    for _try in range(CODES_A_MINUTE):
        client.post(PAGE, {"code": "wrong"})

    page = client.post(PAGE, {"code": code}).content.decode()

    assert "回数が多すぎます" in page
    assert not Notice.objects.exclude(code_used_at=None).exists()


def test_looking_at_the_page_uses_nothing(client, code):
    client.get(PAGE, {"code": code})

    assert not Report.objects.exists()


def test_the_page_after_it_belongs_to_this_browser_alone(client, code):
    assert client.get(SENT).url == PAGE


def test_it_is_reached_from_every_page(client):
    assert PAGE in client.get(reverse("account_login")).content.decode()


def test_the_resident_confirms_it_on_its_page(client, code, resident_user):
    client.post(PAGE, {"code": code})
    client.force_login(resident_user)
    report = Report.objects.get()

    assert "この申し出をしたのはあなたですか" in client.get(report.get_absolute_url()).content.decode()
    page = client.post(reverse("reports:confirm", args=[report.public_id]), follow=True).content.decode()

    assert "止めたままにします" in page
    assert Report.objects.get().unconfirmed_until is None


def test_a_neighbour_confirms_nothing(client, code, neighbour_user):
    client.post(PAGE, {"code": code})
    client.force_login(neighbour_user)
    report = Report.objects.get()

    assert client.post(reverse("reports:confirm", args=[report.public_id])).status_code == 404
    assert report.unconfirmed_until is not None


def test_the_desk_reads_how_it_was_made(client, code, support):
    client.post(PAGE, {"code": code})
    client.force_login(support)

    page = client.get(reverse("desk:case", args=[Report.objects.get().public_id])).content.decode()

    assert "ログインせずに" in page
