"""While the key of fingerprints changes, feeds find everybody by the one key or the other."""

from collections.abc import Iterator

import pytest

from accounts import resealing, vault
from accounts.models import Resident, SealedNumber
from links.models import Link
from portal.keys import sealing_with_the_newest, with_another_index_key, without_older_keys
from tests.links.feeds.feeding import OTHER_NUMBER, STRANGER, figures, imported, link, registered, row

pytestmark = pytest.mark.django_db


def use(settings, keyset: str) -> None:
    """Every process has this keyset now."""
    settings.VAULT_INDEX_KEYSET = keyset
    vault.finder.cache_clear()


@pytest.fixture
def old(settings) -> Iterator[str]:
    """The keyset before the rotation."""
    before = settings.VAULT_INDEX_KEYSET
    yield before
    use(settings, before)


@pytest.fixture
def both(old: str) -> str:
    """The keyset during the rotation: fingerprints are made with the new key, found by both."""
    return sealing_with_the_newest(with_another_index_key(old))


def make_anew() -> int:
    """Make every fingerprint with the present key; how many were not."""
    return sum(tally.changed for tally in resealing.numbers())


def test_a_row_finds_whom_the_older_key_and_whom_the_present_one_knows(
    hanako: Resident, both: str, settings
) -> None:
    use(settings, both)
    taro = registered(OTHER_NUMBER)

    report = imported(row("A1"), row("A2", number=OTHER_NUMBER), row("A3", number=STRANGER))

    assert figures(report) == (2, 0, 0, 0, 1)
    assert (link("A1").resident, link("A2").resident) == (hanako, taro)


def test_a_process_that_does_not_use_the_new_key_yet_finds_what_another_made_with_it(
    hanako: Resident, old: str, both: str, settings
) -> None:
    use(settings, both)
    make_anew()
    use(settings, both.replace(f'"primaryKeyId":{primary(both)}', f'"primaryKeyId":{primary(old)}'))

    assert figures(imported(row("A1"))) == (1, 0, 0, 0, 0)


def primary(keyset: str) -> str:
    """The id of the key that is used."""
    return keyset.split('"primaryKeyId":')[1].split(",")[0]


def test_rows_that_come_again_are_the_same_before_during_and_after(
    hanako: Resident, both: str, settings
) -> None:
    imported(row("A1"))
    before = Link.objects.values("row_digest", "sent_digest", "resident").get()

    use(settings, both)
    during = imported(row("A1"))
    changed = make_anew()
    use(settings, without_older_keys(both))
    after = imported(row("A1"))

    assert figures(during) == figures(after) == (0, 0, 1, 0, 0)
    assert changed == 1
    assert Link.objects.values("row_digest", "sent_digest", "resident").get() == before


def test_by_the_older_key_nobody_is_found_afterwards(hanako: Resident, old: str, both: str, settings) -> None:
    use(settings, both)
    make_anew()
    use(settings, old)

    assert figures(imported(row("A1"))) == (0, 0, 0, 0, 1)
    assert not SealedNumber.objects.filter(fingerprint__in=vault.fingerprints("123456789018")).exists()
