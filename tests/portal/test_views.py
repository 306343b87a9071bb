"""The pages of the whole service: home, people, inbox, and the two switches."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from links.models import Link
from notices.actions import tell
from notices.kinds import KINDS
from notices.models import Notice, Preference
from portal.views import SUBJECT_PAGES
from tests import factories

HOME = "/"


@pytest.fixture
def reader(client, resident_user):
    """The resident at a browser that reads English."""
    return sign_in(client, resident_user)


def sign_in(client, user):
    client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_home_shows_the_headline_and_the_records(reader, link) -> None:
    response = reader.get(HOME)

    assertContains(response, "Nothing needs you now.")
    assertContains(response, link.get_absolute_url())
    assertContains(response, f"Records of {link.resident.name}")
    assertNotContains(response, link.reference)


@pytest.mark.parametrize(
    ("state", "kind"),
    [({}, "ok"), ({"held": True}, "needs"), ({"verdict": "review"}, "fixing")],
)
@pytest.mark.parametrize("simple", ["0", "1"])
def test_home_says_one_of_three_things_first(reader, link, state, kind, simple) -> None:
    Link.objects.filter(pk=link.pk).update(**state)
    reader.cookies["simple"] = simple

    response = reader.get(HOME)

    assertContains(response, f'class="headline {kind}"', count=1)


def test_an_empty_home_does_not_look_like_nothing_is_linked(reader, resident) -> None:
    response = reader.get(HOME)

    assertContains(response, "No records yet")
    assertContains(response, "That does not mean that nothing is linked to your number.")


def test_offices_that_sent_nothing_are_named(reader, link) -> None:
    response = reader.get(HOME)

    assertContains(response, "Offices that sent nothing yet")


def test_the_simple_home_has_one_main_button_and_no_list(reader, link) -> None:
    reader.cookies["simple"] = "1"

    response = reader.get(HOME)

    assertContains(response, f"Hello, {link.resident.name}.")
    assertContains(response, 'class="button main"', count=1)
    assertNotContains(response, link.get_absolute_url())
    assertContains(response, reverse("portal:person", args=[link.resident.public_id]))


@pytest.mark.parametrize("simple", ["0", "1"])
@pytest.mark.parametrize("records", [1, 30])
def test_home_costs_at_most_fifteen_queries_however_many_records(
    reader, resident, institution, records, simple, django_assert_max_num_queries
) -> None:
    for number in range(records):
        factories.LinkFactory.create(resident=resident, institution=institution, reference=f"X{number}")
    reader.cookies["simple"] = simple

    with django_assert_max_num_queries(15):
        reader.get(HOME)


def test_more_records_cost_no_more_queries(reader, resident, institution) -> None:
    counts = []
    for number in range(3):
        for row in range(5):
            factories.LinkFactory.create(
                resident=resident,
                institution=institution,
                reference=f"{number}-{row}",
                verdict="unverifiable",
            )
        counts.append(queries_of(lambda: reader.get(HOME)))

    assert len(set(counts)) == 1


def queries_of(deed) -> int:
    with CaptureQueriesContext(connection) as captured:
        deed()
    return len(captured)


def test_a_sign_in_that_is_bound_to_nobody_is_told_where_to_go(client, db) -> None:
    response = sign_in(client, factories.UserFactory.create()).get(HOME)

    assertContains(response, "We do not know yet who you are")
    assertContains(response, settings.SUPPORT_PHONE)


@pytest.mark.parametrize("role", ["support", "supervisor", "auditor"])
def test_who_works_at_the_desk_goes_there(client, db, role) -> None:
    client.force_login(factories.UserFactory.create(role=role))

    assertRedirects(client.get(HOME), reverse("desk:queue"), fetch_redirect_response=False)


@pytest.mark.parametrize("role", ["officer", "data_officer"])
def test_staff_without_pages_are_told_so_instead_of_being_refused(client, db, role) -> None:
    response = sign_in(client, factories.UserFactory.create(role=role)).get(HOME)

    assertContains(response, "There is no page for your role")


def test_a_parent_sees_that_a_child_s_record_needs_a_look(reader, resident_user, resident) -> None:
    child = factories.ResidentFactory.create(name="見本　蓮")
    factories.authority(agent=resident_user, subject=child)
    factories.LinkFactory.create(resident=child, held=True)

    response = reader.get(HOME)

    assertContains(response, "見本　蓮")
    assertContains(response, reverse("portal:person", args=[child.public_id]))
    assertContains(response, "Please check")


def test_who_acts_for_several_chooses_first(reader, resident_user) -> None:
    for _child in range(2):
        factories.authority(agent=resident_user, subject=factories.ResidentFactory.create())

    assertRedirects(reader.get(HOME), reverse("portal:people"))


def test_an_agent_without_records_of_their_own_chooses_first(client, resident) -> None:
    carer = factories.UserFactory.create()
    factories.authority(agent=carer, subject=resident, kind="carer")

    assertRedirects(sign_in(client, carer).get(HOME), reverse("portal:people"))


def test_the_list_of_people_begins_with_oneself(reader, resident, resident_user) -> None:
    for name in ("見本　蓮", "見本　凛"):
        factories.authority(agent=resident_user, subject=factories.ResidentFactory.create(name=name))

    page = reader.get(reverse("portal:people")).content.decode()

    assert page.index(resident.public_id) < page.index("見本　蓮")
    assert "見本　凛" in page


def test_who_may_see_nobody_is_told_to_call(client, db) -> None:
    response = sign_in(client, factories.UserFactory.create()).get(reverse("portal:people"))

    assertContains(response, "Please call us.")


@pytest.mark.parametrize("people", [1, 12])
def test_the_list_of_people_costs_no_more_with_more_people(
    reader, resident_user, people, django_assert_max_num_queries
) -> None:
    for _person in range(people):
        factories.authority(agent=resident_user, subject=factories.ResidentFactory.create())

    with django_assert_max_num_queries(8):
        reader.get(reverse("portal:people"))


def test_the_page_of_a_represented_person_carries_the_name_in_a_band(client, link, neighbour_user) -> None:
    factories.authority(agent=neighbour_user, subject=link.resident)

    response = sign_in(client, neighbour_user).get(reverse("portal:person", args=[link.resident.public_id]))

    assertContains(response, 'class="band"')
    assertContains(response, link.get_absolute_url())


def test_the_page_of_a_stranger_is_not_there(reader, neighbour) -> None:
    assert reader.get(reverse("portal:person", args=[neighbour.public_id])).status_code == 404


def test_the_inbox_tells_about_everyone_one_may_see_and_nobody_else(
    reader, resident, resident_user, neighbour, link, now
) -> None:
    child = factories.ResidentFactory.create(name="見本　蓮")
    factories.authority(agent=resident_user, subject=child)
    for person in (resident, child, neighbour):
        tell(resident_id=person.pk, kind="record.withheld", subject=("link", link.public_id), at=now)

    rows = reader.get(reverse("portal:inbox")).context["rows"]

    assert {row["notice"].resident for row in rows} == {resident, child}
    assert rows[0]["words"] == KINDS["record.withheld"]


@pytest.mark.parametrize("notices", [1, 25])
def test_the_inbox_costs_no_more_with_more_notices(
    reader, resident, link, now, notices, django_assert_max_num_queries
) -> None:
    for _notice in range(notices):
        tell(resident_id=resident.pk, kind="report.moved", subject=("link", link.public_id), at=now)

    with django_assert_max_num_queries(6):
        reader.get(reverse("portal:inbox"))


def test_an_empty_inbox_says_so(reader) -> None:
    assertContains(reader.get(reverse("portal:inbox")), "No notices yet")


def test_opening_a_notice_marks_it_and_leads_to_its_subject(reader, resident, link, now) -> None:
    notice = tell(resident_id=resident.pk, kind="record.withheld", subject=("link", link.public_id), at=now)

    response = reader.get(reverse("portal:notice", args=[notice.public_id]))

    assertRedirects(response, link.get_absolute_url())
    read_at = Notice.objects.get().read_at
    reader.get(reverse("portal:notice", args=[notice.public_id]))
    assert read_at is not None
    assert Notice.objects.get().read_at == read_at


def test_a_notice_of_somebody_else_is_not_there_and_stays_unread(client, resident, neighbour_user, link, now):
    notice = tell(resident_id=resident.pk, kind="record.withheld", subject=("link", link.public_id), at=now)

    response = sign_in(client, neighbour_user).get(reverse("portal:notice", args=[notice.public_id]))

    assert response.status_code == 404
    assert Notice.objects.get().read_at is None


@pytest.mark.parametrize(("subject", "name"), SUBJECT_PAGES.items())
def test_every_subject_of_a_notice_has_a_page(subject, name) -> None:
    assert reverse(name, args=["abc"])


@pytest.mark.parametrize(("pressed", "kept"), [("1", "1"), ("0", "0"), ("x", "0")])
def test_the_simple_version_is_remembered(reader, resident_user, pressed, kept) -> None:
    response = reader.post(reverse("portal:display"), {"simple": pressed, "next": "/people/"})

    assertRedirects(response, "/people/", fetch_redirect_response=False)
    cookie = response.cookies["simple"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (kept, True, "Lax")
    assert cookie["max-age"] >= 300 * 24 * 3600
    assert Preference.objects.get(user=resident_user).simple is (kept == "1")


def test_a_visitor_may_switch_too_and_nothing_is_stored(client, db) -> None:
    response = client.post(reverse("portal:display"), {"simple": "1", "next": "/figures/"})

    assert response.cookies["simple"].value == "1"
    assert not Preference.objects.exists()


def test_over_https_the_cookie_is_sent_over_https_only(client, db) -> None:
    response = client.post(reverse("portal:display"), {"simple": "1"}, secure=True)

    assert response.cookies["simple"]["secure"]


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "javascript:alert(1)",
    "/\\evil.example",
    "",
    "http:///x",
]


@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize("name", ["portal:display", "set_language"])
def test_a_switch_leads_to_no_other_site(client, db, name, target) -> None:
    answers = {"simple": "1", "language": "en", "next": target}

    response = client.post(reverse(name), answers)

    assert response.status_code == 302
    assert response["Location"] == "/"


@pytest.mark.parametrize("target", ["here", "128", "𠮷", "\0", "x" * 3000])
def test_a_switch_pressed_on_no_page_at_all_is_answered(client, db, target) -> None:
    response = client.post(reverse("portal:display"), {"simple": "1", "next": target})

    assert response.status_code == 302


@pytest.mark.parametrize("language", ["ja", "ja-x-easy", "en"])
def test_the_language_is_remembered_for_pages_and_notices(reader, resident_user, language) -> None:
    response = reader.post(reverse("set_language"), {"language": language, "next": "/people/"})

    assertRedirects(response, "/people/", fetch_redirect_response=False)
    cookie = response.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, bool(cookie["httponly"])) == (language, True)
    assert cookie["max-age"] >= 300 * 24 * 3600
    assert Preference.objects.get(user=resident_user).language == language


def test_a_language_that_is_not_offered_changes_nothing(reader, resident_user) -> None:
    response = reader.post(reverse("set_language"), {"language": "tlh", "next": "/people/"})

    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies
    assert not Preference.objects.filter(language="tlh").exists()


@pytest.mark.parametrize("name", ["portal:display", "set_language"])
def test_a_link_switches_nothing(client, db, name) -> None:
    assert client.get(reverse(name)).status_code == 405


@pytest.mark.parametrize(("name", "key"), [("portal:live", "live"), ("portal:ready", "ready")])
def test_the_process_says_that_it_works(client, db, name, key) -> None:
    assert client.get(reverse(name)).json() == {key: True}


def test_being_alive_needs_no_database(client, django_assert_num_queries, db) -> None:
    with django_assert_num_queries(0):
        client.get(reverse("portal:live"))
