"""The pages of help, in the order in which they are offered."""

from portal.help.advice import PRINTER, REFUSED, STRANGER
from portal.help.basics import CERTIFICATE, PROTECTION, RECORDS
from portal.help.mistakes import MISTAKES
from portal.help.terms import WORDS
from portal.help.topic import Topic

TOPICS: dict[str, Topic] = {
    topic.slug: topic
    for topic in (STRANGER, REFUSED, PRINTER, CERTIFICATE, RECORDS, MISTAKES, PROTECTION, WORDS)
}
