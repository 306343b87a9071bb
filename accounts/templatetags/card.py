"""What pages ask about sign-in with the card."""

from django import template

from accounts.card import client
from accounts.models import Card, User

register = template.Library()


@register.simple_tag
def card_is_offered() -> bool:
    """Whether this installation knows a provider."""
    return client.is_offered()


@register.simple_tag
def card_is_connected(user: User) -> bool:
    """Whether a card opens this sign-in."""
    return Card.objects.filter(user=user).exists()
