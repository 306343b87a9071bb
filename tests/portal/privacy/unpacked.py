"""Copies as people find them: made by the worker, opened, read."""

import io
import json
import zipfile
from typing import Any

from django.utils import timezone

from accounts.files import store
from accounts.models import User
from portal.models import Export
from portal.privacy import copies, making


def ready(user: User, language: str = "en") -> Export:
    """A copy that lies ready."""
    export = copies.ask(by=user, language=language, at=timezone.now())
    making.make(export.pk)
    export.refresh_from_db()
    return export


def opened(content: bytes) -> zipfile.ZipFile:
    """The archive."""
    return zipfile.ZipFile(io.BytesIO(content))


def of(user: User, language: str = "en") -> zipfile.ZipFile:
    """What this sign-in gets."""
    return opened(store.content_of(ready(user, language).file))


def parts(user: User) -> dict[str, list[dict[str, Any]]]:
    """Its parts for machines."""
    return json.loads(of(user).read("data.json"))["parts"]


def text(user: User, language: str = "en") -> str:
    """Everything in it that is text."""
    copy = of(user, language)
    return copy.read("index.html").decode() + copy.read("data.json").decode()
