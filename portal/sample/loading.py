"""Loads the invented people through the same doors as real ones, and makes sign-ins to try."""

import datetime
import json
import secrets
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.utils.timezone import localtime

from accounts.actions import bind, grant_parent, make_sign_in
from accounts.models import Binding, Resident, User
from certificates.insurers import number_in
from certificates.models import Insurer
from links.models import Link
from portal import figures, scorecards
from portal.sample.personas import CHILD_CODE, CODES

# enough for figures that may be published, few enough to be loaded while one waits
RESIDENTS_TO_TRY = 600
# their sign-ins are no guests any more: who tries the service wants to open something
A_MONTH = datetime.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody as whom the service can be tried."""

    who: str
    email: str
    password: str


RESIDENTS = {
    "child_account": "mother: a wrong bank account hangs on her child's number",
    "all_in_order": "resident with all in order",
    "foreign_without_card": "foreign resident without a card",
    "elderly": "82 years old: try the simple view",
    "neighbour": "another resident",
}
STAFF = {
    "support": "support staff",
    "supervisor": "supervisor: approves corrections",
    "data_officer": "data officer: imports files",
}
# Staff are seen at the desk by name: invented, like everybody here
STAFF_NAMES = {"support": "鈴木（担当）", "supervisor": "山本（責任者）", "data_officer": "岡田（データ）"}


def load(*, folder: Path | None = None, at: datetime.datetime) -> list[SignIn]:
    """Write and import register and feeds, review every link, compute figures, make sign-ins."""
    with tempfile.TemporaryDirectory() as scratch:
        where = folder or Path(scratch)
        if folder is None:
            call_command("write_sample", str(where), residents=RESIDENTS_TO_TRY, verbosity=0)
        import_files(where)
    describe_insurers()
    call_command("review_links", verbosity=0)
    figures.compute(day=localtime(at).date())
    scorecards.compute(day=localtime(at).date())
    return sign_ins(password=fresh_password(), at=at)


def import_files(folder: Path) -> None:
    """Every file of the sample, in the order in which an office would."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    call_command("import_institutions", str(folder / "institutions.csv"), verbosity=0)
    call_command("import_residents", str(folder / "residents.csv"), as_of=manifest["as_of"], verbosity=0)
    for feed in manifest["feeds"]:
        wanted: dict[str, Any] = {name: feed[name] for name in ("institution", "category")}
        wanted["format"] = feed.get("format", "csv")
        call_command("import_feed", str(folder / feed["file"]), verbosity=0, **wanted)


def describe_insurers() -> None:
    """Every insurer of the sample leaves its certificates to this service."""
    records = Link.objects.filter(category="health_insurance")
    numbers = {number_in(link) for link in records.only("details").iterator()}
    Insurer.objects.bulk_create(
        [Insurer(number=number, issuing=Insurer.Issuing.SERVICE) for number in sorted(numbers) if number],
        ignore_conflicts=True,
    )


def sign_ins(*, password: str, at: datetime.datetime) -> list[SignIn]:
    """A sign-in for each persona and each kind of staff, all with the same fresh password."""
    for role in RESIDENTS:
        user = make_sign_in(email=email_of(role), password=password)
        whom, since = resident(CODES[role]), at - A_MONTH
        bind(user=user, resident=whom, method=Binding.Method.COUNTER, by=None, at=since)
    mother = User.objects.get(email=email_of("child_account"))
    grant_parent(agent=mother, child=resident(CHILD_CODE), by=None, at=at)
    for role, name in STAFF_NAMES.items():
        make_sign_in(email=email_of(role), password=password, name=name, role=role)
    return [SignIn(who, email_of(role), password) for role, who in (RESIDENTS | STAFF).items()]


def fresh_password() -> str:
    """Another one for each load, short enough to be typed."""
    return f"mihon-{secrets.token_hex(3)}-{secrets.token_hex(3)}"


def resident(code: str) -> Resident:
    """A person of the sample by the register's code."""
    return Resident.objects.get(code=code)


def email_of(role: str) -> str:
    """The address of a persona: reserved for documentation, nobody's."""
    return f"{role.replace('_', '-')}@example.jp"


def remember(people: list[SignIn], path: Path) -> None:
    """Write the sign-ins where `serve` finds them, readable by this user only."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(json.dumps([asdict(person) for person in people], ensure_ascii=False), encoding="utf-8")
