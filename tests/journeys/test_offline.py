"""Without network: what was kept on purpose is there with its date, and nothing else."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.certificates import factories as certificates
from tests.reports.factories import filed

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripted", [True])
def test_what_can_wait_is_there_once_the_page_is_drawn(arrive, scripted):
    page = arrive().open("/account/login/").switch_version("Simple view").page

    expect(page.locator("link[rel=manifest]")).to_have_count(1)
    expect(page.locator("script[src*=aloud]")).to_have_count(1)


@pytest.fixture
def held(resident, support, resident_user):  # noqa: ANN001, ANN201
    """The resident's certificate."""
    return certificates.certificate(resident, support, resident_user)


@pytest.mark.parametrize("scripted", [True])
@pytest.mark.parametrize(
    ("asked", "kept"),
    [("Keep a copy, also after I sign out", True), ("Keep a copy until I sign out", False)],
)
def test_a_certificate_is_readable_without_network_as_long_as_it_was_asked_for(
    arrive, resident_user, held, scripted, asked, kept
):
    visitor = arrive().sign_in(resident_user).open(held.get_absolute_url())
    page, network = visitor.page, visitor.page.context
    visitor.look()
    expect(visitor.control("Remove the copy from this device")).to_be_hidden()
    visitor.control(asked).click()
    expect(page.locator("[data-kept][role=status]:not([hidden])")).to_be_visible()
    page.wait_for_function("navigator.serviceWorker.controller")

    network.set_offline(True)
    visitor.open(held.get_absolute_url()).reads(held.number)
    expect(page.locator("[data-copy]")).to_be_visible()
    visitor.open("/notices/").reads("There is no network now").reads_nothing_of(held.number)
    expect(page.locator("[data-kept-list] a")).to_have_count(1)

    network.set_offline(False)
    visitor.open(reverse("account_logout")).press("Sign out")
    network.set_offline(True)
    visitor.open(held.get_absolute_url())
    expect(page.locator("[data-copy]")).to_have_count(1 if kept else 0)
    visitor.complaints.clear()  # that there is no network is what the browser complains of


KEPT = """async () => {
    const names = await caches.keys()
    const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys())))
    return kept.flat().map((request) => new URL(request.url).pathname)
}"""


@pytest.mark.parametrize("scripted", [True])
def test_a_receipt_is_readable_without_network_until_signing_out_and_nothing_else_is_kept(
    arrive, resident_user, link, scripted
):
    receipt = f"{filed(link, resident_user).get_absolute_url()}sent/"
    visitor = arrive().sign_in(resident_user).open("/").open(link.get_absolute_url()).open(receipt)
    page, network = visitor.page, visitor.page.context
    assert page.evaluate(KEPT) == []
    number = visitor.number
    visitor.control("Keep a copy until I sign out").click()
    expect(page.locator("[data-kept][role=status]:not([hidden])")).to_be_visible()
    page.wait_for_function("navigator.serviceWorker.controller")

    kept = page.evaluate(KEPT)
    assert receipt in kept
    assert [path for path in kept if path in ("/", link.get_absolute_url())] == []
    network.set_offline(True)
    visitor.open(receipt).reads("We received your report", number)
    network.set_offline(False)
    visitor.open(reverse("account_logout")).press("Sign out")
    network.set_offline(True)
    visitor.open(receipt).reads("There is no network now").reads_nothing_of(number)
    visitor.complaints.clear()  # that there is no network is what the browser complains of
