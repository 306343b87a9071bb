"""Imports from the browser: a file is sent, checked by a worker, looked at, confirmed, imported, undone."""
