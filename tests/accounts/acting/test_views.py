"""The pages about acting for another, as people use them."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.acting import naming
from accounts.models import Authority, Invitation, Mandate, Resident
from tests import factories
from tests.accounts.acting.stating import mandate
from tests.readers import sign_in

pytestmark = pytest.mark.django_db
CHOSEN = {"see": ["money", "health"], "deeds": ["report", "apply"], "days": "365"}


@pytest.fixture
def fresh(reader) -> Client:
    """The resident, who proved a moment ago who they are."""
    return proven(reader)


def proven(browser: Client) -> Client:
    answer = browser.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})
    assert answer.status_code == 302
    return browser


@pytest.fixture
def helper(neighbour_user) -> Client:
    """The neighbour at a browser of their own."""
    return sign_in(Client(), neighbour_user)


def test_from_naming_to_helping(fresh, reader, helper, resident, neighbour, today) -> None:
    made = reader.post(reverse("accounts:name_helper"), CHOSEN)
    code = made.context["code"]
    assert code in made.content.decode()

    answer = helper.post(reverse("accounts:helper_code"), {"code": f" {code.lower().replace('-', '')} "})
    page = helper.get(answer["Location"]).content.decode()
    assert resident.name in page
    assert "Health insurance" in page
    done = helper.post(answer["Location"], {"answer": "yes"})

    assert done["Location"] == reverse("portal:person", args=[resident.public_id])
    assert helper.get(done["Location"]).status_code == 200
    given = Authority.objects.get()
    assert given.ends_on == today + datetime.timedelta(days=365)
    assert {(row.deed, row.area) for row in given.scope.all()} == {
        ("see", "money"),
        ("see", "health"),
        ("report", "money"),
        ("report", "health"),
        ("apply", "health"),
    }
    assert neighbour.name in reader.get(reverse("accounts:helpers")).content.decode()


def test_naming_wants_a_fresh_proof(reader) -> None:
    answer = reader.get(reverse("accounts:name_helper"))

    assert "reauthenticate" in answer["Location"]


def test_what_tells_most_is_not_ticked(fresh, reader) -> None:
    form = reader.get(reverse("accounts:name_helper")).context["form"]

    assert set(form["see"].initial) == {"money", "health", "pension", "family", "work"}


def test_nothing_ticked_is_explained(fresh, reader) -> None:
    page = reader.post(reverse("accounts:name_helper"), {"days": "365"}).content.decode()

    assert "Please tick at least one." in page
    assert not Invitation.objects.exists()


def test_a_guest_reads_why_not(fresh, reader, resident_user) -> None:
    resident_user.bindings.update(bound_at=timezone.now())

    page = reader.get(reverse("accounts:name_helper"), follow=True).content.decode()

    assert "For 7 days after it was connected" in page
    assert reverse("accounts:name_helper") not in page


def test_a_wrong_code_says_so_at_the_field(helper) -> None:
    short = helper.post(reverse("accounts:helper_code"), {"code": "H-7K3M"}).content.decode()
    wrong = helper.post(reverse("accounts:helper_code"), {"code": "H-0000-0000-0000"}).content.decode()

    assert "The code has an H and twelve letters and digits" in short
    assert "This code is not right, was used already" in wrong


@pytest.mark.usefixtures("one_minute")
def test_codes_cannot_be_guessed_in_bulk(helper) -> None:
    for _try in range(10):
        helper.post(reverse("accounts:helper_code"), {"code": "H-0000-0000-0000"})

    page = helper.post(reverse("accounts:helper_code"), {"code": "H-0000-0000-0000"}).content.decode()

    assert "Too many tries in a minute" in page


def offered(user) -> tuple[Invitation, str]:
    last = timezone.localdate() + datetime.timedelta(days=30)
    return naming.invite(chosen={"see": ["money"]}, ends_on=last, by=user, at=timezone.now())


def test_an_offer_is_there_for_whoever_entered_the_code_only(
    helper, reader, resident_user, neighbour_user
) -> None:
    offer, code = offered(resident_user)
    address = reverse("accounts:offer", args=[offer.public_id])
    assert helper.get(address).status_code == 404

    naming.open_code(code=code, by=neighbour_user, at=timezone.now())

    assert (helper.get(address).status_code, reader.get(address).status_code) == (200, 404)


def test_saying_no(helper, resident_user, neighbour_user) -> None:
    offer, code = offered(resident_user)
    naming.open_code(code=code, by=neighbour_user, at=timezone.now())

    helper.post(reverse("accounts:offer", args=[offer.public_id]), {"answer": "no"})

    offer.refresh_from_db()
    assert offer.state == "declined"


def test_only_whoever_made_it_takes_a_code_back(helper, reader, resident_user) -> None:
    offer, _code = offered(resident_user)
    address = reverse("accounts:take_back", args=[offer.public_id])
    assert helper.post(address).status_code == 404

    reader.post(address)

    offer.refresh_from_db()
    assert offer.state == "taken_back"


def test_the_person_changes_it_area_by_area(fresh, reader, resident, neighbour_user) -> None:
    given = factories.authority(
        agent=neighbour_user, subject=resident, kind="carer", basis="named", scope={"see": ["money"]}
    )
    address = reverse("accounts:helper", args=[given.public_id])
    form = reader.get(address).context["form"]
    assert (form["money"].initial, form["tax"].initial) == (["see"], [])

    reader.post(address, {"tax": ["see", "report"], "money": ["report"]})

    assert {(row.deed, row.area) for row in given.scope.all()} == {("see", "tax"), ("report", "tax")}


def test_nobody_else_changes_it(helper, resident, neighbour_user) -> None:
    given = factories.authority(agent=neighbour_user, subject=resident, kind="carer", basis="named")
    address = reverse("accounts:helper", args=[given.public_id])

    assert proven(helper).post(address, {"tax": ["see"]}).status_code == 404


@pytest.mark.parametrize(("who", "reason"), [("reader", "by_subject"), ("helper", "by_agent")])
def test_either_side_ends_it_with_one_button(
    who, reason, reader, helper, resident, neighbour_user, request
) -> None:
    given = factories.authority(agent=neighbour_user, subject=resident, kind="carer", basis="named")

    request.getfixturevalue(who).post(reverse("accounts:end_authority", args=[given.public_id]))

    given.refresh_from_db()
    assert given.ending == reason


def test_a_child_does_not_end_a_parent_s_authority(reader, resident, neighbour_user) -> None:
    given = factories.authority(agent=neighbour_user, subject=resident)
    page = reader.get(reverse("accounts:helpers")).content.decode()

    answer = reader.post(reverse("accounts:end_authority", args=[given.public_id]))

    assert answer.status_code == 404
    assert "That is not right? Please call us." in page


def test_acting_for_a_child_of_the_household(fresh, reader, resident, resident_user) -> None:
    child = factories.ResidentFactory.create(
        birth_date="2018-06-01", household_code=resident.household_code, relationship="子", name="見本　小花"
    )
    address = reverse("accounts:child")
    assert "見本　小花" in reader.get(address).content.decode()

    reader.post(address, {"child": child.public_id})

    assert Authority.objects.get().subject == child
    assert "見本　小花" not in reader.get(address).content.decode()


def test_a_stranger_s_child_and_nobody_are_told_apart_by_nothing(fresh, reader) -> None:
    stranger = factories.ResidentFactory.create(birth_date="2018-06-01", relationship="子")

    answer = reader.post(reverse("accounts:child"), {"child": stranger.public_id})

    assert answer["Location"] == reverse("accounts:child")
    assert not Authority.objects.exists()


def test_asking_by_a_document(reader, resident_user) -> None:
    stated = {
        "name": "見本　小花",
        "kana": "ミホン　コハナ",
        "birth_date": "2018-06-01",
        "sex": "2",
        "address": "埼玉県さいたま市浦和区高砂３丁目１５番４号",
    }

    page = reader.post(reverse("accounts:mandate", args=["parent"]), stated, follow=True).content.decode()

    asked = Mandate.objects.get()
    assert (asked.user, asked.kind, asked.stated["birth_date"]) == (resident_user, "parent", "2018-06-01")
    assert asked.number in page


def test_there_is_no_third_kind(reader) -> None:
    assert reader.get(reverse("accounts:mandate", args=["carer"])).status_code == 404


def test_staff_check_and_decide(client, resident_user, support, supervisor, now) -> None:
    child = factories.ResidentFactory.create(birth_date="2018-06-01")
    asked = mandate(child, resident_user, at=now)
    at_the_counter = sign_in(Client(), support)
    page = at_the_counter.get(reverse("acting:mandate", args=[asked.public_id])).content.decode()
    assert child.name in page

    proposal = {"remedy": "grant", "resident": child.public_id, "document": "family", "reason": "Seen."}
    at_the_counter.post(reverse("acting:propose", args=[asked.public_id]), proposal)
    sign_in(client, supervisor).post(reverse("acting:approve", args=[asked.public_id]))

    assert Authority.objects.get().subject == child


def test_staff_find_a_request_by_its_number(client, resident_user, support, now) -> None:
    asked = mandate(factories.ResidentFactory.create(), resident_user, at=now)
    desk = sign_in(client, support)

    found = desk.get(reverse("acting:list"), {"number": asked.number.lower()})
    missing = desk.get(reverse("acting:list"), {"number": "B-0000-0000"}).content.decode()

    assert found["Location"] == reverse("acting:mandate", args=[asked.public_id])
    assert "There is no request with this number." in missing


def test_the_list_of_people_costs_the_same_for_more(
    reader, resident, resident_user, django_assert_max_num_queries
):
    for _number in range(4):
        factories.authority(agent=resident_user, subject=factories.ResidentFactory.create(), kind="carer")
        factories.authority(agent=factories.bound_user(factories.ResidentFactory.create()), subject=resident)

    with django_assert_max_num_queries(15):
        reader.get(reverse("accounts:helpers"))


def test_who_died_is_nobody_s_helper_on_the_page(reader, resident, neighbour_user, today) -> None:
    factories.authority(agent=neighbour_user, subject=resident, kind="carer", basis="named")
    Resident.objects.filter(bindings__user=neighbour_user).update(died_on=today)

    assert "Nobody acts for you." in reader.get(reverse("accounts:helpers")).content.decode()


def test_an_area_without_ticks_is_an_answer_and_not_called_optional(fresh, resident, neighbour_user) -> None:
    given = factories.authority(agent=neighbour_user, subject=resident, kind="carer", basis="named")

    page = fresh.get(reverse("accounts:helper", args=[given.public_id])).content.decode()

    assert "(optional)" not in page
