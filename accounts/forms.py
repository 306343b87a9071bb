"""What people fill in about their sign-in."""

from typing import Any

from allauth.account.forms import AddEmailForm
from django import forms
from django.utils import timezone

from accounts.models import Binding
from accounts.refusal import GUEST


class OtherAddressForm(AddEmailForm):  # type: ignore[misc]
    """Another mail address, to which codes and notices go; not while the sign-in is a guest."""

    def clean(self) -> dict[str, Any]:
        """Refuse a guest."""
        cleaned: dict[str, Any] = super().clean()
        if Binding.objects.guest_until(self.user, at=timezone.now()):
            raise forms.ValidationError(GUEST, code="guest")
        return cleaned
