"""A new key takes over what older ones sealed; what cannot be opened is named and left as it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import tink
from django.core.management import CommandError, call_command

from accounts import resealing, vault
from accounts.files import store
from accounts.files.cleaning import Clean
from accounts.intake.sealed import SealedFile
from accounts.models import Invitation, SealedNumber, StoredFile, User
from links.models import Upload
from links.uploads import spool
from portal.keys import (
    fresh_secrets,
    sealing_with_the_newest,
    with_another_index_key,
    with_another_key,
    without_older_keys,
)
from tests import factories
from tests.links.uploads import factories as uploads

NUMBER = "123456789018"
PHOTO = b"\xff\xd8\xff what the photo shows"


def use(settings, keyset: str) -> None:
    """Every process has this keyset now."""
    settings.VAULT_KEYSET = keyset
    vault.sealer.cache_clear()


@pytest.fixture
def old(settings) -> Iterator[str]:
    """The keyset before the rotation."""
    before = settings.VAULT_KEYSET
    yield before
    use(settings, before)


@pytest.fixture
def new(old: str) -> str:
    """The keyset during the rotation: the new key seals, the old one opens."""
    return sealing_with_the_newest(with_another_key(old))


def use_index(settings, keyset: str) -> None:
    """Every process has this keyset of fingerprints now."""
    settings.VAULT_INDEX_KEYSET = keyset
    vault.finder.cache_clear()


@pytest.fixture
def index(settings) -> Iterator[tuple[str, str]]:
    """The keyset of fingerprints before the rotation, and that during it."""
    before = settings.VAULT_INDEX_KEYSET
    yield before, sealing_with_the_newest(with_another_index_key(before))
    use_index(settings, before)


@pytest.fixture
def number(resident, now) -> SealedNumber:
    """A number under the old key."""
    row = vault.seal(NUMBER, resident=resident, at=now)
    row.save()
    return row


@pytest.fixture
def photo(resident, resident_user, now) -> StoredFile:
    """A photo under the old key."""
    clean = Clean(PHOTO, "image/jpeg")
    return store.keep(clean, name="photo.jpg", resident_id=resident.pk, by=resident_user, at=now)


@pytest.fixture
def data_officer(db) -> User:
    """Who imports files."""
    return factories.UserFactory.create(role="data_officer")


@pytest.fixture
def import_file(data_officer) -> Iterator[Upload]:
    """A file of an import whose own key lies under the old key."""
    file = spool.fresh()
    with file.create() as out:
        out.write(b"rows")
    yield uploads.upload(data_officer, key=file.key, stored_as=file.path.name)
    file.delete()


def content_of(row: Upload) -> bytes:
    """What the importing worker reads."""
    with spool.of_upload(Upload.objects.get(pk=row.pk)).open() as file:
        return file.read()


def test_the_new_key_alone_opens_everything_afterwards(
    number, photo, import_file, resident, support, now, new, settings
) -> None:
    use(settings, new)

    call_command("reseal")
    use(settings, without_older_keys(new))

    assert vault.open_number(resident=resident, by=support, purpose="test", at=now) == NUMBER
    assert store.content_of(photo) == PHOTO
    assert content_of(import_file) == b"rows"


def test_the_old_key_is_useless_afterwards(
    number, photo, import_file, resident, support, now, old, new, settings
) -> None:
    use(settings, new)

    call_command("reseal")
    use(settings, old)

    for attempt in (
        lambda: vault.open_number(resident=resident, by=support, purpose="test", at=now),
        lambda: store.content_of(photo),
        lambda: content_of(import_file),
    ):
        with pytest.raises(tink.TinkError):
            attempt()


def test_numbers_are_found_by_the_new_key_alone_afterwards(number, resident, index, settings) -> None:
    old, both = index
    use_index(settings, both)
    assert vault.residents_by_fingerprint(vault.fingerprints(NUMBER))

    call_command("reseal")
    use_index(settings, old)
    by_old = vault.residents_by_fingerprint(vault.fingerprints(NUMBER))
    use_index(settings, without_older_keys(both))
    by_new = vault.residents_by_fingerprint(vault.fingerprints(NUMBER))

    assert not by_old
    assert by_new == {vault.fingerprint(NUMBER): resident.pk}


def test_what_is_sealed_stays_as_it_is_where_only_fingerprints_change(number, index, settings) -> None:
    before = bytes(number.sealed)
    use_index(settings, index[1])

    call_command("reseal")

    number.refresh_from_db()
    assert bytes(number.sealed) == before
    assert bytes(number.fingerprint) == vault.fingerprint(NUMBER)


def test_two_people_with_one_number_are_named_and_left_as_they_are(
    number, neighbour, index, now, settings
) -> None:
    use_index(settings, index[1])
    vault.seal(NUMBER, resident=neighbour, at=now).save()

    with pytest.raises(CommandError, match=f"two people have one number.* resident {number.resident_id}"):
        call_command("reseal")

    number.refresh_from_db()
    assert not bytes(number.fingerprint).startswith(vault.index_mark())


def test_two_in_one_batch_with_one_number_are_named_too(number, neighbour, index, now, settings) -> None:
    twin = vault.seal(NUMBER, resident=neighbour, at=now)
    twin.fingerprint = b"a fingerprint of some other key."
    twin.save()
    use_index(settings, index[1])

    with pytest.raises(CommandError, match="^2 cannot be opened"):
        call_command("reseal")


def test_codes_that_the_older_key_made_are_counted(resident_user, resident, index, now, settings, capsys):
    Invitation.objects.create(
        subject=resident,
        made_by=resident_user,
        code_digest=vault.code_digest("H-1", claim="helper"),
        scope={},
        ends_on=now.date(),
        made_at=now,
    )
    call_command("reseal")
    before = capsys.readouterr().out
    use_index(settings, index[1])

    call_command("reseal")

    assert "codes that lie in letters" not in before
    assert "1 codes that lie in letters or with helpers" in capsys.readouterr().out


def test_a_second_run_changes_nothing(number, photo, import_file, new, settings, capsys) -> None:
    use(settings, new)
    call_command("reseal")
    sealed = bytes(SealedNumber.objects.get().sealed)
    capsys.readouterr()

    call_command("reseal")

    assert bytes(SealedNumber.objects.get().sealed) == sealed
    assert capsys.readouterr().out.splitlines()[:4] == [
        "numbers: 0 sealed anew",
        "files: 0 sealed anew",
        "second factors: 0 sealed anew",
        "keys of imports: 0 sealed anew",
    ]


def test_a_run_goes_on_where_another_was_killed(number, neighbour, now, new, settings) -> None:
    vault.seal("876543210987", resident=neighbour, at=now).save()
    use(settings, new)
    resealing.number_batch([number.pk])
    done = bytes(SealedNumber.objects.get(pk=number.pk).sealed)

    call_command("reseal")

    assert bytes(SealedNumber.objects.get(pk=number.pk).sealed) == done
    assert all(bytes(row.sealed).startswith(vault.mark()) for row in SealedNumber.objects.all())


def test_what_no_key_opens_is_named_and_left_as_it_is(number, neighbour, now, new, settings) -> None:
    torn = SealedNumber.objects.create(
        resident=neighbour, sealed=b"torn", fingerprint=vault.fingerprint("1"), sealed_at=now
    )
    use(settings, new)

    with pytest.raises(CommandError) as refusal:
        call_command("reseal")

    assert f"the number of resident {neighbour.pk}" in str(refusal.value)
    assert "Keep every older key" in str(refusal.value)
    assert bytes(SealedNumber.objects.get(pk=torn.pk).sealed) == b"torn"
    assert bytes(SealedNumber.objects.get(pk=number.pk).sealed).startswith(vault.mark())


def test_a_file_that_is_gone_from_the_disk_or_torn_is_named(photo, data_officer, new, settings) -> None:
    uploads.upload(data_officer, key=b"torn", stored_as="torn")
    store.shelf().delete(photo.path)
    use(settings, new)

    with pytest.raises(CommandError, match=f"^2 cannot be opened .* the file {photo.public_id}"):
        call_command("reseal")


def test_whose_file_was_removed_meanwhile_is_no_failure(photo) -> None:
    StoredFile.objects.all().delete()
    store.shelf().delete(photo.path)

    assert resealing.file_tally(photo) == resealing.Tally()


def test_a_file_keeps_its_place_and_nobody_else_may_read_it(photo, new, settings) -> None:
    use(settings, new)

    call_command("reseal")

    place = store.shelf().path(photo.path)
    assert StoredFile.objects.get().path == photo.path
    assert Path(place).stat().st_mode & 0o777 == 0o600


def test_many_rows_are_sealed_batch_by_batch(db, new, now, settings, monkeypatch) -> None:
    monkeypatch.setattr(resealing, "BATCH", 2)
    for place in range(5):
        person = factories.ResidentFactory.create()
        vault.seal(f"{place:012d}", resident=person, at=now).save()
    use(settings, new)

    tallies = list(resealing.numbers())

    assert [tally.changed for tally in tallies] == [2, 2, 1]


def test_a_key_that_a_job_left_is_sealed_anew_too(data_officer, new, settings) -> None:
    job = uploads.export(data_officer)
    file = spool.fresh_output(job)
    job.output_key = file.key
    job.save()
    use(settings, new)

    call_command("reseal")
    use(settings, without_older_keys(new))

    job.refresh_from_db()
    assert SealedFile(file.path, bytes(job.output_key)).primitive()


def test_a_keyset_without_the_old_key_changes_nothing(number, settings, old) -> None:
    before = bytes(number.sealed)
    use(settings, fresh_secrets()["VAULT_KEYSET"])

    with pytest.raises(CommandError, match="^1 cannot be opened"):
        call_command("reseal")

    assert bytes(SealedNumber.objects.get().sealed) == before
