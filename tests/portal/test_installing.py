"""Installing the portal, and what a browser may keep of it: nothing without being asked."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains

from tests.certificates import factories as certificates
from tests.reports.factories import filed

STATIC = Path(settings.BASE_DIR) / "static"


def test_the_manifest_names_the_portal_and_icons_of_their_true_size(client, db):
    response = client.get(reverse("portal:manifest"), headers={"accept-language": "en"})

    told = json.loads(response.content)
    assert response["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["lang"], told["start_url"]) == ("Tsunagari Check", "en", "/")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        with Image.open(STATIC / icon["src"].removeprefix("/static/")) as drawn:
            assert "x".join(map(str, drawn.size)) == icon["sizes"]


def test_every_page_names_the_manifest_for_when_it_is_drawn(client, db):
    page = client.get(reverse("account_login"))

    assertContains(page, f'defer data-manifest="{reverse("portal:manifest")}"')
    assertNotContains(page, 'rel="manifest"')


def test_the_worker_stands_at_the_root_and_keeps_only_what_is_nobodys(client, db):
    response = client.get(reverse("portal:worker"))
    code = response.content.decode()

    assert response["Content-Type"].startswith("text/javascript")
    assert reverse("portal:worker").count("/") == 1
    assert re.findall(r"cache\.(?:put|add)\w*", code) == ["cache.addAll"]
    assert "[OFFLINE, ...PARTS]" in code
    assert "&" not in re.sub(r"&&", "", code)


def test_the_policy_lets_the_worker_run(client, db):
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]

    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy


def test_the_page_for_no_network_holds_nothing_of_anybody(reader, resident, django_assert_num_queries):
    response = reader.get(reverse("portal:offline"))

    assertNotContains(response, resident.name)
    assertNotContains(response, "csrfmiddlewaretoken")
    assertContains(response, "data-kept-list")


@pytest.fixture
def held(resident, support, resident_user):  # noqa: ANN001, ANN201
    """The resident's certificate."""
    return certificates.certificate(resident, support, resident_user)


def test_a_valid_certificate_can_be_kept_with_its_paper(reader, held):
    response = reader.get(held.get_absolute_url())

    pdf = reverse("certificates:download", args=[held.public_id])
    assertContains(response, f'data-keep="{pdf}"')
    assertContains(response, "It may have changed since")
    assertContains(response, "js/keep.js")


def test_the_receipt_of_a_report_can_be_kept(reader, link, resident_user):
    report = filed(link, resident_user)

    assertContains(reader.get(reverse("reports:sent", args=[report.public_id])), 'data-keep=""')


@pytest.mark.parametrize("address", ["portal:home", "portal:inbox", "reports:list"])
def test_no_other_page_offers_to_be_kept(reader, link, address):
    assertNotContains(reader.get(reverse(address)), "data-keep")


def test_what_is_kept_says_when_it_was_made_and_is_hidden_without_script(now):
    html = render_to_string("components/keep.html", {"also": "", "now": now})

    assert '<div class="banner attention" data-copy hidden>' in html
    assert re.search(r"<section [^>]*data-keep=\"\"[^>]* hidden>", html)
    assert html.count("data-keep-in") == 3
