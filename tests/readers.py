"""People at a browser."""

from django.conf import settings
from django.test import Client

from accounts.models import User


def sign_in(client: Client, user: User) -> Client:
    """The user at a browser that reads English."""
    client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client
