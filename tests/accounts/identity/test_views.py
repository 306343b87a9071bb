"""The pages: the same answer for everybody, and staff who see no more than they need."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.identity.claiming import ask_for_letter, enter_code
from accounts.models import AuditEvent, Binding, Claim
from notices.models import Notice
from tests import factories
from tests.accounts.identity.stating import NOBODY, as_stated, asked, form_of, posted, printed, single
from tests.readers import sign_in

pytestmark = pytest.mark.django_db
YOU, CODE, HERE = "/account/identity/you/", "/account/identity/code/", "/account/identity/"


@pytest.fixture
def person(db):
    return single()


@pytest.fixture
def stranger(client):
    """A sign-in that is nobody's yet, at a browser that reads English."""
    user = factories.UserFactory.create()
    sign_in(client, user)
    client.user = user
    return client


@pytest.fixture
def desk(client, support):
    return sign_in(client, support)


def main(page) -> str:
    """What stands between header and footer, but for what is another one each time."""
    text = page.content.decode().partition("<main")[2].partition("</main")[0]
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def test_the_whole_way_by_letter(stranger, person) -> None:
    assertRedirects(stranger.post(YOU, form_of(as_stated(person))), HERE)
    code = printed(Claim.objects.get())

    page = stranger.post(CODE, {"code": f"{code[:5]} {code[5:]}"}, follow=True)

    assertContains(page, "Your sign-in is connected with you now.")
    assertContains(page, person.name)


def test_whoever_is_found_or_not_gets_the_same_page(stranger, person) -> None:
    pages = []
    for stated in (as_stated(person), NOBODY):
        Claim.objects.all().delete()
        page = main(stranger.post(YOU, form_of(stated), follow=True))
        pages.append(page.replace(Claim.objects.get().number, "K"))

    assert pages[0] == pages[1]


def test_that_a_letter_was_printed_does_not_show(stranger, person) -> None:
    asked(person, by=stranger.user)
    before = main(stranger.get(HERE))

    printed(Claim.objects.get())

    assert main(stranger.get(HERE)) == before


@pytest.mark.parametrize("day", ["昭和54年11月3日", "S54.11.3", "1979/11/3", "19791103"])
def test_a_birth_date_may_be_written_in_any_calendar(day, stranger, person) -> None:
    stranger.post(YOU, form_of(as_stated(person)) | {"birth_date": day})

    assert Claim.objects.get().resident == person


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("birth_date", "tomorrow"),
        ("birth_date", "2999-01-01"),
        ("name", ""),
        ("name", "x" * 101),
        ("address", "1234 5678 9018"),
        ("name", "a\0b"),
        ("sex", "9"),
    ],
)
def test_what_cannot_be_is_not_kept(field, value, stranger, person) -> None:
    page = stranger.post(YOU, form_of(as_stated(person)) | {field: value})

    assert page.status_code == 200
    assert not Claim.objects.exists()


def test_a_form_of_ten_megabytes_is_refused(stranger, person) -> None:
    page = stranger.post(YOU, form_of(as_stated(person)) | {"address": "あ" * 3_500_000})

    assert page.status_code in (400, 413)
    assert not Claim.objects.exists()


@pytest.mark.usefixtures("one_minute")
def test_the_sixth_request_of_a_minute_has_to_wait(client, person) -> None:
    for _request in range(6):
        user = factories.UserFactory.create()
        sign_in(client, user)
        page = client.post(YOU, form_of(NOBODY), follow=True)

    assertContains(page, "Too many tries in a minute")
    assert Claim.objects.count() == 5


@pytest.mark.parametrize("code", ["123", "12345678901", "abcdefghij", "１２３４５"])
def test_what_is_no_code_counts_as_no_try(code, stranger, person) -> None:
    claim = posted(person, by=stranger.user)

    assertContains(stranger.post(CODE, {"code": code}), "This did not count as a try.")

    claim.refresh_from_db()
    assert claim.tries == 0


def test_full_width_digits_are_digits(stranger, person) -> None:
    claim = posted(person, by=stranger.user)
    code = printed(claim)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)

    assertRedirects(stranger.post(CODE, {"code": wide}), HERE)

    assert Binding.objects.get().user == stranger.user


def test_after_the_fifth_wrong_code_there_is_no_page_for_a_sixth(stranger, person) -> None:
    posted(person, by=stranger.user)
    for _try in range(5):
        assertContains(stranger.post(CODE, {"code": "0000000000"}), "This code is not right")

    assertRedirects(stranger.post(CODE, {"code": "0000000000"}), HERE)


