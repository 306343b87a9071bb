"""manage.py review_links, as an operator types it."""

import re
from contextlib import redirect_stderr
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Resident
from links.models import ReviewRun
from tests.factories import InstitutionFactory
from tests.links.review.another import another_review
from tests.links.review.factories import feed_of, own_record, strangers_record

pytestmark = pytest.mark.django_db


def typed(*words: str) -> tuple[str, str]:
    """What the command prints, on either stream."""
    out, err = StringIO(), StringIO()
    call_command("review_links", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_one_line_says_what_was_done(resident: Resident) -> None:
    own_record(resident)
    strangers_record(resident)

    out, err = typed()

    counts = "checked=2 match=1 unverifiable=0 review=0 mismatch=1 withheld=1 released=0"
    assert re.fullmatch(rf"{counts} seconds=\d+\.\d\n", out)
    assert err == ""


def test_the_second_run_withholds_nothing_more(resident: Resident) -> None:
    strangers_record(resident)
    typed()

    out, _err = typed()

    assert "mismatch=1 withheld=0 released=0" in out


def test_only_an_institution_a_category_or_changes_are_looked_at(resident: Resident) -> None:
    link = own_record(resident)
    own_record(resident, institution=InstitutionFactory.create(), category="pension")

    assert "checked=1 " in typed("--institution", link.institution.code)[0]
    assert "checked=1 " in typed("--category", "pension")[0]
    assert "checked=2 " in typed("--changed-only")[0]
    assert "checked=0 " in typed("--changed-only")[0]


def test_a_feed_that_the_brake_stopped_is_named() -> None:
    links = feed_of(20, wrong=20)

    out, err = typed()

    assert "withheld=0" in out
    assert f"{links[0].institution.code} tax: 20 of 20 records" in err


def test_an_unknown_institution_is_wrong_usage() -> None:
    with pytest.raises(CommandError, match="NOBODY") as wrong:
        typed("--institution", "NOBODY")

    assert wrong.value.returncode == 2
    assert not ReviewRun.objects.exists()


def test_an_unknown_category_is_wrong_usage() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        typed("--category", "library_card")


def test_while_another_run_goes_on_it_is_refused() -> None:
    with another_review(), pytest.raises(CommandError) as refused:
        typed()

    assert refused.value.returncode == 1


class Terminal(StringIO):
    """What somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_somebody_at_a_terminal_sees_how_far_it_came(
    resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    own_record(resident)

    with redirect_stderr(Terminal()) as screen:
        typed()

    assert "review_links" in screen.getvalue()
    assert "1/1" in screen.getvalue()


def test_a_file_of_output_holds_no_bar(resident: Resident) -> None:
    own_record(resident)

    with redirect_stderr(StringIO()) as file:
        typed()

    assert file.getvalue() == ""
