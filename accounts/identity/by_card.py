"""A card in somebody's hand: whose the sign-in is, and that it opens it from now on."""

import datetime

from django.db import transaction

from accounts.actions import connect_card
from accounts.identity.claiming import bind_by_claims
from accounts.models import User
from accounts.refusal import AccountError
from links.review.rules import Person


@transaction.atomic
def prove_by_card(
    *,
    whose: tuple[str, str],
    claims: Person,
    session_key: str | None,
    by: User,
    at: datetime.datetime,
) -> bool:
    """Whether it is known now whose the sign-in is; the card (issuer, subject) opens it then.

    A sign-in of nobody becomes the holder's, one that a letter connected gets surer, a locked one opens.
    Where it is not certain who the holder is, a claim waits for staff. AccountError for a card in use.
    """
    bound = by.bindings.current().exists()
    try:
        with transaction.atomic():
            bind_by_claims(user=by, claims=claims, by=by, at=at)
    except AccountError:
        # as sure as before: the holder moved lately, or staff are deciding about the sign-in
        pass
    known = bound or by.bindings.current().exists()
    if known:
        connect_card(whose=whose, session_key=session_key, by=by, at=at)
    return known
