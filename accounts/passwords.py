"""How long a password must be: 15 characters, or 8 for whoever has a second factor."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User

ALONE, WITH_SECOND_FACTOR = 15, 8
# recovery codes come with one of these, and stand in for it
FACTORS = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
HELP = gettext_lazy("At least 15 characters. With a passkey or an authenticator app, 8 are enough.")


class LongEnough:
    """A validator of Django's kind."""

    def validate(self, password: str, user: User | None = None) -> None:
        """ValidationError for a password that is too short for this user."""
        least = WITH_SECOND_FACTOR if user and has_second_factor(user) else ALONE
        if len(password) < least:
            raise ValidationError(
                ngettext(
                    "This password is too short. It needs at least %(least)d character.",
                    "This password is too short. It needs at least %(least)d characters.",
                    least,
                ),
                code="password_too_short",
                params={"least": least},
            )

    def get_help_text(self) -> "str | Promise":
        """The rule in words."""
        return HELP

    def password_changed(self, password: str, user: User | None = None) -> None:
        """Remember whether it holds only beside a second factor: what is stored does not tell its length."""
        if user is not None and user.pk:
            User.objects.filter(pk=user.pk).update(short_password=len(password) < ALONE)


def has_second_factor(user: User) -> bool:
    """Whether a passkey or an app is set up."""
    return bool(user.pk) and bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def end_short_password(user: User) -> bool:
    """Whether the last second factor went and took a short password with it: a code by mail opens instead."""
    stored = User.objects.get(pk=user.pk)
    if not stored.short_password or has_second_factor(stored):
        return False
    stored.set_unusable_password()
    stored.short_password = False
    stored.save(update_fields=["password", "short_password"])
    return True


def too_short_now() -> str:
    """What is said then."""
    return _(
        "Your password is too short without a second step, so it opens nothing any more. "
        "Please set a longer one, or sign in with a code by mail."
    )
