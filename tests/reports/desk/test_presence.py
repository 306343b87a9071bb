"""Who else looks at a case, and that it changed meanwhile."""

import datetime

from django.urls import reverse

from reports.desk.presence import look
from tests.reports.desk.addresses import case_url, version
from tests.reports.factories import do


def test_others_are_named_and_oneself_is_not(report, support, colleague, now):
    assert look(report, support, at=now) == []
    assert look(report, colleague, at=now) == [support.name]
    assert look(report, support, at=now) == [colleague.name]


def test_who_left_is_forgotten_after_a_minute(report, support, colleague, now):
    look(report, support, at=now)

    assert look(report, colleague, at=now + datetime.timedelta(seconds=61)) == []


def test_the_case_asks_who_else_looks(client, report, support, colleague):
    url = reverse("desk:viewing", args=[report.public_id])
    client.force_login(colleague)
    client.get(url)
    client.force_login(support)

    assert url in client.get(case_url(report)).content.decode()
    assert f"いまこの案件を見ている人:{colleague.name}" in client.get(url).content.decode()


def test_an_open_page_is_told_that_the_case_changed(as_support, report, colleague):
    seen = {"version": version(report)}
    url = reverse("desk:viewing", args=[report.public_id])
    assert "変わりました" not in as_support.get(url, seen).content.decode()

    do("take", report, colleague)

    assert "変わりました" in as_support.get(url, seen).content.decode()
