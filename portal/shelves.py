"""Where sealed files lie: in a folder that every machine sees, or in a store that speaks S3."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from portal.environment import env, is_origin


def shelf(folder: Path) -> dict[str, Any]:
    """The storage of files; ImproperlyConfigured where a store is named by half."""
    bucket = env.str("FILES_BUCKET", "")
    return store(bucket) if bucket else on_disk(folder)


def on_disk(folder: Path) -> dict[str, Any]:
    """A folder that only the service's own user may look into."""
    modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder, **modes},
    }


def store(bucket: str) -> dict[str, Any]:
    """A bucket that nobody else reads; without keys the machine's own role opens it."""
    endpoint = env.str("FILES_ENDPOINT", "")
    if endpoint and not is_origin(endpoint):
        raise ImproperlyConfigured(
            "FILES_ENDPOINT is not the address of a store, such as https://s3.example."
        )
    options = {
        "bucket_name": bucket,
        "endpoint_url": endpoint or None,
        "region_name": env.str("FILES_REGION", "") or None,
        "access_key": env.str("FILES_ACCESS_KEY", "") or None,
        "secret_key": env.str("FILES_SECRET_KEY", "") or None,
        "addressing_style": "path",
        "default_acl": None,
        "file_overwrite": False,
        "object_parameters": {"ContentType": "application/octet-stream"},
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
