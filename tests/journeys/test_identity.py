"""Whose a sign-in is: the letter to the registered address, and the counter with two members of staff."""

from pathlib import Path

import pytest

from accounts.models import Binding, Resident, User
from tests.accounts.identity.stating import NOBODY, as_stated, code_on, single
from tests.factories import UserFactory
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey
WRONG = "This code is not right, or it is older than 30 days. After five wrong codes you need a new letter."
SEX = {"1": "Male", "2": "Female"}


@pytest.fixture(autouse=True)
def _without_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """All visitors come from one address, and a shared cache counts them over all tests of a minute."""
    monkeypatch.setattr("accounts.identity.views.REQUESTS_A_MINUTE", 100)


@pytest.fixture
def stranger(db) -> User:  # noqa: ANN001
    """A sign-in of which nobody knows yet whose it is."""
    return UserFactory.create()


@pytest.fixture
def supervisor(db) -> User:  # noqa: ANN001
    """Who approves what a colleague proposes."""
    return UserFactory.create(role="supervisor")


def states(visitor: Visitor, person: Resident, **changes: str) -> Visitor:
    """Fill in who one is, as on an identity document."""
    stated = as_stated(person, **changes)
    visitor.write("Name", stated.name).write("Name in kana", stated.kana)
    visitor.write("Date of birth", stated.birth_date).write("Registered address", stated.address)
    return visitor.choose(SEX[stated.sex]).press("Send")


def letters_printed(desk: Visitor, folder: Path) -> bytes:
    """What the posting office gets."""
    with desk.page.expect_download() as download:
        desk.control("Print the letters (PDF)").first.click()
    download.value.save_as(folder / "letters.pdf")
    return (folder / "letters.pdf").read_bytes()


def test_the_code_of_a_letter_connects_a_sign_in(arrive, stranger, support, tmp_path):
    person = single()
    visitor = arrive().sign_in(stranger).reads("We do not know yet who you are").look()
    visitor.press("Connect my sign-in").look().press("Tell who I am").look()
    states(visitor, person).look().press("Enter the code of the letter").look()
    code = code_on(letters_printed(arrive().sign_in(support).open("/staff/sign-ins/").look(), tmp_path))

    visitor.write("The code in the letter", "0000000000").press("Connect my sign-in")
    visitor.reads(WRONG).look()
    visitor.write("The code in the letter", f"{code[:5]} {code[5:]}").press("Connect my sign-in")

    visitor.reads("Your sign-in is connected with you now.", person.name).look()
    visitor.open("/").reads(person.name)
    assert Binding.objects.get(user=stranger).method == Binding.Method.LETTER


def test_whoever_is_not_found_reads_the_same_and_no_letter_is_printed(arrive, stranger, support):
    visitor = arrive().sign_in(stranger).open("/account/identity/you/")
    visitor.write("Name", NOBODY.name).write("Name in kana", NOBODY.kana)
    visitor.write("Date of birth", NOBODY.birth_date).write("Registered address", NOBODY.address)

    visitor.choose(SEX[NOBODY.sex]).press("Send")

    visitor.finds("Enter the code of the letter").look()
    arrive().sign_in(support).open("/staff/sign-ins/").finds("Print the letters (PDF)", there=False)


def test_two_members_of_staff_connect_a_sign_in_at_a_counter(arrive, stranger, support, supervisor):
    person = single()
    visitor = arrive().sign_in(stranger).open("/account/identity/you/")
    number = states(visitor, person, address="埼玉県さいたま市大宮区１番１号").number
    desk = arrive().sign_in(support).open("/staff/sign-ins/")
    desk.write("Number of the request", number).press("Open the request").look()

    desk.choose("Connect the sign-in with this person").pick("Identity document that you checked", "card")
    desk.write("Reason for the second person", "カードの写真と本人が一致").press(
        "Propose it to a second person"
    )
    desk.reads("The proposal waits for a second person.")
    second = arrive().sign_in(supervisor).open("/staff/sign-ins/").follow(f"a:has-text('{number}')").look()
    second.press("Approve")

    visitor.open("/").reads(person.name)
    assert Binding.objects.get(user=stranger).method == Binding.Method.COUNTER
