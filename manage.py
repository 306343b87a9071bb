#!/usr/bin/env python
"""Runs the commands of the portal; what is wrong with the installation is said in one sentence."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db.utils import OperationalError


def main() -> None:
    """Run the command line; exit with 1 and one sentence where a setting or the database is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"The portal cannot start: {str(problem).splitlines()[0]}")
    except OperationalError as problem:
        reason = str(problem).strip().splitlines()[0]
        sys.exit(f"The portal cannot use its database (DATABASE_URL): {reason}")


if __name__ == "__main__":
    main()
