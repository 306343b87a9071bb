"""Writes the trail. Everything that looks at or changes a person's data says so here."""

import datetime
from collections.abc import Iterable
from typing import NotRequired, TypedDict, Unpack

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts import places
from accounts.first_looks import tell_first
from accounts.models import AuditEvent, Authority, Binding, Resident, User

# What residents read: the verb's code and its sentence
VERBS = {
    "people.viewed": _("Saw the name and whether a record needs a look"),
    "person.viewed": _("Looked at the list of records"),
    "notices.viewed": _("Looked at the notices"),
    "record.viewed": _("Looked at the record"),
    "record.details_opened": _("Opened the details of the record"),
    "record.confirmed": _("Confirmed that the record is right"),
    "record.digits_wrong": _("Gave last digits that are not those of the record"),
    "record.digits_known": _("Knew the last digits of the record"),
    "record.withheld": _("Withheld the record"),
    "record.released": _("Released the record"),
    "record.unlinked": _("Removed the record from the number"),
    "record.settled_right": _("Decided that the record is right"),
    "record.put_back": _("Put the record back as it was before a decision"),
    "record.state_told": _("Told the institution whether the record is disputed"),
    "reports.viewed": _("Looked at the list of reports"),
    "report.filed": _("Reported a problem"),
    "report.viewed": _("Looked at the report"),
    "report.record_moved": _("Noted that a reported record changed its number"),
    "report.moved": _("Moved the report a step on"),
    "report.message_sent": _("Sent a message about the report"),
    "report.note_written": _("Wrote a note inside the service"),
    "report.owner_compared": _("Compared the record with the person who may be its owner"),
    "report.assigned": _("Gave the report to another member of staff"),
    "report.reminded": _("Reminded of a question about the report"),
    "report.overdue": _("Noted that the report's next step is late"),
    "report.withdrawn": _("Withdrew the report"),
    "report.reopened": _("Said that it is still wrong"),
    "report.hold_lapsed": _("Ended a hold that nobody confirmed"),
    "report.confirmed": _("Confirmed a report that was made with a code"),
    "report.paper_back": _("Noted that the paper with another person's data came back"),
    "report.file_opened": _("Opened a file of the report"),
    "inquiry.opened": _("The office that linked the record looked at our question about it"),
    "inquiry.answered": _("The office that linked the record answered our question about it"),
    "call.asked": _("Asked to be called back"),
    "call.opened": _("Looked at the request to be called back"),
    "call.spoken": _("Called back"),
    "call.no_answer": _("Called back, and nobody answered"),
    "call.wrong_number": _("Called back, and the number was wrong"),
    "call.withdrawn": _("Took the request to be called back away"),
    "correction.proposed": _("Proposed a correction"),
    "correction.approved": _("Approved a correction"),
    "correction.returned": _("Returned a proposed correction"),
    "incident.opened": _("Began to deal with an incident"),
    "incident.case_added": _("Added the report to an incident"),
    "incident.listed_again": _("Looked once more for everybody affected by an incident"),
    "incident.dismissed": _("Decided that it was no incident"),
    "incident.closed": _("Finished an incident"),
    "incident.viewed": _("Looked at the page of an incident"),
    "plan.proposed": _("Proposed what to do with the records of an incident"),
    "plan.approved": _("Approved what is done with the records of an incident"),
    "plan.returned": _("Sent back what was proposed for the records of an incident"),
    "plan.stopped": _("Stopped what was being done with the records of an incident"),
    "plan.resumed": _("Went on with what was being done with the records of an incident"),
    "statement.proposed": _("Wrote what the public is told about an incident"),
    "statement.published": _("Published what the public is told about an incident"),
    "statement.returned": _("Sent back what the public would be told about an incident"),
    "leak_report.written": _("Wrote a report to the privacy commission"),
    "leak_report.sent": _("Noted that a report went to the privacy commission"),
    "certificate.looked_into": _("Checked whether the fallback certificate is needed"),
    "certificate.applied": _("Applied for the fallback certificate"),
    "certificate.application_viewed": _("Looked at the application"),
    "certificate.asked_by_post": _("Somebody asked without sign-in for the fallback certificate by post"),
    "certificate.asked_at_counter": _("Asked for the fallback certificate at a counter, with the person"),
    "certificate.printed": _("Printed the fallback certificate to be posted"),
    "certificate.proposed": _("Proposed to issue the fallback certificate"),
    "certificate.issued": _("Issued the fallback certificate"),
    "certificate.returned": _("Returned the application"),
    "certificate.viewed": _("Looked at the fallback certificate"),
    "certificate.downloaded": _("Downloaded the fallback certificate"),
    "certificate.checked": _("A clinic checked the fallback certificate"),
    "certificate.compared": _("A clinic that knew the birth date saw the name on the fallback certificate"),
    "certificate.revoked": _("Revoked the fallback certificate"),
    "insurer.described": _("Described an insurer: what it leaves to this service, and who works for it"),
    "batch.listed": _("Had those listed who get the certificate without applying"),
    "batch.started": _("Had the certificates of a list issued"),
    "batch.stopped": _("Stopped the issue of a list"),
    "batch.finished": _("Ended a list that was stopped, and had it printed"),
    "batch.thrown_away": _("Threw a list away of which nothing was issued"),
    "batch.fetched": _("Fetched the letters of a list for the letter shop"),
    "feed.imported": _("Imported a feed"),
    "feed.rolled_back": _("Rolled an import back"),
    "review.cancelled": _("Cancelled a check of records"),
    "review.taken_up": _("Went on with a check of records"),
    "client.added": _("Let a machine of an institution send records"),
    "client.revoked": _("Shut a machine of an institution out"),
    "review.started": _("Started a check of the records"),
    "review.feed_withheld": _("Had the records of a stopped feed withheld"),
    "register.imported": _("Imported the register"),
    "rejects.fetched": _("Fetched the rejected rows of an import"),
    "findings.fetched": _("Fetched the list of findings"),
    "number.opened": _("Opened the individual number"),
    "number.exported": _("Exported last digits of numbers"),
    "sign_in.bound": _("Connected a sign-in with this person"),
    "sign_in.raised": _("Made sure once more that the sign-in is this person's"),
    "sign_in.asked": _("Asked to connect a sign-in with this person"),
    "sign_in.letter_printed": _("Had a letter with a code sent to the registered address"),
    "sign_in.code_wrong": _("Gave a wrong code"),
    "sign_in.claim_viewed": _("Compared a request to connect a sign-in with this person"),
    "sign_in.disputed": _("Found that two sign-ins claim this person"),
    "sign_in.proposed": _("Proposed what to do with a request to connect a sign-in"),
    "sign_in.sent_back": _("Sent that proposal back"),
    "sign_in.refused": _("Refused to connect a sign-in with this person"),
    "sign_in.parted": _("Ended that a sign-in belongs to this person"),
    "sign_in.changed": _("Changed the password, a passkey or the mail address of the sign-in"),
    "sign_in.passkey_added": _("Added a passkey to the sign-in"),
    "sign_in.passkey_removed": _("Removed a passkey from the sign-in"),
    "sign_in.app_added": _("Added an authenticator app to the sign-in"),
    "sign_in.app_removed": _("Removed an authenticator app from the sign-in"),
    "sign_in.ended_everywhere": _("Signed you out on every device"),
    "sign_in.switched_off": _("Switched the sign-in off"),
    "sign_in.switched_on": _("Switched the sign-in on again"),
    "sign_in.locked": _("Locked everything"),
    "sign_in.unlocked": _("Opened again what was locked, by a proof of who it is"),
    "sign_in.new_device": _("Signed in on a device that was not known"),
    "sign_in.done": _("Signed in"),
    "sign_in.failed": _("Gave a wrong password for your sign-in"),
    "sign_in.code_failed": _("Gave a wrong code for your sign-in"),
    "sign_in.left": _("Signed out"),
    "sign_in.deleted": _("Deleted the sign-in"),
    "session.ended": _("Signed out on another device"),
    "person.looked_up": _("Looked the person up"),
    "counter.begun": _("Began to fill something in with the person at a counter"),
    "person.sought": _("Looked for this person in the register"),
    "person.compared": _("Compared this person with a record on another number"),
    "protection.viewed": _("Looked at the protection of the address"),
    "protection.set": _("Hid the address and every place from others"),
    "protection.confirmed": _("Confirmed that address and places are hidden"),
    "protection.lifting_proposed": _("Proposed to show address and places again"),
    "protection.kept": _("Decided to go on hiding address and places"),
    "protection.lifted": _("Ended that address and places are hidden"),
    "protection.look_asked": _("Asked a second person to be allowed to look at the data"),
    "protection.look_allowed": _("Allowed a colleague to look at the data for half an hour"),
    "protection.look_refused": _("Did not allow a colleague to look at the data"),
    "authority.granted": _("Gave authority to act"),
    "authority.ended": _("Ended authority to act"),
    "authority.changed": _("Changed what a helper may do"),
    "authority.invited": _("Made a code for a helper"),
    "authority.taken_back": _("Took a code for a helper back"),
    "authority.code_opened": _("Entered the code for a helper"),
    "authority.declined": _("Did not want to help"),
    "authority.asked": _("Asked to act for somebody by a document"),
    "authority.paper_opened": _("Opened a paper that was handed in"),
    "authority.viewed": _("Looked at who may act for this person"),
    "authority.compared": _("Compared a request to act for this person"),
    "authority.proposed": _("Proposed what to do with a request to act"),
    "authority.sent_back": _("Sent the proposal about a request to act back"),
    "authority.refused": _("Refused a request to act"),
    "sign_in.ended_by_death": _("Ended the sign-in, for the person died"),
    "trail.viewed": _("Looked at what was done with the data"),
    "trail.downloaded": _("Downloaded what was done with the data"),
    "notice.letter_printed": _("Had a notice printed as a letter to the registered address"),
    "notice.letter_returned": _("Noted that a letter came back from the registered address"),
    "contact.telephone_set": _("Named a telephone for notices"),
    "contact.telephone_removed": _("Took the telephone for notices away"),
    "export.asked": _("Asked for a copy of all data"),
    "export.fetched": _("Fetched the copy of all data"),
    "trail.emptied": _("Removed what was older than this list is kept"),
}


