"""Sign-ins. Who a sign-in belongs to in the register is a Binding, not a property of the sign-in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import rights


class UserManager(BaseUserManager["User"]):
    """Makes sign-ins, and finds those of staff."""

    def holding(self, right: str) -> "models.QuerySet[User]":
        """Whoever's role holds the right, of those who may come in."""
        return self.filter(is_active=True, role__in=rights.RIGHTS[right])

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A sign-in by email; without a password it is entered by code or passkey only."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person's sign-in; staff have a role, residents have none."""

    email = models.EmailField(_("Email address"), unique=True)
    name = models.CharField(max_length=100, blank=True)
    role = models.CharField(
        max_length=20, blank=True, choices=[(r, label) for r, label in rights.ROLES.items()]
    )
    short_password = models.BooleanField(
        default=False, db_default=False, help_text="it holds only beside a second factor"
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True, help_text="when its person deleted it")

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=["", *rights.ROLES]), name="user_role_is_in_the_table"
            ),
            models.CheckConstraint(
                condition=models.Q(left_at=None) | models.Q(is_active=False, name="", role=""),
                name="who_left_has_no_name",
            ),
        ]
        indexes = [
            # to whom a case can be given: a dozen among a million sign-ins
            models.Index(fields=["name", "id"], condition=~models.Q(role=""), name="staff_by_name"),
        ]

    def __str__(self) -> str:
        return f"User {self.pk}"

    @property
    def works_here(self) -> bool:
        """Whether this is a member of staff."""
        return bool(self.role)

    @property
    def sees_desk(self) -> bool:
        """Whether the desk's queue is among this person's pages."""
        return self.may("desk.view")

    @property
    def looks_people_up(self) -> bool:
        """Whether the look-up of residents is among this person's pages."""
        return self.may("residents.look")

    @property
    def answers_inquiries(self) -> bool:
        """Whether what their institution is asked is among this person's pages."""
        return self.may("inquiries.answer")

    @property
    def sees_certificates(self) -> bool:
        """Whether the queue of applications for certificates is among this person's pages."""
        return self.may("certificates.view")

    @property
    def sees_claims(self) -> bool:
        """Whether requests to connect a sign-in are among this person's pages."""
        return self.may("identity.view")

    @property
    def imports_files(self) -> bool:
        """Whether imports are among this person's pages."""
        return self.may("feeds.import")

    @property
    def sees_feeds(self) -> bool:
        """Whether the staff's front page is among this person's pages."""
        return self.may("feeds.view")

    @property
    def sees_review(self) -> bool:
        """Whether the runs of the review are among this person's pages."""
        return self.may("review.view")

    def may(self, right: str) -> bool:
        """Whether the role holds the right; an unknown right is refused loudly."""
        return rights.holds(self.role, right)
