"""The drill: back up while others write, restore into a new database, compare; and go back to a moment."""

import datetime
import os
import subprocess
import threading
import time

import pytest

from deploy.plain import servers
from deploy.plain.server import Server, free_port
from tests.scratch.portal import wait_until

pytestmark = [pytest.mark.process, pytest.mark.kill]

PEOPLE = int(os.environ.get("DRILL_RESIDENTS", "10000"))
FILL = f"""
from tests.bench.people import add_people
add_people({PEOPLE})
from django.db import connection
with connection.cursor() as cursor:
    last = "SELECT setval(pg_get_serial_sequence('accounts_resident', 'id'), max(id)) FROM accounts_resident"
    cursor.execute(last)
from accounts import audit, sealing
from accounts.models import Resident
from django.utils import timezone
import datetime
now = timezone.now()
person = Resident.objects.earliest("pk")
for place in range(300):
    audit.record("record.viewed", by=None, at=now, resident=person)
sealing.seal_waiting(at=now + datetime.timedelta(hours=1))
"""
COUNT = b"SELECT count(*) FROM accounts_auditevent"


def write_on(installation, ended: threading.Event, written: list[int]) -> None:
    """Somebody who goes on writing meanwhile."""
    while not ended.is_set():
        installation.psql(
            "portal",
            b"INSERT INTO django_migrations (app, name, applied) VALUES ('drill', 'row', now())",
        )
        written.append(1)
        time.sleep(0.01)


def test_a_backup_made_while_others_write_is_restored_equal(installation, tmp_path_factory, capsys) -> None:
    folder = tmp_path_factory.mktemp("backups")
    installation.manage("shell", "--no-imports", "-c", FILL, most=550)
    ended, written = threading.Event(), []
    writer = threading.Thread(target=write_on, args=(installation, ended, written))

    writer.start()
    begun = time.monotonic()
    made = installation.manage("back_up", str(folder), most=550).strip()
    backed_up = time.monotonic() - begun
    ended.set()
    writer.join()
    installation.psql("postgres", b"CREATE DATABASE restored")
    url = installation.direct["DATABASE_URL"].replace("/portal", "/restored")
    begun = time.monotonic()
    said = installation.manage("restore", made, DATABASE_URL=url, most=550)
    restored = time.monotonic() - begun
    trail = installation.manage("verify_trail", DATABASE_URL=url, most=550)

    with capsys.disabled():
        print(f"\n{PEOPLE:,} residents: backed up in {backed_up:.1f} s, restored in {restored:.1f} s")
    assert said.startswith("Restored ")
    assert written, "nobody wrote meanwhile"
    assert int(installation.psql("restored", b"SELECT count(*) FROM accounts_resident")) >= PEOPLE
    assert installation.psql("restored", COUNT) == installation.psql("portal", COUNT)
    assert "Nothing was changed or removed." in trail


def test_the_database_can_go_back_to_a_moment(installation, tmp_path_factory) -> None:
    """A base backup and the archived log, replayed until just before the mistake."""
    database = installation.programs["postgresql"]
    place = servers.owned_by(installation.folder / "recovered", servers.DATABASE_USER)
    who = {"user": servers.DATABASE_USER, "group": servers.DATABASE_USER} if servers.DATABASE_USER else {}
    base = [servers.newest("pg_basebackup"), "-h", "127.0.0.1", "-p", str(database.port), "-U", "postgres"]
    subprocess.run(
        [*base, "-D", str(place / "data"), "-X", "none", "-c", "fast"], check=True, stderr=-3, **who
    )
    installation.psql(
        "portal", b"INSERT INTO django_migrations (app, name, applied) VALUES ('kept','a',now())"
    )
    moment = (
        installation.psql("postgres", b"SELECT pg_sleep(0.1); SELECT clock_timestamp()")
        .split(b"\n")[-2]
        .decode()
    )
    installation.psql(
        "portal",
        b"SELECT pg_sleep(0.1);"
        b"INSERT INTO django_migrations (app, name, applied) VALUES ('mistake', 'b', now())",
    )
    [segment] = installation.psql("postgres", b"SELECT pg_walfile_name(pg_current_wal_lsn())").split()
    installation.psql("postgres", b"SELECT pg_switch_wal()")
    archive = installation.folder / "postgresql" / "archive"
    wait_until(lambda: (archive / segment.decode()).exists(), within=30, what="archiving")

    (place / "data" / "recovery.signal").touch()
    port = free_port()
    options = {
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": str(place),
        "restore_command": f"cp {archive}/%f %p",
        "recovery_target_time": moment,
        "recovery_target_action": "promote",
    }
    said = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    command = [servers.newest("postgres"), "-D", str(place / "data"), *said]
    asked = [servers.newest("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    recovered = Server("recovered", command, installation.folder, user=servers.DATABASE_USER)
    recovered.ready = lambda: subprocess.run(asked).returncode == 0
    recovered.start()
    try:
        recovered.wait()
        asking = [
            servers.newest("psql"),
            "-XqAt",
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
            "-U",
            "postgres",
            "-d",
            "portal",
        ]
        question = "SELECT app FROM django_migrations WHERE app IN ('kept', 'mistake')"
        found = subprocess.run([*asking, "-c", question], check=True, capture_output=True, text=True).stdout
    finally:
        recovered.kill()

    assert found.split() == ["kept"]
    assert datetime.datetime.fromisoformat(moment)
