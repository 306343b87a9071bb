"""Staff keep searches of the queue."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.models import Search
from reports.moving import ReportError

MOST_SEARCHES = 20
FULL = _("You keep 20 searches. Please delete one first.")
SAME_NAME = _("You have a search of that name already.")


@transaction.atomic
def keep_search(*, name: str, query: str, by: User) -> Search:
    """Keep the choice under a name; ReportError where there are too many, or one of that name."""
    User.objects.select_for_update().get(pk=by.pk)
    if Search.objects.filter(by=by).count() >= MOST_SEARCHES:
        raise ReportError(FULL)
    try:
        with transaction.atomic():
            return Search.objects.create(by=by, name=name, query=query)
    except IntegrityError:
        raise ReportError(SAME_NAME) from None
