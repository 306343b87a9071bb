"""The number vault: only it opens what it sealed, for one person; no table shows a number."""

import ast
import json
from collections.abc import Iterator

import pytest
import tink
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from accounts import vault
from accounts.models import AuditEvent, Resident, SealedNumber, User
from portal.keys import (
    FINDS,
    fresh_secrets,
    sealing_with_the_newest,
    with_another_index_key,
    with_another_key,
)
from tests import factories

NUMBER = "123456789018"
OTHER = "876543210987"
ROOMS = ("portal", "accounts", "links", "reports", "certificates", "notices")


@pytest.fixture
def sealed(resident: Resident, now) -> SealedNumber:
    row = vault.seal(NUMBER, resident=resident, at=now)
    row.save()
    return row


@pytest.fixture
def forgetful_vault() -> Iterator[None]:
    """The vault reads its keysets again, before and after."""
    vault.sealer.cache_clear()
    vault.finder.cache_clear()
    yield
    vault.sealer.cache_clear()
    vault.finder.cache_clear()


def test_a_sealed_number_comes_back_as_it_was(sealed, resident, support, now) -> None:
    opened = vault.open_number(resident=resident, by=support, purpose="R-7K3M-92QX", at=now)

    assert opened == NUMBER


def test_opening_a_number_is_recorded_with_its_purpose(sealed, resident, support, now) -> None:
    vault.open_number(resident=resident, by=support, purpose="R-7K3M-92QX", at=now)

    event = AuditEvent.objects.get(verb="number.opened")
    assert (event.actor, event.resident, event.purpose) == (support, resident, "R-7K3M-92QX")
    assert event.role == "support"


def test_a_sealed_number_is_bound_to_its_row(sealed, resident, neighbour, support, now) -> None:
    SealedNumber.objects.create(
        resident=neighbour,
        sealed=bytes(sealed.sealed),
        fingerprint=vault.fingerprint(OTHER),
        sealed_at=now,
    )

    with pytest.raises(tink.TinkError):
        vault.open_number(resident=neighbour, by=support, purpose="R-7K3M-92QX", at=now)


def test_a_number_that_cannot_be_opened_leaves_no_trace_of_having_been_opened(
    sealed, resident, neighbour, support, now
) -> None:
    SealedNumber.objects.create(
        resident=neighbour, sealed=b"torn", fingerprint=vault.fingerprint(OTHER), sealed_at=now
    )

    with pytest.raises(tink.TinkError):
        vault.open_number(resident=neighbour, by=support, purpose="R-7K3M-92QX", at=now)

    assert not AuditEvent.objects.filter(verb="number.opened").exists()


def test_one_changed_byte_is_noticed(sealed, resident, support, now) -> None:
    torn = bytearray(bytes(sealed.sealed))
    torn[-1] ^= 1
    SealedNumber.objects.filter(pk=sealed.pk).update(sealed=bytes(torn))

    with pytest.raises(tink.TinkError):
        vault.open_number(resident=resident, by=support, purpose="R-7K3M-92QX", at=now)


def test_the_same_number_is_sealed_differently_each_time(resident, now) -> None:
    first = vault.seal(NUMBER, resident=resident, at=now)
    second = vault.seal(NUMBER, resident=resident, at=now)

    assert first.sealed != second.sealed
    assert first.fingerprint == second.fingerprint


def test_a_person_without_a_number_has_none_to_open(resident, support, now) -> None:
    with pytest.raises(SealedNumber.DoesNotExist):
        vault.open_number(resident=resident, by=support, purpose="R-7K3M-92QX", at=now)


def test_a_fingerprint_has_32_bytes_and_differs_from_number_to_number() -> None:
    assert len(vault.fingerprint(NUMBER)) == vault.FINGERPRINT_BYTES
    assert vault.fingerprint(NUMBER) != vault.fingerprint(OTHER)


