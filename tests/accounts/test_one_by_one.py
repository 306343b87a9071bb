"""Forms of several questions: one a page in the simple version, and nothing that was answered is lost."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.display import SIMPLE_COOKIE
from accounts.models import Claim, Invitation, Mandate
from certificates.models import Application
from tests import factories

pytestmark = pytest.mark.django_db
WHO = {
    "name": "見本　花子",
    "kana": "ミホン　ハナコ",
    "birth_date": "昭和29年3月2日",
    "sex": "2",
    "address": "東京都渋谷区神南1丁目1-1",
}


@pytest.fixture
def simple(reader) -> Client:
    """The resident in the simple version, who proved a moment ago who they are."""
    reader.cookies[SIMPLE_COOKIE] = "1"
    reader.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})
    return reader


def carried(page) -> dict[str, list[str]]:
    """What the page's form sends along, hidden."""
    form = page.context["form"]
    hidden = {field.html_name: list(field.value() or []) for field in form.hidden_fields()}
    texts = {name: [value] for name, value in hidden.items() if isinstance(form[name].value(), str)}
    whole = {name: [form[name].value()] for name in texts}
    return hidden | whole | {"asked": [page.context["asked"]], "answered": page.context["answered"]}


def answer(browser: Client, address: str, page, /, **given: object):
    """The page after this one."""
    return browser.post(address, carried(page) | given)


def test_each_question_on_a_helper_has_a_page_and_the_last_makes_the_code(simple):
    address = reverse("accounts:name_helper")

    first = simple.get(address)
    second = answer(simple, address, first, see=["money", "health"])
    third = answer(simple, address, second, deeds=["report"])
    made = answer(simple, address, third, days="90")

    shown = [
        [field.name for field in page.context["form"].visible_fields()] for page in (first, second, third)
    ]
    assert shown == [["see"], ["deeds"], ["days"]]
    assertContains(second, "Question 2 of 3")
    assertContains(made, made.context["code"])
    assert set(Invitation.objects.get().scope["see"]) == {"money", "health"}


def test_going_back_shows_what_was_ticked(simple):
    address = reverse("accounts:name_helper")
    second = answer(simple, address, simple.get(address), see=["pension"])

    first = answer(simple, address, second, deeds=["report"], back="1")
    again = answer(simple, address, first, see=["pension"])

    assert first.context["form"]["see"].value() == ["pension"]
    assert again.context["form"]["deeds"].value() == ["report"]


def test_nothing_ticked_is_said_on_the_same_page(simple):
    address = reverse("accounts:name_helper")

    page = answer(simple, address, simple.get(address))

    assert page.context["asked"] == "see"
    assertContains(page, "Please tick at least one.")
    assertNotContains(page, "Question 2 of 3")


def test_an_answer_before_that_was_tampered_with_is_asked_again(simple):
    address = reverse("accounts:name_helper")
    form = {"asked": "days", "answered": ["see", "deeds"], "see": ["everything"], "days": "90"}

    page = simple.post(address, form)

    assert page.context["asked"] == "see"
    assert not Invitation.objects.exists()


def test_a_question_that_is_none_of_the_form_is_the_first(simple):
    page = simple.post(reverse("accounts:name_helper"), {"asked": "number", "see": ["money"]})

    assert page.context["asked"] == "deeds"


def one_after_the_other(browser: Client, address: str, answers: dict[str, str]):
    """Answer every question in the order in which they come."""
    page = browser.get(address)
    for _question in answers:
        page = answer(browser, address, page, **{page.context["asked"]: answers[page.context["asked"]]})
    return page


def test_who_one_is_is_asked_one_by_one(simple, resident_user):
    resident_user.bindings.all().delete()

    done = one_after_the_other(simple, reverse("accounts:you"), WHO)

    assert done["Location"] == reverse("accounts:identity")
    assert Claim.objects.get().stated["birth_date"] == "1954-03-02"


def test_for_whom_one_is_the_guardian_is_asked_one_by_one(simple):
    last = one_after_the_other(simple, reverse("accounts:mandate", args=["guardian"]), WHO)
    assert last.context["asked"] == "papers"

    answer(simple, reverse("accounts:mandate", args=["guardian"]), last)

    assert Mandate.objects.count() == 1


def test_a_certificate_by_post_is_asked_for_one_by_one(client, resident):
    client.cookies[SIMPLE_COOKIE] = "1"
    asked = {"why": "no_card"} | WHO

    done = one_after_the_other(client, reverse("certificates:by_post"), asked)

    assert done["Location"] == reverse("certificates:by_post_sent")
    assert not Application.objects.exists()


def test_the_standard_version_has_one_page(reader):
    reader.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})

    page = reader.get(reverse("accounts:name_helper"))

    assertContains(page, "<h1>Name a helper</h1>")
    assertNotContains(page, 'name="asked"')
