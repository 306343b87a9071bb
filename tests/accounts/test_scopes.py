"""What a helper may see and do: by area and deed, held by the QuerySets that every page stands on."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuthorityScope, Resident
from accounts.recipients import reachable
from accounts.scopes import OFF_AT_FIRST, Area, Deed, sound
from certificates.models import Application, Certificate
from links.categories import AREA_OF, CATEGORIES
from links.models import Link
from notices.actions import tell
from notices.recipients import About
from reports.models import Report
from tests import factories
from tests.certificates.factories import certificate
from tests.readers import sign_in
from tests.reports.factories import filed

MONEY_ONLY = {"see": ["money"]}


@pytest.fixture
def records(resident) -> dict[str, Link]:
    """One record of each category."""
    return {
        category: factories.LinkFactory.create(resident=resident, category=category)
        for category in CATEGORIES
    }


def helper(user, resident, **scope: list[str]):
    """The user may do this for the resident, and no more."""
    return factories.authority(agent=user, subject=resident, kind="carer", scope=scope)


def categories(user, on, to=Deed.SEE) -> set[str]:
    return set(Link.objects.visible_to(user, on=on, to=to).values_list("category", flat=True))


def test_every_category_belongs_to_an_area() -> None:
    assert set(AREA_OF.values()) == set(Area.values)
    assert AREA_OF.keys() == CATEGORIES.keys()


def test_what_tells_most_is_off_at_first() -> None:
    assert {
        AREA_OF[name] for name in ("disability_certificate", "care_insurance", "tax", "medical_expense")
    } == {area.value for area in OFF_AT_FIRST}


def test_a_helper_sees_the_areas_that_are_switched_on(records, resident, neighbour_user, today) -> None:
    helper(neighbour_user, resident, see=["money", "health"])

    assert categories(neighbour_user, today) == {"bank_account", "health_insurance"}


@pytest.mark.parametrize("kind", ["parent", "guardian"])
def test_parents_and_guardians_see_everything(kind, records, resident, neighbour_user, today) -> None:
    factories.authority(agent=neighbour_user, subject=resident, kind=kind)

    assert (
        categories(neighbour_user, today) == categories(neighbour_user, today, Deed.REPORT) == set(CATEGORIES)
    )


def test_oneself_sees_everything(records, resident, resident_user, today) -> None:
    assert categories(resident_user, today) == set(CATEGORIES)


def test_seeing_is_not_reporting(records, resident, neighbour_user, today) -> None:
    helper(neighbour_user, resident, see=["money", "pension"], report=["pension"])

    assert categories(neighbour_user, today, Deed.REPORT) == {"pension"}


def test_the_scope_for_one_person_is_none_for_another(
    records, resident, resident_user, neighbour_user, today
):
    other = factories.ResidentFactory.create()
    factories.LinkFactory.create(resident=other, category="tax")
    helper(neighbour_user, resident, see=["tax"])
    helper(neighbour_user, other, see=["money"])

    seen = Link.objects.visible_to(neighbour_user, on=today)

    assert {(link.resident, link.category) for link in seen} == {(resident, "tax")}


def test_nothing_is_done_with_what_is_not_seen() -> None:
    chosen = {
        "see": ["money", "stars"],
        "report": ["money", "tax"],
        "apply": ["money"],
        "told": [],
        "eat": ["money"],
    }

    assert sound(chosen) == {"see": ["money"], "report": ["money"]}


@pytest.mark.parametrize(("deed", "area"), [("eat", "money"), ("see", "stars"), ("apply", "money")])
def test_the_database_knows_the_table_too(deed, area, resident, neighbour_user) -> None:
    given = helper(neighbour_user, resident)

    with pytest.raises(IntegrityError), transaction.atomic():
        AuthorityScope.objects.create(authority=given, deed=deed, area=area)


def test_a_report_is_for_those_who_may_report_its_record(
    records, resident, resident_user, neighbour_user, today
):
    filed(records["bank_account"], resident_user)
    given = helper(neighbour_user, resident, see=["money"])
    assert not Report.objects.visible_to(neighbour_user, on=today).exists()

    factories.grant_scope(given, {"see": ["money"], "report": ["money"]})

    assert Report.objects.visible_to(neighbour_user, on=today).exists()


def test_certificates_go_with_the_health_insurance(
    resident, resident_user, neighbour_user, support, today
) -> None:
    found = certificate(resident, support, by=resident_user)
    given = helper(neighbour_user, resident, see=["money"])
    assert not Application.objects.visible_to(neighbour_user, on=today).exists()
    assert not Certificate.objects.visible_to(neighbour_user, on=today).exists()

    factories.grant_scope(given, {"see": ["health"]})

    assert Application.objects.visible_to(neighbour_user, on=today).get() == found.application
    assert Certificate.objects.visible_to(neighbour_user, on=today).get() == found
    assert not Certificate.objects.visible_to(neighbour_user, on=today, to=Deed.APPLY).exists()


def test_a_helper_is_told_of_the_areas_that_are_switched_on(
    resident, resident_user, neighbour_user, today
) -> None:
    helper(neighbour_user, resident, see=["money", "tax"], told=["money"])

    told = {
        area: [who.user_id for who in reachable([About(resident.pk, area=area)], on=today)[0]]
        for area in ("money", "tax", "")
    }

    own = [resident_user.pk]
    assert told == {"money": sorted([*own, neighbour_user.pk]), "tax": own, "": own}


def test_only_whoever_stands_in_their_place_sees_the_whole_person(resident, neighbour_user, today) -> None:
    given = helper(neighbour_user, resident, see=list(Area.values))
    assert resident not in Resident.objects.wholly_visible_to(neighbour_user, on=today)

    type(given).objects.update(kind="guardian")

    assert resident in Resident.objects.wholly_visible_to(neighbour_user, on=today)


def test_the_pages_show_a_helper_what_the_scope_says(client, records, resident, neighbour_user, now) -> None:
    helper(neighbour_user, resident, see=["money"], told=["money"])
    for category in ("bank_account", "tax"):
        link = records[category]
        subject = ("link", link.public_id)
        tell(resident_id=resident.pk, kind="record.withheld", subject=subject, area=link.area, at=now)
    sign_in(client, neighbour_user)

    listed = client.get(reverse("portal:person", args=[resident.public_id])).content.decode()
    inbox = client.get(reverse("portal:inbox")).content.decode()

    assert records["bank_account"].get_absolute_url() in listed
    assert records["tax"].get_absolute_url() not in listed
    assert reverse("certificates:start", args=[resident.public_id]) not in listed
    assert reverse("portal:trail", args=[resident.public_id]) not in listed
    assert inbox.count("We stopped one of your records") == 1


def test_who_only_sees_is_offered_no_answer(client, records, resident, neighbour_user) -> None:
    link = records["bank_account"]
    helper(neighbour_user, resident, see=["money"])
    sign_in(client, neighbour_user)

    page = client.get(link.get_absolute_url()).content.decode()

    assert "Is this record yours?" not in page
    assert reverse("portal:trail", args=[resident.public_id]) not in page


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("links:confirm", "post"),
        ("reports:start", "get"),
        ("reports:check", "post"),
        ("reports:files", "get"),
    ],
)
def test_who_only_sees_answers_nothing(name, method, client, records, resident, neighbour_user) -> None:
    helper(neighbour_user, resident, see=["money"])
    sign_in(client, neighbour_user)

    answer = getattr(client, method)(reverse(name, args=[records["bank_account"].public_id]))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "name", ["portal:trail", "portal:trail_csv", "portal:trail_json", "certificates:start"]
)
def test_what_belongs_to_the_whole_person_is_not_there_for_a_helper(
    name, client, resident, neighbour_user
) -> None:
    helper(neighbour_user, resident, see=["money"])
    sign_in(client, neighbour_user)

    assert client.get(reverse(name, args=[resident.public_id])).status_code == 404