class Deed(TypedDict):
    """Who did it, when, to whom, to which thing (its kind and public id), and why, as a code or a number.

    `by` is None where the service itself acted; `on_behalf`, `institution` (the code of the office that the
    record or whoever did it belongs to) and `place` are found out where they are left out.
    """

    by: User | None
    at: datetime.datetime
    resident: NotRequired[Resident | int]
    subject: NotRequired[tuple[str, str]]
    purpose: NotRequired[str]
    on_behalf: NotRequired[bool]
    institution: NotRequired[str]
    place: NotRequired[str]


def event(verb: str, **deed: Unpack[Deed]) -> AuditEvent:
    """An unsaved event; KeyError for a verb that no sentence explains."""
    if verb not in VERBS:
        raise KeyError(verb)
    by, resident = deed["by"], deed.get("resident")
    person = resident.pk if isinstance(resident, Resident) else resident
    kind, key = deed.get("subject", ("", ""))
    on_behalf = deed["on_behalf"] if "on_behalf" in deed else acts_for(by, person, on=localdate(deed["at"]))
    return AuditEvent(
        at=deed["at"],
        verb=verb,
        actor=by,
        role=by.role if by else "",
        on_behalf=on_behalf,
        resident_id=person,
        subject_kind=kind,
        subject_id=key,
        purpose=deed.get("purpose", ""),
        institution=deed.get("institution") or office_of(by),
        place=deed.get("place") or places.here(),
    )


