"""What pages ask about whom a sign-in belongs to."""

from django import template

from accounts.models import Resident, User

register = template.Library()


@register.simple_tag
def is_somebodys(user: User) -> bool:
    """Whether the sign-in is known to be a person's, who then has a number and data."""
    return Resident.objects.person_of(user) is not None
