"""Lets machines of institutions in, and out again."""

import datetime
from collections.abc import Collection

from django.db import transaction

from accounts import audit
from accounts.models import User
from links.models import ApiClient, Institution
from links.tokens import public_key


@transaction.atomic
def add_client(
    *,
    institution: Institution,
    jwk: object,
    scopes: Collection[ApiClient.Scope],
    by: User | None,
    at: datetime.datetime,
) -> ApiClient:
    """A machine with this public key may use the API from now on; raises UnfitKey."""
    client = ApiClient.objects.create(
        institution=institution,
        key=public_key(jwk),
        scopes=sorted(scope.value for scope in scopes),
        created_at=at,
    )
    audit.record("client.added", by=by, at=at, subject=("client", client.client_id))
    return client


@transaction.atomic
def revoke_client(*, client: ApiClient, by: User | None, at: datetime.datetime) -> None:
    """Its tokens open nothing from now on; nothing where it was revoked before."""
    if ApiClient.objects.current().filter(pk=client.pk).update(revoked_at=at):
        audit.record("client.revoked", by=by, at=at, subject=("client", client.client_id))
