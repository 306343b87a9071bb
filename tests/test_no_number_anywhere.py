"""One whole journey: afterwards nothing that was written anywhere holds a number, however it is spelled."""

import logging
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from stdnum.jp import in_

from accounts.models import AuditEvent, Resident
from notices.tasks import deliver
from reports.forms import QUESTIONS
from tests import factories
from tests.readers import sign_in

# invented for this test alone
NUMBERS = [body + in_.calc_check_digit(body) for body in ("47113826059", "80264917353")]
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
COLUMNS = "individual_number,resident_code,name,birth_date,sex,address,household_code,relationship"
REGISTER = f"""{COLUMNS}
{NUMBERS[0]},1000000001,見本　花子,1985-04-02,2,埼玉県さいたま市浦和区高砂３丁目１５番４号,0000000001,世帯主
{NUMBERS[1]},1000000002,見本　太郎,1984-03-01,1,埼玉県さいたま市浦和区高砂３丁目１５番４号,0000000001,夫
"""


def spellings(number: str) -> set[bytes]:
    """The number as people and machines write it, in the encodings that we write."""
    groups = [number[start : start + 4] for start in (0, 4, 8)]
    plain = {sign.join(groups) for sign in ("", "-", " ", "‐", "−", "－", "　", "%20", "+")}
    texts = plain | {text.translate(FULL_WIDTH) for text in plain}
    escaped = {text.encode("unicode-escape") for text in texts}
    return escaped | {text.encode(code) for text in texts for code in ("utf-8", "utf-16-le")}


def held(content: bytes) -> list[int]:
    """Which of the numbers stand in it, by their place: the number itself is not repeated in a report."""
    return [place for place, number in enumerate(NUMBERS) if any(one in content for one in spellings(number))]


def tables() -> dict[str, bytes]:
    """Every table, sessions, the cache and the sealed one too, as bytes."""
    with connection.cursor() as cursor:
        return {name: rows(cursor, name) for name in connection.introspection.table_names(cursor)}


def rows(cursor, table: str) -> bytes:  # noqa: ANN001
    cursor.execute(f'SELECT * FROM "{table}"')
    return b"\n".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for row in cursor.fetchall()
        for value in row
    )


def files_of(*folders: Path) -> dict[str, bytes]:
    """Every file below these folders: mails, the broker's, stored and spooled ones."""
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {str(path): path.read_bytes() for path in paths}


def import_register(folder: Path) -> None:
    """Two people with their numbers."""
    register = folder / "register.csv"
    register.write_text(REGISTER, encoding="utf-8")
    call_command("import_residents", str(register))
    register.unlink()


def look_around(client: Client, resident: Resident) -> None:
    """What somebody does who is careless with the own number: it is typed wherever there is a field."""
    link = factories.LinkFactory.create(resident=resident)
    number = NUMBERS[0]
    for address in ("/", f"/{number}/", f"/people/{number}/", f"/certificates/check/?code={number}"):
        client.get(address)
    for text in (number, f"{number[:4]}-{number[4:8]}-{number[8:]}", number.translate(FULL_WIDTH)):
        Client().post(reverse("account_login"), {"login": text, "password": text})
        client.post(reverse("account_reauthenticate"), {"password": text})
        for question in QUESTIONS:
            answers = dict.fromkeys(("kind", "known_since", "reach_by", "telephone", "digits"), text)
            client.post(reverse("reports:question", args=[link.public_id, question]), answers)
        reach = {"reach_by": "telephone", "telephone": text}
        client.post(reverse("reports:question", args=[link.public_id, "reach"]), reach)
        client.post(f"/reports/{text}/message/", {"text": text})


@pytest.mark.django_db(transaction=True)
def test_nothing_that_a_journey_wrote_anywhere_holds_a_number(tmp_path, client, caplog, capfd) -> None:
    caplog.set_level(logging.DEBUG)

    import_register(tmp_path)
    resident = Resident.objects.get(code="1000000001")
    user = factories.bound_user(resident)
    sign_in(client, user)

    asked = client.post(reverse("accounts:number"))
    shown = client.post(asked["Location"], {"password": factories.PASSWORD}, follow=True)
    look_around(client, resident)
    deliver()

    assert held(shown.content) == [0]
    assert AuditEvent.objects.filter(verb="number.opened", resident=resident).count() == 1
    assert {name for name, content in tables().items() if held(content)} == set()
    told = "".join(f"{each.subject}\n{each.body}\n{each.extra_headers}" for each in mail.outbox)
    assert told
    assert held(told.encode()) == []
    assert {record.name for record in caplog.records if held(record.getMessage().encode())} == set()
    assert held("".join(capfd.readouterr()).encode()) == []
    assert held(str(dict(client.session)).encode()) == []
    assert held(client.cookies.output().encode()) == []
    assert held(repr(vars(caches["default"])).encode()) == []
    assert [name for name, content in files_of(Path(configured.VAR_DIR)).items() if held(content)] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_the_search_finds_a_number_in_each_spelling(number) -> None:
    full_width = f"{number[:4]}－{number[4:8]}－{number[8:]}".translate(FULL_WIDTH)

    for spelled in (number, f"{number[:4]}-{number[4:8]}-{number[8:]}", full_width):
        assert held(f"before {spelled} after".encode()) == [NUMBERS.index(number)]
    assert held(number[:11].encode()) == []
