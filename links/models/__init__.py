"""Everything that this room keeps."""

from links.models.clients import ApiClient
from links.models.feeds import FeedImport
from links.models.institutions import Institution, Officer
from links.models.links import Change, Hold, Link
from links.models.review import Finding, ReviewRun

__all__ = [
    "ApiClient",
    "Change",
    "FeedImport",
    "Finding",
    "Hold",
    "Institution",
    "Link",
    "Officer",
    "ReviewRun",
]