def test_staff_see_how_it_agrees_and_no_address(desk, person, django_assert_max_num_queries) -> None:
    type(person).objects.update(protected=True, address="東京都新宿区西新宿２丁目８番１号")
    claim = ask_for_letter(claims=as_stated(person), by=factories.UserFactory.create(), at=timezone.now())

    with django_assert_max_num_queries(15):
        page = desk.get(reverse("identity:claim", args=[claim.public_id]))

    assertContains(page, "Under protection: say no address")
    assertNotContains(page, "西新宿")
    event = AuditEvent.objects.get(verb="sign_in.claim_viewed")
    assert (event.resident, event.purpose) == (person, claim.number)


def test_staff_look_at_nobody_who_is_called_otherwise(desk, person) -> None:
    single(name="黒田　海斗", name_kana="クロダ　カイト", sex="1")
    claim = ask_for_letter(
        claims=as_stated(person, address=""), by=factories.UserFactory.create(), at=timezone.now()
    )

    page = desk.get(reverse("identity:claim", args=[claim.public_id]))

    assertContains(page, "白鳥")
    assertNotContains(page, "黒田")
    assert [event.resident for event in AuditEvent.objects.filter(verb="sign_in.claim_viewed")] == [person]


def test_a_request_is_found_by_its_number_however_it_was_typed(desk, person) -> None:
    claim = asked(person)

    found = desk.get("/staff/sign-ins/", {"number": f" {claim.number.lower()} "})
    missed = desk.get("/staff/sign-ins/", {"number": "K-0000-0000"})

    assertRedirects(found, reverse("identity:claim", args=[claim.public_id]))
    assertContains(missed, "There is no request with this number.")


def test_staff_print_propose_and_approve_in_the_browser(client, desk, supervisor, person) -> None:
    claim = asked(person)
    pdf = desk.post(reverse("identity:print"))
    assert pdf["Content-Type"] == "application/pdf"
    assert "no-store" in pdf["Cache-Control"]
    chosen = {"remedy": "bind", "resident": person.public_id, "document": "licence", "reason": "Seen."}
    desk.post(reverse("identity:propose", args=[claim.public_id]), chosen)

    sign_in(client, supervisor)
    page = client.post(reverse("identity:approve", args=[claim.public_id]), follow=True)

    assertContains(page, "Done: Connected")
    assert Binding.objects.get().resident == person


def test_somebody_who_is_not_on_the_page_cannot_be_chosen(desk, person, neighbour) -> None:
    claim = asked(person)
    chosen = {"remedy": "bind", "resident": neighbour.public_id, "document": "licence", "reason": "Seen."}

    page = desk.post(reverse("identity:propose", args=[claim.public_id]), chosen)

    assert page.status_code == 200
    assert not claim.proposals.exists()


def test_the_list_costs_the_same_however_long_it_is(desk, person, django_assert_max_num_queries) -> None:
    for _claim in range(5):
        posted(person)

    with django_assert_max_num_queries(12):
        page = desk.get("/staff/sign-ins/")

    assertContains(page, "Print again with a new code", count=5)


def test_the_page_of_one_s_own_costs_little(stranger, person, django_assert_max_num_queries) -> None:
    asked(person, by=stranger.user)

    with django_assert_max_num_queries(15):
        stranger.get(HERE)


def test_staff_do_not_open_a_request_about_themselves(client, person, support) -> None:
    claim = asked(person)
    factories.authority(agent=support, subject=person, kind="carer")

    page = sign_in(client, support).get(reverse("identity:claim", args=[claim.public_id]))

    assert page.status_code == 403


@pytest.mark.parametrize("kind", ["sign_in.letter", "sign_in.connected"])
def test_a_notice_about_a_sign_in_leads_to_how_we_know_one(kind, client, person) -> None:
    user = factories.bound_user(person)
    claim = asked(person)
    code = printed(claim)
    if kind == "sign_in.connected":
        user.bindings.update(ended_at=timezone.now())
        enter_code(code=code, by=claim.user, at=timezone.now())
        user = claim.user
    notice = Notice.objects.get(kind=kind)

    opened = sign_in(client, user).get(reverse("portal:notice", args=[notice.public_id]))

    assert opened["Location"] == HERE
