"""One application for several members of a family: each asked, each judged, each sent by their own right."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, Authority
from accounts.scopes import Area, Deed
from certificates.models import Application, Certificate, Draft
from tests.certificates.factories import (
    NATIONAL,
    SOCIETY,
    UNREGISTERED,
    application,
    certificate,
    insurance,
)
from tests.factories import ResidentFactory, authority
from tests.readers import sign_in

WORKS = NATIONAL | {
    "card_state": "valid",
    "card_use_registered": "1",
    "card_certificate_expires_on": "2031-01-01",
}


def address(name="", *args):
    return reverse(f"certificates:together{'_' if name else ''}{name}", args=args)


@pytest.fixture
def family(resident, resident_user):
    """A parent and two children; the card of the younger child works."""
    children = [ResidentFactory.create(name=name) for name in ("見本　一郎", "見本　二郎")]
    for child in children:
        authority(agent=resident_user, subject=child)
    insurance(resident)
    insurance(children[0], UNREGISTERED)
    insurance(children[1], WORKS)
    return [resident, *children]


@pytest.fixture
def parent(client, family, resident_user):
    """The parent at a browser, who chose all three."""
    sign_in(client, resident_user)
    client.post(address(), {"people": [one.public_id for one in family]})
    return client


def answer(client, who, step, value):
    return client.post(address("question", who.public_id, step), {"answer": value}, follow=True)


def answered(client, family):
    """Every question of everybody, and the wishes."""
    parent, elder, younger = family
    answer(client, parent, "card", "none")
    answer(client, parent, "help", "nothing")
    answer(client, elder, "card", "none")
    answer(client, elder, "help", "nothing")
    answer(client, younger, "help", "nothing")
    for step, value in (("items", "nothing"), ("delivery", "post"), ("paper", "large")):
        client.post(address("wish", step), {"answer": value})


def test_those_for_whom_one_may_apply_are_offered_oneself_first(client, family, resident_user):
    sign_in(client, resident_user)
    authority(agent=resident_user, subject=ResidentFactory.create(), kind="carer", scope={"see": ["health"]})

    page = client.get(address())

    assert [name for _id, name in page.context["form"].fields["people"].choices] == [
        one.name for one in family
    ]


def test_somebody_else_cannot_be_chosen(client, family, resident_user, neighbour):
    sign_in(client, resident_user)

    page = client.post(address(), {"people": [neighbour.public_id]})

    assert page.context["form"].errors["people"]


def test_each_is_asked_by_themselves_and_has_a_verdict_of_their_own(parent, family):
    first, elder, younger = family
    begin = parent.get(address("next"), follow=True)
    answer(parent, first, "card", "none")
    own = answer(parent, first, "help", "nothing")
    following = parent.get(address("next"), follow=True)
    answer(parent, elder, "card", "none")
    answer(parent, elder, "help", "nothing")
    last = answer(parent, younger, "help", "nothing")

    assert begin.redirect_chain[-1][0] == address("question", first.public_id, "card")
    assert own.redirect_chain[-1][0] == address("verdict", first.public_id)
    assert (own.context["may_apply"], own.context["place"], own.context["people"]) == (True, 1, 3)
    assert following.redirect_chain[-1][0] == address("question", elder.public_id, "card")
    assert last.context["may_apply"] is False
    assert "Your card works as insurance card" in last.content.decode()


def test_one_sending_makes_an_application_for_each_who_may_have_one(parent, family, resident_user):
    answered(parent, family)
    check = parent.get(address("next"), follow=True)
    done = parent.post(address("check"), follow=True)

    first, elder, younger = family
    assert check.redirect_chain[-1][0] == address("check")
    assert [row["may_apply"] for row in check.context["people"]] == [True, True, False]
    sent = Application.objects.order_by("pk")
    assert [(one.resident, one.applicant) for one in sent] == [(first, resident_user), (elder, resident_user)]
    assert len({one.together for one in sent}) == 1
    assert all(one.delivery == "post" and one.in_large_print for one in sent)
    assert [one.number in done.content.decode() for one in sent] == [True, True]
    assert [one.state for one in sent] == ["received", "issued"]  # of the child a source says it
    assert not Draft.objects.filter(resident__in=[first, elder]).exists()
    assert younger.name not in done.content.decode()


def test_authority_that_ended_meanwhile_takes_that_person_out(parent, family):
    answered(parent, family)
    elder = family[1]
    Authority.objects.filter(subject=elder).delete()

    parent.post(address("check"))

    assert [one.resident for one in Application.objects.all()] == [family[0]]
    assert parent.get(address("question", elder.public_id, "card")).status_code == 404


def test_whoever_may_only_look_is_not_applied_for(parent, family, resident_user):
    answered(parent, family)
    Authority.objects.filter(subject=family[1]).delete()
    only_seen = {Deed.SEE.value: [Area.HEALTH.value]}
    authority(agent=resident_user, subject=family[1], kind="carer", scope=only_seen)

    parent.post(address("check"))

    assert [one.resident for one in Application.objects.all()] == [family[0]]


def test_one_refusal_stops_nobody_else(parent, family, monkeypatch):
    """Somebody applies for the parent in the moment between the page and the sending."""
    answered(parent, family)
    first, elder, _younger = family
    real = Application.objects.create

    def create(**fields):
        if fields["resident"] == first:
            real(**fields | {"applicant": None})
        return real(**fields)

    monkeypatch.setattr(Application.objects, "create", create)

    done = parent.post(address("check"), follow=True)

    assert [one.resident for one in Application.objects.exclude(together="")] == [elder]
    assert "There is already an application" in done.content.decode()
    assert first.name in done.content.decode()


def test_of_whom_an_application_waits_no_question_is_asked(client, family, resident_user):
    waiting = application(family[0], resident_user)
    sign_in(client, resident_user)
    client.post(address(), {"people": [family[0].public_id, family[2].public_id]})

    page = client.get(address("next"), follow=True)
    answer(client, family[2], "help", "nothing")
    check = client.get(address("check"))

    assert page.redirect_chain[-1][0] == address("question", family[2].public_id, "help")
    assert waiting.get_absolute_url() in check.content.decode()
    assert check.context["any"] is False


def test_a_scheme_with_an_employer_in_between_is_told_so_for_that_person_only(client, family, resident_user):
    family[1].links.update(details=SOCIETY)
    sign_in(client, resident_user)
    client.post(address(), {"people": [one.public_id for one in family[:2]]})
    for who in family[:2]:
        answer(client, who, "card", "none")
        answer(client, who, "help", "helper")

    rows = client.get(address("verdict", family[1].public_id))

    assert rows.context["may_apply"] is False
    client.post(address("wish", "items"), {"answer": "nothing"})
    client.post(address("wish", "delivery"), {"answer": "download"})
    client.post(address("check"))
    assert [one.resident for one in Application.objects.all()] == [family[0]]


def test_an_invented_answer_and_an_invented_question_are_refused(parent, family):
    first = family[0]

    again = parent.post(address("question", first.public_id, "card"), {"answer": "golden"})
    away = parent.get(address("question", first.public_id, "colour"))

    assert again.context["form"].errors["answer"]
    assert away["Location"] == address("next")
    assert not Draft.objects.exists()


def test_staff_see_for_whom_else_it_was_sent(parent, family, support, client):
    answered(parent, family)
    parent.post(address("check"))
    first, elder = Application.objects.order_by("pk")
    sign_in(client, support)

    page = client.get(reverse("certificates:review", args=[first.public_id]))

    assert elder.number in page.content.decode()


def looks(who, verb):
    return AuditEvent.objects.filter(resident=who, verb=verb, on_behalf=True).count()


def test_each_look_at_another_is_in_their_trail(parent, family):
    elder = family[1]
    answered(parent, family)
    opened = [("question", elder.public_id, "help"), ("verdict", elder.public_id), ("check",)]

    for place, page in enumerate(opened, start=looks(elder, "certificate.looked_into") + 1):
        parent.get(address(*page))
        assert looks(elder, "certificate.looked_into") == place
    parent.post(address("check"), follow=True)
    assert looks(elder, "certificate.application_viewed") == 1


def test_for_more_people_no_page_asks_more(client, resident, resident_user, django_assert_max_num_queries):
    people = [resident, *(ResidentFactory.create() for _child in range(5))]
    insurance(resident)
    for child in people[1:]:
        authority(agent=resident_user, subject=child)
        insurance(child)
    sign_in(client, resident_user)
    client.post(address(), {"people": [one.public_id for one in people]})

    with django_assert_max_num_queries(15):
        client.get(address("question", people[3].public_id, "card"))


def test_a_valid_certificate_of_one_is_said_and_not_asked_for_again(client, family, resident_user, support):
    held = certificate(family[1], support, resident_user)
    sign_in(client, resident_user)
    client.post(address(), {"people": [family[1].public_id, family[2].public_id]})
    answer(client, family[1], "card", "none")

    page = answer(client, family[1], "help", "nothing")

    assert page.context["day"] == held.valid_until
    assert Certificate.objects.count() == 1
    assert page.context["may_apply"] is False
