"""People with sealed numbers in a scratch portal: `python -m tests.scratch.numbers add|ask|open N`."""

import os
import random
import signal
import sys

import django
from django.utils import timezone


def add(count: int) -> None:
    """So many residents whose numbers the present key sealed."""
    from accounts import vault  # noqa: PLC0415 - Django is set up first
    from accounts.models import Resident, SealedNumber  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    people = Resident.objects.bulk_create(factories.ResidentFactory.build_batch(count), batch_size=500)
    now = timezone.now()
    rows = [vault.seal(f"{person.pk:012d}", resident=person, at=now) for person in people]
    SealedNumber.objects.bulk_create(rows, batch_size=500)
    add_factors(count // 10)


def add_factors(count: int) -> None:
    """So many sign-ins with an app that makes codes, its secret sealed."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415

    from accounts import mfa, vault  # noqa: PLC0415
    from accounts.models import User  # noqa: PLC0415

    def sealed_for(owner: User) -> str:
        return mfa.as_text(vault.seal_factor(str(owner.pk)))

    users = [User(email=f"app{number}@example.jp", password="!") for number in range(count)]  # noqa: S106
    owners = User.objects.bulk_create(users, batch_size=500)
    apps = [
        Authenticator(user=owner, type=Authenticator.Type.TOTP, data={"secret": sealed_for(owner)})
        for owner in owners
    ]
    Authenticator.objects.bulk_create(apps, batch_size=500)


def ask(count: int) -> None:
    """Until it is ended: sign-ins look at their home page, numbers are opened, new and changed ones come."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from accounts import vault  # noqa: PLC0415
    from accounts.models import Resident  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    settings.ALLOWED_HOSTS.append("testserver")
    known = list(Resident.objects.order_by("pk")[:count])
    client, asked, ended = Client(), 0, []
    staff = factories.UserFactory.create(role="support")
    client.force_login(factories.bound_user(known[0]))
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
    while not ended:
        person, now = random.choice(known), timezone.now()  # noqa: S311 - which one does not matter
        opened = vault.open_number(resident=person, by=staff, purpose="test", at=now)
        assert opened in (f"{person.pk:012d}", f"9{person.pk:011d}"), "another's number"
        assert is_found(opened, person.pk), "a number that is not found"
        assert client.get("/").status_code == 200
        vault.replace(f"9{person.pk:011d}", resident=person, at=now)
        fresh = factories.ResidentFactory.create(code=f"8{asked:09d}")
        vault.seal(f"{fresh.pk:012d}", resident=fresh, at=now).save()
        asked += 1
    print(asked)


def is_found(number: str, person: int) -> bool:
    """Whether the keys of this process find the person by the number."""
    from accounts import vault  # noqa: PLC0415

    return person in vault.residents_by_fingerprint(vault.fingerprints(number)).values()


def open_all(count: int) -> None:
    """How many of all numbers the keys of this process open, how many they find; of how many people."""
    import tink  # noqa: PLC0415

    from accounts import vault  # noqa: PLC0415
    from accounts.models import Resident  # noqa: PLC0415

    opened = 0
    read = vault.last_four_reader(by=None, purpose="test", at=timezone.now())
    for pk in Resident.objects.order_by("pk").values_list("pk", flat=True)[:count]:
        try:
            opened += bool(read([pk]))
        except tink.TinkError:
            continue
    people = Resident.objects.order_by("pk").values_list("pk", flat=True)
    found = sum(is_found(f"{pk:012d}", pk) or is_found(f"9{pk:011d}", pk) for pk in people)
    print(opened, found, Resident.objects.count(), factors_opened())


def factors_opened() -> int:
    """How many secrets of apps the keys of this process open, each as its own."""
    import tink  # noqa: PLC0415
    from allauth.mfa.adapter import get_adapter  # noqa: PLC0415
    from allauth.mfa.models import Authenticator  # noqa: PLC0415

    opened = 0
    for app in Authenticator.objects.iterator():
        try:
            opened += get_adapter().decrypt(app.data["secret"]) == str(app.user_id)
        except tink.TinkError:
            continue
    return opened


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.scratch.settings")
    django.setup()
    {"add": add, "ask": ask, "open": open_all}[sys.argv[1]](int(sys.argv[2]))