def test_a_fingerprint_depends_on_the_key(settings, forgetful_vault) -> None:
    before = vault.fingerprint(NUMBER)
    settings.VAULT_INDEX_KEYSET = fresh_secrets()["VAULT_INDEX_KEYSET"]
    vault.finder.cache_clear()

    after = vault.fingerprint(NUMBER)

    assert before != after


def test_the_digest_of_a_code_is_no_fingerprint_of_the_same_digits() -> None:
    assert vault.code_digest(NUMBER, claim="one") != vault.fingerprint(NUMBER)


def test_while_keys_change_a_number_is_found_by_both_and_kept_by_the_present_one(
    settings, forgetful_vault
) -> None:
    (old,) = vault.fingerprints(NUMBER)
    added = with_another_index_key(settings.VAULT_INDEX_KEYSET)
    settings.VAULT_INDEX_KEYSET = added
    vault.finder.cache_clear()
    before_use = vault.fingerprints(NUMBER)
    settings.VAULT_INDEX_KEYSET = sealing_with_the_newest(added)
    vault.finder.cache_clear()

    new, still = vault.fingerprints(NUMBER)

    assert before_use == (old, new)
    assert still == old
    assert vault.fingerprint(NUMBER) == new


def test_more_keys_than_a_rotation_needs_are_refused(settings, forgetful_vault) -> None:
    two = with_another_index_key(settings.VAULT_INDEX_KEYSET)
    settings.VAULT_INDEX_KEYSET = with_another_key(two, FINDS)

    with pytest.raises(ImproperlyConfigured, match="more than two keys"):
        vault.fingerprint(NUMBER)

    with pytest.raises(ValueError, match="holds two keys"):
        with_another_index_key(two)


def test_residents_are_found_by_fingerprint_in_one_query(
    sealed, resident, neighbour, now, django_assert_num_queries
) -> None:
    vault.seal(OTHER, resident=neighbour, at=now).save()
    wanted = [vault.fingerprint(number) for number in (NUMBER, OTHER, "111111111118")]

    with django_assert_num_queries(1):
        found = vault.residents_by_fingerprint(wanted)

    assert found == {wanted[0]: resident.pk, wanted[1]: neighbour.pk}


def test_an_export_gets_four_digits_and_leaves_one_event(sealed, resident, neighbour, support, now) -> None:
    vault.seal(OTHER, resident=neighbour, at=now).save()

    read = vault.last_four_reader(by=support, purpose="export", at=now)
    digits = read([resident.pk]) | read([neighbour.pk])

    assert digits == {resident.pk: NUMBER[-4:], neighbour.pk: OTHER[-4:]}
    assert AuditEvent.objects.get(verb="number.exported").purpose == "export"


def test_numbers_one_slip_apart_are_told_without_a_number(
    sealed, resident, neighbour, now, django_assert_num_queries
) -> None:
    vault.seal(NUMBER[1] + NUMBER[0] + NUMBER[2:], resident=neighbour, at=now).save()
    pair = resident.pk, neighbour.pk

    with django_assert_num_queries(1):
        alike = vault.one_slip_apart({pair, (resident.pk, 0)})

    assert alike == {pair}
    assert vault.one_slip_apart(set()) == set()


@pytest.mark.parametrize(
    ("other", "slip"),
    [
        ("123456789018", False),
        ("123456789013", False),
        ("123456789118", True),
        ("123456789115", True),
        ("213456789018", True),
        ("213456789014", True),
        ("321456789018", False),
        ("224456789018", False),
        ("143256789018", False),
    ],
)
def test_a_slip_is_one_digit_or_two_neighbours_that_changed_places(other: str, slip: bool) -> None:
    assert vault.is_slip("123456789018", other) is slip
    assert vault.is_slip(other, "123456789018") is slip


@pytest.mark.parametrize(
    "text", ["", "not json", "{}", '{"key": []}', '{"primaryKeyId": 5, "secret": "abc"}']
)
def test_an_unreadable_keyset_is_refused_by_name_and_never_quoted(text, settings, forgetful_vault) -> None:
    settings.VAULT_KEYSET = text

    with pytest.raises(ImproperlyConfigured) as refusal:
        vault.sealer()

    assert str(refusal.value) == "VAULT_KEYSET is not a Tink keyset in JSON."
    assert refusal.value.__suppress_context__


