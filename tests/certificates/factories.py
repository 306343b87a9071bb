"""People with an insurance, applications and certificates; made through the actions where there are any."""

from datetime import timedelta

from django.utils import timezone

from certificates import actions
from certificates.insurers import number_in
from certificates.models import Draft, Insurer
from tests.factories import LinkFactory, UserFactory, bound_user

NATIONAL = {
    "insurer_number": "111054",
    "insurer_name": "さいたま市中央区国民健康保険",
    "symbol": "さ国",
    "number": "0025568",
    "branch_number": "01",
    "relation": "1",
    "qualified_on": "2020-04-01",
    "copay_ratio": "030",
}
UNREGISTERED = NATIONAL | {"card_use_registered": "0"}  # a source says it: nobody need be asked
SOCIETY = NATIONAL | {"insurer_number": "06139463", "insurer_name": "見本健康保険組合", "symbol": "07435941"}
NO_CARD = {"card": "none", "help": "nothing"}
DOWNLOAD = {"items": "nothing", "delivery": "download"}


def insurance(resident, details=None, **fields):
    """The person's health insurance, in the municipal scheme, checked."""
    link = LinkFactory.create(
        resident=resident, category="health_insurance", details=details or dict(NATIONAL), **fields
    )
    if number := number_in(link):
        Insurer.objects.get_or_create(number=number, defaults={"issuing": Insurer.Issuing.SERVICE})
    return link


def draft(resident, by, answers=None):
    """All questions answered: the person has no card."""
    return Draft.objects.create(
        user=by, resident=resident, answers={**DOWNLOAD, **(answers or NO_CARD)}, changed_at=timezone.now()
    )


def application(resident, by=None, **fields):
    """An application that waits, of a person without a card."""
    by = by or bound_user(resident)
    if not resident.links.filter(category="health_insurance").exists():
        insurance(resident)
    return actions.apply(draft=draft(resident, by), by=by, at=timezone.now())


def certificate(resident, staff, by=None):
    """A certificate that is valid today."""
    asked = application(resident, by)
    return issued(asked, staff) if asked.waits else asked.certificate


def proposed(asked, at=None):
    """The application, which somebody else of the staff finds right."""
    asked.refresh_from_db()
    if asked.proposed_by_id:
        return asked
    return actions.propose(application=asked, by=UserFactory.create(role="support"), at=at or timezone.now())


def issued(asked, staff, at=None):
    """The certificate of an application, by two people."""
    return actions.issue(application=proposed(asked, at), by=staff, at=at or timezone.now())


def ends_in(issued, days):
    """The certificate's last day is in so many days."""
    issued.valid_until = timezone.localdate() + timedelta(days=days)
    issued.save(update_fields=["valid_until"])
