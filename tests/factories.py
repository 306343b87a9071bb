"""Rows that are valid with no arguments. People are invented."""

import datetime
import secrets

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import ASSURANCE, Authority, AuthorityScope, Binding, Clearance, Resident, User
from accounts.scopes import Area, Deed, sound
from links.models import Finding, Institution, Link

PASSWORD = "a long sentence as password"


class UserFactory(DjangoModelFactory):
    """A sign-in that belongs to nobody yet, its address proven."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.jp")
    name = factory.Sequence(lambda n: f"担当 {n}")

    @classmethod
    def _create(cls, model_class: type[User], *args: object, **fields: object) -> User:
        user = User.objects.create_user(password=PASSWORD, **fields)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return user


class ResidentFactory(DjangoModelFactory):
    """An adult in Saitama."""

    class Meta:
        model = Resident

    code = factory.Sequence(lambda n: f"9{n:09d}")
    name = "見本　花子"
    name_kana = "ミホン　ハナコ"
    birth_date = "1985-04-02"
    sex = "2"
    postal_code = "3300063"
    address = "埼玉県さいたま市浦和区高砂３丁目１５番４号"
    household_code = factory.Sequence(lambda n: f"{n:010d}")
    relationship = "世帯主"
    described_on = datetime.date(2026, 10, 1)


class InstitutionFactory(DjangoModelFactory):
    """A bank."""

    class Meta:
        model = Institution

    code = factory.Sequence(lambda n: f"BK{n:04d}")
    kind = "bank"
    name_ja = "見本銀行"
    name_en = "Mihon Bank"


class LinkFactory(DjangoModelFactory):
    """A bank account whose holder is the resident, checked, showing its details."""

    class Meta:
        model = Link

    resident = factory.SubFactory(ResidentFactory)
    institution = factory.SubFactory(InstitutionFactory)
    category = "bank_account"
    reference = factory.Sequence(lambda n: f"BK{n:010d}")
    holder_name = factory.SelfAttribute("resident.name")
    holder_kana = factory.SelfAttribute("resident.name_kana")
    details = factory.LazyFunction(
        lambda: {
            "bank_code": "0001",
            "bank_name": "見本銀行",
            "branch_name": "浦和",
            "account_number": "1234567",
        }
    )
    linked_on = datetime.date(2024, 12, 5)
    obtained_by = "applicant_form"
    entered_by = "さいたま市 支援窓口 端末3"
    row_digest = factory.LazyFunction(lambda: secrets.token_bytes(32))
    recorded_at = factory.LazyFunction(timezone.now)
    changed_at = factory.LazyFunction(timezone.now)
    verdict = "match"


class FindingFactory(DjangoModelFactory):
    """The verdict of a link: it matches."""

    class Meta:
        model = Finding

    link = factory.SubFactory(LinkFactory)
    resident = factory.SelfAttribute("link.resident")
    verdict = factory.SelfAttribute("link.verdict")
    reasons = factory.LazyFunction(list)
    elements = factory.LazyFunction(
        lambda: {
            "name": "equal",
            "kana": "equal",
            "birth_date": "missing",
            "sex": "missing",
            "address": "missing",
        }
    )
    rules_version = "1"
    found_at = factory.LazyFunction(timezone.now)


def bound_user(resident: Resident, **fields: object) -> User:
    """The sign-in of a resident, bound at a counter a month ago."""
    user = UserFactory.create(**fields)
    binding(user=user, resident=resident)
    return user


def binding(**fields: object) -> Binding:
    """A sign-in belongs to a person since a month ago, by a counter unless another way is said."""
    method = fields.setdefault("method", Binding.Method.COUNTER)
    month_ago = timezone.now() - datetime.timedelta(days=30)
    usual = {"assurance": ASSURANCE.get(method, "high"), "bound_at": month_ago}
    return Binding.objects.create(**{**usual, **fields})


def authority(
    *, agent: User, subject: Resident, scope: dict[str, list[str]] | None = None, **fields: object
) -> Authority:
    """Authority of a parent, valid from yesterday; a helper's for a year, with everything switched on."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    usual = {"agent": agent, "subject": subject, "kind": "parent", "starts_on": yesterday}
    if fields.get("kind", "parent") != "parent":
        usual |= {"ends_on": yesterday + datetime.timedelta(days=365)}
    made = Authority.objects.create(**{**usual, **fields})
    if made.kind == Authority.Kind.CARER:
        grant_scope(made, EVERYTHING if scope is None else scope)
    return made


EVERYTHING = sound(dict.fromkeys(Deed.values, Area.values))


def grant_scope(made: Authority, scope: dict[str, list[str]]) -> None:
    """Switch these areas on, and no others."""
    made.scope.all().delete()
    AuthorityScope.objects.bulk_create(
        AuthorityScope(authority=made, deed=deed, area=area)
        for deed, areas in scope.items()
        for area in areas
    )


def clearance(resident: Resident, by: User, *, at: datetime.datetime) -> Clearance:
    """Somebody of staff asks to look at a protected person."""
    return Clearance.objects.create(
        resident=resident, purpose="call", reason="Calls about a letter.", proposed_by=by, proposed_at=at
    )
