"""What people fill in about their sign-in."""

from allauth.account.forms import RequestLoginCodeForm

from accounts.joining import join
from accounts.models import User


class JoinForm(RequestLoginCodeForm):  # type: ignore[misc]
    """The address of a new sign-in. One that is known gets a code like a new one: nobody learns which."""

    found: User | None = None

    def clean_email(self) -> str:
        """Make the sign-in where there is none; allauth counts how often an address is asked for."""
        email: str = super().clean_email()
        known: User | None = self._user
        self.found = known or join(email=email)
        if not self.found.is_active:
            self.found = None
        return email
