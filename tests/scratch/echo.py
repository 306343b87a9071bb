"""A service behind our web server that says how it understood a request."""

from collections.abc import Callable, Iterable
from typing import Any


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Method, address and length of the body, as a line."""
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"understood {environ['REQUEST_METHOD']} {environ['PATH_INFO']} {len(body)}\n".encode()]