def test_a_keyset_for_another_purpose_is_refused_without_its_content(settings, forgetful_vault) -> None:
    settings.VAULT_INDEX_KEYSET = settings.VAULT_KEYSET
    secret = json.loads(settings.VAULT_KEYSET)["key"][0]["keyData"]["value"]

    with pytest.raises(ImproperlyConfigured) as refusal:
        vault.finder()

    assert "VAULT_INDEX_KEYSET" in str(refusal.value)
    assert secret not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_a_number_sealed_with_another_key_stays_closed(
    sealed, resident, support, now, settings, forgetful_vault
) -> None:
    settings.VAULT_KEYSET = fresh_secrets()["VAULT_KEYSET"]

    with pytest.raises(tink.TinkError):
        vault.open_number(resident=resident, by=support, purpose="R-7K3M-92QX", at=now)


def test_no_table_holds_a_number_in_clear(sealed, resident, support, now) -> None:
    link = factories.LinkFactory.create(resident=resident)
    vault.open_number(resident=resident, by=support, purpose="R-7K3M-92QX", at=now)
    vault.last_four_reader(by=support, purpose="export", at=now)([resident.pk])

    stored = everything_stored()

    assert link.reference.encode() in stored
    assert NUMBER.encode() not in stored
    assert NUMBER[:8].encode() not in stored
    assert NUMBER[4:].encode() not in stored


def everything_stored() -> bytes:
    """Every value of every table, as bytes."""
    with connection.cursor() as cursor:
        return b"\n".join(
            as_bytes(value)
            for table in connection.introspection.table_names(cursor)
            for row in rows_of(cursor, table)
            for value in row
        )


def rows_of(cursor, table: str) -> list[tuple]:
    cursor.execute(f'SELECT * FROM "{table}"')
    return cursor.fetchall()


def as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_nothing_is_opened_but_by_the_vault_and_by_files_that_have_a_key_of_their_own(pytestconfig) -> None:
    root = pytestconfig.rootpath
    sources = [path for room in ROOMS for path in (root / room).rglob("*.py")]

    openers = {str(path.relative_to(root)) for path in sources if ".decrypt(" in path.read_text()}

    assert openers == {"accounts/vault.py", "accounts/intake/sealed.py"}


def test_only_the_vault_touches_what_is_sealed_in_the_table_of_numbers(pytestconfig) -> None:
    root = pytestconfig.rootpath
    sources = [
        path for room in ROOMS for path in (root / room).rglob("*.py") if "migrations" not in path.parts
    ]
    naming = {
        path for path in sources if "SealedNumber" in path.read_text() or "sealed_number" in path.read_text()
    }

    touching = {str(path.relative_to(root)) for path in naming if mentions_sealed(path.read_text())}

    assert touching == {"accounts/vault.py", "accounts/models/register.py"}


def mentions_sealed(source: str) -> bool:
    """Whether the code names the column: as an attribute, an argument, or in a text that a query may take."""
    return any(
        (isinstance(node, ast.Attribute) and node.attr == "sealed")
        or (isinstance(node, ast.keyword) and node.arg == "sealed")
        or (isinstance(node, ast.Name) and node.id == "sealed")
        or (isinstance(node, ast.Constant) and node.value in ("sealed", "sealed_number__sealed"))
        for node in ast.walk(ast.parse(source))
    )


def test_staff_are_named_in_the_trail_by_their_role_at_that_time(sealed, resident, now) -> None:
    auditor: User = factories.UserFactory.create(role="auditor")
    vault.open_number(resident=resident, by=auditor, purpose="audit", at=now)
    auditor.role = "support"
    auditor.save()

    assert AuditEvent.objects.get(verb="number.opened").role == "auditor"
