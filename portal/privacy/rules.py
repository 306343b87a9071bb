"""How long we keep what: the one table, from which the public page and the nightly removal are made.

Every model stands in exactly one rule (tests/portal/privacy/test_rules.py).
"""

import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from accounts import retention as of_accounts
from accounts.devices import KEPT_DAYS
from accounts.models import Authority, Binding, Clearance, Invitation, KnownDevice, Lock, Protection
from certificates import retention as of_certificates
from certificates.models import Application, Batch, Certificate, Draft, Item
from notices import retention as of_notices
from notices.models import LetterBatch
from portal.models import Export
from portal.privacy.shape import YEAR, Duty, Rule, removed
from reports import retention as of_reports
from reports.models import Call


def exports_over(*, before: datetime.datetime) -> QuerySet[Export]:
    """Copies that are gone: what is left is only that there was one."""
    return Export.objects.filter(ended_at__lt=before)


AT_ONCE = gettext_lazy("As long as you have the sign-in. If you delete it, it goes at once.")
NOBODY = gettext_lazy("Nothing about a person is in it.")

RULES = (
    Rule(
        "register",
        gettext_lazy("Your entry in the resident register, and your individual number"),
        ("accounts.Resident", "accounts.ResidentChange", "accounts.SealedNumber",
         "accounts.DoubtfulAddress"),
        gettext_lazy(
            "The law on the basic resident register has every municipality keep it. "
            "We work with a copy, and end nothing in the register itself."
        ),
        gettext_lazy("As long as your municipality names you in its register. No end is set here."),
        chosen=False,
        stays=True,
    ),
    Rule(
        "records",
        gettext_lazy("Records that offices linked with your number, their checks and their history"),
        ("links.Link", "links.Finding", "links.Hold", "links.Change", "reports.Proof",
         "reports.Incident", "reports.AffectedRecord", "reports.AffectedPerson", "reports.Plan",
         "reports.PlanStep", "reports.Statement", "reports.LeakReport"),
        gettext_lazy(
            "The law on individual numbers lets offices link them, whether you have a sign-in or not. "
            "You must be able to find out later what hung on your number."
        ),
        gettext_lazy("As long as an office links the record, and then as its history. No end is set yet."),
        stays=True,
    ),
    Rule(
        "trail",
        gettext_lazy("Who looked at your data or changed them"),
        ("accounts.AuditEvent", "accounts.MonthSecret"),
        gettext_lazy(
            "The order to the law on individual numbers has offices keep the list of what they exchanged "
            "for seven years. That we keep this list as long is our own choice."
        ),
        gettext_lazy("it was done"),
        7 * YEAR,
        stays=True,
    ),
    Rule(
        "seals",
        gettext_lazy("The seals that prove that nobody changed that list"),
        ("accounts.Seal", "accounts.SealMark", "accounts.TrailHead", "accounts.Emptying"),
        NOBODY,
        gettext_lazy("For good"),
        chosen=False,
    ),
    Rule(
        "reports",
        gettext_lazy("What you and we wrote about your reports, and the files"),
        ("reports.Report", "reports.Step", "reports.Message", "reports.Proposal", "reports.Attachment",
         "reports.Printout", "reports.Inquiry"),
        gettext_lazy(
            "The laws on public records have a decision kept while somebody may question it. "
            "Five years are our own choice. Then number and result stay, the words and files go."
        ),
        gettext_lazy("the report was closed"),
        5 * YEAR,
        stays=True,
        duties=(Duty(of_reports.closed, of_reports.empty),),
    ),
    Rule(
        "calls",
        gettext_lazy("That you asked us to call you back"),
        ("reports.Call",),
        gettext_lazy("So that we know how often we tried. Your telephone number goes after the call."),
        gettext_lazy("we called or gave up"),
        90,
        duties=(Duty(of_reports.calls, removed(Call)),),
    ),
    Rule(
        "certificates",
        gettext_lazy("Applications and certificates"),
        ("certificates.Application", "certificates.Certificate", "certificates.Batch", "certificates.Item"),
        gettext_lazy(
            "By the laws on public accounts, an office can claim money back for five years. "
            "That we keep certificates as long is our own choice."
        ),
        gettext_lazy("the certificate ended or the application was decided"),
        5 * YEAR,
        stays=True,
        duties=(
            Duty(of_certificates.items, removed(Item)),
            Duty(of_certificates.batches, removed(Batch)),
            Duty(of_certificates.certificates, removed(Certificate)),
            Duty(of_certificates.applications, removed(Application)),
        ),
    ),
    Rule(
        "drafts",
        gettext_lazy("What you began to write and did not send"),
        ("reports.Draft", "certificates.Draft"),
        gettext_lazy("So that you can go on later."),
        gettext_lazy("you last changed it"),
        90,
        duties=(Duty(of_certificates.drafts, removed(Draft)),),
        task="reports.tasks.throw_away_old_drafts",
    ),
    Rule(
        "files",
        gettext_lazy("Photos and papers"),
        ("accounts.StoredFile",),
        gettext_lazy("They belong to a draft, a report or a copy."),
        gettext_lazy("As long as what they belong to"),
        task="accounts.tasks.sweep_files",
    ),
    Rule(
        "copies",
        gettext_lazy("The copy of your data that you asked for"),
        ("portal.Export",),
        gettext_lazy("So that you can fetch it. Everything is in it, so it does not lie here longer."),
        gettext_lazy("it was ready"),
        Export.LIES_FOR.days,
        duties=(Duty(exports_over, removed(Export)),),
        task="portal.tasks.repeat_exports",
    ),
    Rule(
        "notices",
        gettext_lazy("What we told you"),
        ("notices.Notice", "notices.Delivery", "notices.LetterBatch"),
        gettext_lazy("So that you can read it again, and we can see whether a mail arrived."),
        gettext_lazy("we told you"),
        2 * YEAR,
        stays=True,
        duties=(
            Duty(of_notices.notices, of_notices.forget_notices),
            Duty(of_notices.batches, removed(LetterBatch)),
        ),
    ),
    Rule(
        "sign_in",
        gettext_lazy("Your mail addresses, telephone, password, passkeys, card and settings"),
        ("account.EmailAddress", "account.EmailConfirmation", "mfa.Authenticator", "accounts.Card",
         "accounts.Telephone",
         "notices.Preference", "notices.PushSubscription", "reports.Search"),
        gettext_lazy("So that you can sign in, and nobody else."),
        AT_ONCE,
        chosen=False,
    ),
    Rule(
        "emptied_sign_in",
        gettext_lazy("That there was a sign-in"),
        ("accounts.User",),
        gettext_lazy("The list of who looked at data names it. Mail address and name are gone."),
        gettext_lazy("For good"),
        stays=True,
    ),
    Rule(
        "sessions",
        gettext_lazy("Where you are signed in"),
        ("accounts.Session",),
        gettext_lazy("So that you can see it and sign out there."),
        gettext_lazy("Until you sign out, at most 12 hours"),
        task="accounts.tasks.sweep_sessions",
    ),
    Rule(
        "devices",
        gettext_lazy("Devices that we know again"),
        ("accounts.KnownDevice",),
        gettext_lazy("So that we can tell you when somebody signs in on another one."),
        gettext_lazy("somebody last signed in there"),
        KEPT_DAYS,
        duties=(Duty(of_accounts.devices, removed(KnownDevice)),),
    ),
    Rule(
        "claims",
        gettext_lazy("Requests to connect a sign-in that came to nothing"),
        ("accounts.Claim", "accounts.ClaimProposal"),
        gettext_lazy("So that we notice when somebody tries again and again. What they stated goes at once."),
        gettext_lazy("the request ended"),
        YEAR,
        stays=True,
        duties=(Duty(of_accounts.claims, of_accounts.forget_claims),),
    ),
    Rule(
        "mandates",
        gettext_lazy("Codes for helpers, and requests to act for somebody"),
        ("accounts.Invitation", "accounts.Mandate", "accounts.MandatePaper", "accounts.MandateProposal"),
        gettext_lazy("So that we can say how somebody came to act for you. What was handed in goes at once."),
        gettext_lazy("it ended"),
        YEAR,
        stays=True,
        duties=(
            Duty(of_accounts.invitations, removed(Invitation)),
            Duty(of_accounts.mandates, of_accounts.forget_mandates),
        ),
        task="accounts.tasks.sweep_claims",
    ),
    Rule(
        "bindings",
        gettext_lazy("Which sign-in was connected with you, and who could act for you"),
        ("accounts.Binding", "accounts.Authority", "accounts.AuthorityScope"),
        gettext_lazy("Without it nobody could understand the list of who looked at data."),
        gettext_lazy("it ended"),
        7 * YEAR,
        stays=True,
        duties=(
            Duty(of_accounts.proofs, of_accounts.forget_claims),
            Duty(of_accounts.bindings, removed(Binding)),
            Duty(of_accounts.authorities, removed(Authority)),
        ),
    ),
    Rule(
        "locks",
        gettext_lazy("What you locked, and what was hidden to protect you"),
        ("accounts.Lock", "accounts.Protection", "accounts.Clearance"),
        gettext_lazy("Without it nobody could understand the list of who looked at data."),
        gettext_lazy("it ended"),
        7 * YEAR,
        stays=True,
        duties=(
            Duty(of_accounts.locks, removed(Lock)),
            Duty(of_accounts.protections, removed(Protection)),
            Duty(of_accounts.clearances, removed(Clearance)),
        ),
    ),
    Rule(
        "office_files",
        gettext_lazy("Files in which offices send records"),
        ("links.Upload", "links.Job"),
        gettext_lazy("So that they can be read, and their sender can mend what was rejected."),
        gettext_lazy("Until they are read, at most one day. Rejected rows 30 days."),
        task="links.tasks.sweep_uploads",
    ),
    Rule(
        "offices",
        gettext_lazy("Which offices send records, when, and how they were checked"),
        ("links.Institution", "links.Officer", "links.Source", "links.FeedImport", "links.Matter",
         "certificates.Insurer", "certificates.Seat",
         "links.ApiClient", "links.ReviewRun", "links.ReviewPart"),
        NOBODY,
        gettext_lazy("For good"),
        chosen=False,
    ),
    Rule(
        "figures",
        gettext_lazy("Public figures"),
        ("notices.FanOut", "portal.Figure", "portal.Basis", "portal.Scorecard"),
        NOBODY,
        gettext_lazy("For good"),
        chosen=False,
    ),
)  # fmt: skip
# of Django itself: kinds of tables, rights that nobody has
TECHNICAL = ("contenttypes.ContentType", "auth.Permission", "auth.Group")
