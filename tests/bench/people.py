"""A register of so many people, written past the portal: only its numbers matter here."""

import secrets

from django.db import connection
from stdnum.jp import in_

from accounts import vault

RESIDENT = {
    "code": "B{place}",
    "name": "佐藤　花子",
    "name_kana": "サトウ　ハナコ",
    "common_name": "",
    "former_surname": "",
    "birth_date": "1980-01-01",
    "sex": "2",
    "postal_code": "1500001",
    "address": "東京都渋谷区神南1丁目1-1",
    "previous_address": "",
    "household_code": "",
    "relationship": "",
    "described_on": "2026-10-01",
}


def number(place: int) -> str:
    """The individual number of the person at that place."""
    body = f"{10_000_000_000 + place * 7919 % 80_000_000_000:011}"
    return body + in_.calc_check_digit(body)


def add_people(count: int) -> None:
    """Residents with sealed numbers that nobody can open: the import only looks for them."""
    columns = ", ".join(["id", "public_id", "protected", *RESIDENT])
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM accounts_resident")
        first = cursor.fetchone()[0]
        with cursor.copy(f"COPY accounts_resident ({columns}) FROM STDIN") as copy:
            for place in range(count):
                texts = [text.format(place=place) for text in RESIDENT.values()]
                copy.write_row((first + place, secrets.token_urlsafe(16), False, *texts))
        sealed = "accounts_sealednumber (resident_id, sealed, fingerprint, sealed_at)"
        with cursor.copy(f"COPY {sealed} FROM STDIN") as copy:
            for place in range(count):
                copy.write_row((first + place, b"x" * 60, vault.fingerprint(number(place)), "2026-10-01"))
        cursor.execute("ANALYZE accounts_resident")
        cursor.execute("ANALYZE accounts_sealednumber")
