"""Bar: the signed-in home page with ten records serves at least 0.6 of a bare page's requests a second."""

import statistics

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.sessions import SessionStore
from tests import factories
from tests.bench.server import granian, requests_per_second

RECORDS = 10
ROUNDS = 9
BAR = 0.6


def prepare() -> User:
    """A resident with ten records of several kinds, and nothing that needs them."""
    resident = factories.ResidentFactory.create()
    categories = ["bank_account", "health_insurance", "pension", "care_insurance", "employment_insurance"]
    for place in range(RECORDS):
        factories.LinkFactory.create(resident=resident, category=categories[place % len(categories)])
    return factories.bound_user(resident)


def signed_in(user: User) -> str:
    """The cookies of the user's browser once it has opened a page, as a header's value."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert SessionStore(session_key=key).exists(key)
    assert client.get("/").status_code == 200
    return "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())


def queries_of(path: str, user: User) -> tuple[int, int]:
    """How many queries a page makes once a process is warm, and its size in bytes."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return len(captured), len(answer.content)


def run() -> bool:
    """Print both rates and their ratio; whether the bar is met."""
    user = prepare()
    queries, size = queries_of("/", user)
    bare_path = f"/bare/?queries={queries}"
    bare_queries, bare_size = queries_of(bare_path, user)
    cookie = signed_in(user)
    with granian() as address:
        pairs = [
            (requests_per_second(f"{address}{bare_path}", cookie), requests_per_second(f"{address}/", cookie))
            for _ in range(ROUNDS)
        ]
    bare, home = (statistics.median(rates) for rates in zip(*pairs, strict=True))
    print(f"bare page   {bare:8.1f} requests/s   {bare_queries} queries  {bare_size:6} bytes")
    print(f"home page   {home:8.1f} requests/s   {queries} queries  {size:6} bytes")
    # both pages of a round saw the same machine: a neighbour's load moves the rates, hardly their ratio
    ratios = [home / bare for bare, home in pairs]
    ratio = statistics.median(ratios)
    print(f"ratio       {ratio:8.2f}  (bar: at least {BAR}; {min(ratios):.2f} to {max(ratios):.2f})")
    return ratio >= BAR
