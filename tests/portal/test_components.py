"""The pieces that pages are made of."""

import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils.translation import override
from pytest_django.asserts import assertInHTML

# opened as a file, where no policy of ours rules
AS_FILES = {"portal/own_copy.html"}
TEMPLATES = Path(settings.BASE_DIR) / "templates"
SIGNS = {"ok", "attention", "wrong", "hold", "ended", "waiting", "withheld", "info"}


def component(piece: str, **context: object) -> str:
    with override("en"):
        return render_to_string(f"components/{piece}.html", context)


def test_every_sign_is_drawn_once_and_has_a_shape_of_its_own():
    sprite = component("sprite")

    names = re.findall(r'<symbol id="i-(\w+)"', sprite)
    shapes = re.findall(r' d="([^"]+)"', sprite)
    assert set(names) == SIGNS
    assert len(set(shapes)) == len(names)


@pytest.mark.parametrize("tone", sorted(SIGNS))
def test_a_status_is_a_shape_and_a_word_and_a_colour(tone):
    html = component("status", tone=tone, words="It matches")

    assert f'<use href="#i-{tone}"/>' in html
    assert "It matches" in html
    assert f"status-{tone}" in html


@pytest.mark.parametrize(
    ("kind", "sign", "shape"),
    [
        ("needs", "Please check", "attention"),
        ("fixing", "Being put right", "waiting"),
        ("ok", "All in order", "ok"),
    ],
)
def test_the_headline_says_one_thing_in_shape_and_words(kind, sign, shape):
    html = component("headline", kind=kind, text="Your bank account")

    assert f"#i-{shape}" in html
    assert sign in html
    assertInHTML("<h1>Your bank account</h1>", html)


def test_the_headline_offers_its_one_step_only_where_there_is_one():
    with_step = component("headline", kind="needs", text="x", url="/look/", action="Look")
    without = component("headline", kind="ok", text="x")

    assertInHTML('<a class="button main" href="/look/">Look</a>', with_step)
    assert "button" not in without


def records(**card):
    return component("records", cards=[card])


def test_a_record_card_leads_to_its_record():
    html = records(title="Pension", url="/records/x/", tone="ok", words="It matches")

    assertInHTML('<h3><a href="/records/x/">Pension</a></h3>', html)


def test_a_card_of_a_silent_institution_leads_nowhere():
    html = records(title="Accident insurance", tone="ended", words="Cannot be checked")

    assertInHTML("<h3>Accident insurance</h3>", html)
    assert "<a" not in html


def test_a_record_card_costs_no_further_template():
    source = (TEMPLATES / "components/records.html").read_text()

    assert "{% include" not in source
    assert "|" not in source.split("#}")[1]


def test_a_record_card_escapes_what_institutions_sent():
    html = records(title="<b>x</b>", tone="ok", words="ok", detail="<i>y</i>")

    assert "<b>" not in html
    assert "<i>" not in html


def test_a_day_in_a_summary_is_read_with_its_era():
    html = component("summary_list", rows=[{"key": "Valid until", "value": datetime.date(2026, 4, 13)}])

    assertInHTML("<dd>13 April 2026 (Reiwa 8)</dd>", html)


def test_the_match_table_marks_a_row_that_differs_with_shape_and_words():
    rows = [{"label": "Name", "ours": "Hanako", "theirs": "Ken", "tone": "wrong", "words": "differs"}]

    html = component("match_table", ours="Register", theirs="Bank", rows=rows)

    assert 'class="wrong"' in html
    assert "#i-wrong" in html
    assert html.count('role="columnheader"') == 2


def test_in_the_simple_version_each_cell_stands_under_its_head_where_readings_reach_it():
    rows = [{"label": "Name", "ours": "Hanako", "theirs": "Ken", "tone": "wrong", "words": "differs"}]

    html = component("match_table", ours="Register", theirs="Bank", rows=rows, simple=True)
    standard = component("match_table", ours="Register", theirs="Bank", rows=rows)

    assertInHTML('<span class="head">Bank</span>', html)
    assert "<thead" not in html
    assert "<thead" in standard
    assert 'class="head"' not in standard


def test_the_timeline_names_the_present_step():
    events = [{"title": "Received", "when": "today"}, {"title": "Being checked", "state": "now"}]

    html = component("timeline", events=events)

    assert html.count('aria-current="step"') == 1
    assert '<li class="now" aria-current="step"><p>Being checked</p>' in html


def test_a_change_link_of_a_summary_names_what_it_changes():
    html = component(
        "summary_list", rows=[{"key": "Phone", "value": "070", "url": "/q/", "action": "Change"}]
    )

    assertInHTML('<a href="/q/">Change<span class="hide"> (Phone)</span></a>', html)


def test_a_button_with_an_address_is_a_link_and_otherwise_sends_the_form():
    link = component("button", text="Go", url="/x/", kind="main")
    button = component("button", text="Send", name="action", value="send")

    assertInHTML('<a class="button main" href="/x/">Go</a>', link)
    assertInHTML('<button class="button" name="action" value="send">Send</button>', button)


def test_pages_lead_on_and_back_and_keep_the_filter():
    html = component("pagination", page=Paginator(range(30), 10).page(2), query="kind=money&")

    assert 'rel="prev" href="?kind=money&amp;page=1"' in html
    assert 'rel="next" href="?kind=money&amp;page=3"' in html


def test_a_single_page_needs_no_leading():
    html = component("pagination", page=Paginator(range(3), 10).page(1), query="")

    assert "<nav" not in html


def test_a_confirmation_shows_the_number_to_write_down():
    html = component("confirmation", title="Received", number_label="Your number", number="R-2051")

    assertInHTML('<p class="number num">R-2051</p>', html)


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_no_template_needs_what_the_policy_forbids(path):
    source = path.read_text()

    assert len(source.splitlines()) <= 120
    if str(path.relative_to(TEMPLATES)) in AS_FILES:
        return
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", source, re.IGNORECASE)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", source)
