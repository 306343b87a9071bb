"""People who go on reading and reporting while servers fail, and remember what they were told."""

import json
import re
import secrets
import ssl
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPSConnection
from urllib.parse import urlencode, urlsplit

from tests.deploy.visitors import UNVOUCHED

PATIENCE = 70.0  # seconds; a browser would wait longer
BETWEEN = 0.3
MARK = re.compile(r"第(\d{3})号")
SENT = re.compile(r"^/reports/([^/]+)/sent/$")
CSRF = secrets.token_urlsafe(24)[:32].replace("-", "a").replace("_", "b")
PEOPLE = """
import importlib, json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from tests import factories
store = importlib.import_module(settings.SESSION_ENGINE).SessionStore
for name in ("Resident", "User", "Institution", "Link"):
    getattr(factories, name + "Factory").reset_sequence(500_000)
people = []
for place in range({people}):
    resident = factories.ResidentFactory.create(name=f"見本　第{{place:03}}号")
    user = factories.bound_user(resident)
    bank = factories.InstitutionFactory.create()
    links = [factories.LinkFactory.create(resident=resident, institution=bank) for _each in range({records})]
    session = store()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    people.append([f"{{place:03}}", resident.pk, session.session_key, [link.public_id for link in links]])
print(json.dumps(people))
"""


@dataclass
class Person:
    """Somebody with a browser that is signed in."""

    mark: str
    resident: int
    session: str
    records: list[str]
    acknowledged: dict[str, float] = field(default_factory=dict)
    read: list[float] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    refused: list[tuple[float, str]] = field(default_factory=list)


@dataclass
class Crowd:
    """All of them, each in a thread."""

    url: str
    people: list[Person]
    ended: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> "Crowd":
        for place, person in enumerate(self.people):
            does = self.report if place % 2 else self.look
            self.threads.append(threading.Thread(target=self.go_on, args=(does, person), daemon=True))
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_why: object) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join(PATIENCE)

    def go_on(self, does, person: Person) -> None:  # noqa: ANN001
        """Again and again, whatever comes back."""
        while not self.ended.wait(BETWEEN):
            try:
                does(person)
            except (OSError, HTTPException, ssl.SSLError) as problem:
                person.refused.append((time.monotonic(), type(problem).__name__))

    def look(self, person: Person) -> None:
        """Open the first page, and see whose it is."""
        status, _where, page = self.ask(person, "/")
        if status != 200:
            person.refused.append((time.monotonic(), str(status)))
            return
        found = set(MARK.findall(page))
        if found != {person.mark}:
            person.strangers.append(f"{person.mark} saw {sorted(found)}")
        person.read.append(time.monotonic())

    def report(self, person: Person) -> None:
        """Report a record; it counts once the answer says that it was sent."""
        if not person.records:
            return
        status, where, _page = self.ask(person, f"/reports/new/{person.records[0]}/what/", kind="saw_other")
        if sent := SENT.match(where):
            person.acknowledged[sent[1]] = time.monotonic()
        if sent or status == 404 or where:
            person.records.pop(0)
        if not sent:
            person.refused.append((time.monotonic(), f"{status} {where}"))

    def ask(self, person: Person, path: str, **typed: str) -> tuple[int, str, str]:
        """Status, where it leads, and the page; a connection of its own each time."""
        parts = urlsplit(self.url)
        connection = HTTPSConnection(parts.hostname, parts.port, timeout=PATIENCE, context=UNVOUCHED)
        cookies = f"__Host-session={person.session}; __Host-csrf={CSRF}; __Host-language=ja"
        headers = {"Cookie": cookies, "Referer": self.url + path, "Origin": self.url}
        body = urlencode(typed | {"csrfmiddlewaretoken": CSRF}) if typed else None
        if typed:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request("POST" if typed else "GET", path, body=body, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        finally:
            connection.close()


def gathered(installation, *, people: int, records: int) -> Crowd:  # noqa: ANN001
    """So many people with so many records each, signed in."""
    script = PEOPLE.format(people=people, records=records)
    said = installation.manage("shell", "--no-imports", "-c", script).splitlines()[-1]
    return Crowd(installation.url, [Person(*row) for row in json.loads(said)])
