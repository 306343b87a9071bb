"""The public page of figures: computed from what is there, readable without sign-in."""

import pytest

pytestmark = pytest.mark.journey


def test_anybody_reads_what_was_checked_and_found_wrong(arrive, sample):
    visitor = arrive().open("/figures/")

    visitor.reads("What was found and put right", "Checked", "Found wrong", "Put right").look()

    figures = visitor.page.locator(".figures dd.num").all_inner_texts()
    # 260 records of fifty people, five of them wrong: each count is rounded down to tens before they add up
    assert "250" in figures
    assert all(each.isdigit() or not any(letter.isdigit() for letter in each) for each in figures)


def test_a_page_before_the_first_computation_says_so(arrive, db):
    arrive().open("/figures/").reads("No figures yet").look()
