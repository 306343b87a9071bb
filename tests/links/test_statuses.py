"""How a record's state is said: what stops its use is said before all else, a guess never."""

import pytest
from django.template.loader import get_template
from django.utils import timezone, translation

from links import statuses
from links.models import Link
from links.statuses import asks_resident, status_of

SETTLED = {"settled_digest": b"d" * 32}
SAID = [
    ({"verdict": "match"}, "Matches your data"),
    ({"verdict": "unverifiable"}, "Please check: is this yours?"),
    ({"verdict": "review"}, "Our staff are checking it"),
    ({"verdict": "mismatch"}, "Our staff are checking it"),
    ({"verdict": "review", "concealed": True}, "Our staff are checking it"),
    ({"verdict": "mismatch", "held": True}, "Stopped while we check it"),
    ({"verdict": "match", "held": True}, "Stopped while we check it"),
    ({"verdict": "", "held": True}, "Stopped while we check it"),
    ({"verdict": ""}, "Not checked yet"),
    ({"verdict": "", "status": "ended"}, "Not checked yet"),
    ({"verdict": "match", "status": "ended"}, "Ended"),
    ({"verdict": "mismatch", "status": "ended"}, "Our staff are checking it"),
    ({"verdict": "match", "status": "removed"}, "No longer linked to your number"),
    ({"verdict": "match", "held": True, "status": "removed"}, "No longer linked to your number"),
    ({"verdict": "mismatch", "settled_as": "unlinked", **SETTLED}, "No longer linked to your number"),
    ({"verdict": "mismatch", "settled_as": "right", **SETTLED}, "Matches your data"),
    ({"verdict": "match", "confirmed_at": timezone.now()}, "You confirmed it"),
    ({"verdict": "unverifiable", "confirmed_at": timezone.now()}, "You confirmed it"),
    ({"verdict": "match", "held": True, "confirmed_at": timezone.now()}, "Stopped while we check it"),
]


@pytest.mark.parametrize(("state", "words"), SAID)
def test_a_record_is_said_to_be(state, words) -> None:
    with translation.override("en"):
        assert str(status_of(Link(**state)).words) == words


@pytest.mark.parametrize(("state", "_words"), SAID)
def test_nothing_matches_while_its_details_are_hidden(state, _words) -> None:
    link = Link(**state)

    assert link.shows_details or status_of(link).tone != "ok"


def test_every_tone_has_a_sign() -> None:
    sprite = get_template("components/sprite.html").render()
    known = [value for value in vars(statuses).values() if isinstance(value, statuses.Status)]

    assert all(f'id="i-{status.tone}"' in sprite for status in [*known, *statuses.BY_VERDICT.values()])


def test_every_verdict_can_be_said() -> None:
    assert set(statuses.BY_VERDICT) == set(Link.Verdict) - {Link.Verdict.UNREVIEWED}


def test_only_what_cannot_be_checked_asks_the_resident() -> None:
    asking = [verdict for verdict in Link.Verdict if asks_resident(Link(verdict=verdict))]

    assert asking == [Link.Verdict.UNVERIFIABLE]


@pytest.mark.parametrize(
    "answered",
    [
        {"held": True},
        {"confirmed_at": timezone.now()},
        {"status": "ended"},
        {"status": "removed"},
        {"settled_as": "right"},
        {"settled_as": "unlinked"},
        {"concealed": True},
    ],
)
def test_nobody_is_asked_for_nothing(answered) -> None:
    assert not asks_resident(Link(verdict="unverifiable", **answered))