def office_of(user: User | None) -> str:
    """The code of the office that an officer works for; empty for everybody else."""
    if user is None or user.role != "officer":
        return ""
    # a row of the room above, which knows what institutions are
    office = getattr(user, "office", None)
    return str(office.institution.code) if office else ""


def acts_for(user: User | None, resident_id: int | None, *, on: datetime.date) -> bool:
    """Whether an agent does this: it is not the resident's own sign-in; staff act in their role otherwise."""
    if user is None or resident_id is None:
        return False
    if user.works_here:
        return Authority.objects.valid(on=on).filter(agent=user, subject=resident_id).exists()
    return not Binding.objects.current().filter(user=user, resident=resident_id).exists()


def record(verb: str, **deed: Unpack[Deed]) -> AuditEvent:
    """Write one event, in the transaction of the deed it tells."""
    written = event(verb, **deed)
    written.save(force_insert=True)
    tell_first([written])
    return written


def look(verb: str, *, residents: Iterable[int], by: User, at: datetime.datetime) -> None:
    """Write down whose data an agent saw on a page of several things, a row a person: two queries at most.

    The page of one thing is recorded by its room, whoever opens it; one's own lists leave no row.
    """
    seen = set(residents)
    if not seen:
        return
    seen.difference_update(Binding.objects.current().filter(user=by).values_list("resident", flat=True))
    record_many(event(verb, by=by, at=at, resident=person, on_behalf=True) for person in sorted(seen))


def record_many(events: Iterable[AuditEvent]) -> None:
    """Write many events at once, in the transaction of the deeds they tell."""
    tell_first(AuditEvent.objects.bulk_create(events, batch_size=1000))
