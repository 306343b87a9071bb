"""Everything that this room keeps."""

from links.models.changes import Change
from links.models.clients import ApiClient
from links.models.feeds import FeedImport
from links.models.holds import Hold
from links.models.institutions import Institution, Officer
from links.models.links import Link
from links.models.matters import Matter
from links.models.review import Finding, ReviewPart, ReviewRun
from links.models.sources import Source
from links.models.uploads import Job, Upload

__all__ = [
    "ApiClient",
    "Change",
    "FeedImport",
    "Finding",
    "Hold",
    "Institution",
    "Job",
    "Link",
    "Matter",
    "Officer",
    "ReviewPart",
    "ReviewRun",
    "Source",
    "Upload",
]
